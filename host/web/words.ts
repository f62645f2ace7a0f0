import type { ErrorCode, Phase, Place, Side, StrideMetric } from '../server/messages.ts'
import { number } from './format.ts'

/** Every word a user reads. Says what moved, where, when and how much; never what it means for health. */

export const PLACE_WORDS: Record<Place, string> = {
  'left-shoe': 'left shoe',
  'left-shin': 'left shin',
  'right-shoe': 'right shoe',
  'right-shin': 'right shin',
}

export const SIDE_WORDS: Record<Side, string> = { left: 'Left', right: 'Right' }

export const PHASE_WORDS: Record<Phase['name'], { name: string; rule: string }> = {
  strike: { name: 'Strike', rule: 'Our rule: initial contact → foot flat' },
  suspension: { name: 'Suspension', rule: 'Our rule: foot flat → peak eversion' },
  transition: { name: 'Transition', rule: 'Our rule: peak eversion → heel rise' },
  shift: { name: 'Shift', rule: 'Our rule: heel rise → half of the way to toe-off' },
  propulsion: { name: 'Propulsion', rule: 'Our rule: the rest, to toe-off' },
}

export const METRIC_WORDS: Partial<Record<StrideMetric, string>> = {
  contactTimeMs: 'Contact',
  cadenceSpm: 'Cadence',
  peakEversionPct: 'Peak timing',
  peakEversionDeg: 'Peak eversion',
  eversionExcursionDeg: 'Excursion',
  tibialRotationExcursionDeg: 'Tibial rotation',
  peakTibialAxialG: 'Tibial peak',
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const list = (places: readonly Place[]): string => places.map((place) => PLACE_WORDS[place]).join(', ')

export const words = {
  brand: 'Footfall',
  skip: 'Skip to the first chart',
  nav: { label: 'Main', live: 'Live', sessions: 'Sessions', pods: 'Pods', help: 'Keys' },

  action: {
    start: 'Start',
    stop: 'Stop',
    stopSure: 'Stop recording?',
    mark: 'Mark',
    tag: 'Tag',
    freeze: 'Freeze',
    backToLive: 'Back to live',
    play: 'Play',
    pause: 'Pause',
    tryNow: 'Try now',
    table: 'Table',
    curves: 'Curves',
    replay: 'Replay',
    save: 'Save',
    close: 'Close',
    theme: { auto: 'Theme: system', light: 'Theme: light', dark: 'Theme: dark' },
  },

  tagPrompt: 'Shoe, speed, pain, note',
  recordingFor: (spoken: string) => `Recording, ${spoken}`,
  shown: { label: 'Strides shown', last: (n: number) => `Last ${n}`, all: 'All' },

  readout: {
    peakTiming: 'Peak timing',
    peakEversion: 'Peak eversion',
    excursion: 'Excursion',
    tibialRotation: 'Tibial rotation',
    contact: (ms: string) => `${ms} ms contact`,
    thisStance: (value: string) => `now ${value}`,
    held: 'held',
  },

  chart: {
    eversion: 'Shoe eversion',
    rotation: 'Tibial internal rotation',
    peak: 'peak',
    now: 'now',
    mean: 'mean',
    ic: 'IC',
    flat: 'flat',
    heelRise: 'heel rise',
    to: 'TO',
    shoe: 'shoe',
    tibia: 'tibia',
    shoeNote: 'Measured on the shoe; the heel inside moves somewhat differently.',
    phasesNote: 'Phase names: Flow Motion Model™, Gary Ward. Their bounds are our own rule.',
    finding: (side: Side, peak: string, spread: string, n: number) =>
      `${SIDE_WORDS[side]} shoe everts furthest at ${peak} % of stance${spread === '' ? '' : `, ${spread}`}, over ${n} stances. Arrow keys step through the curve.`,
    noFinding: (side: Side) => `${SIDE_WORDS[side]}: no stance yet.`,
    cursor: (pct: number, ms: string, eversion: string, rotation: string) =>
      `${pct} %, ${ms} ms: eversion ${eversion}°, rotation ${rotation}°`,
    table: {
      stance: '% stance',
      ms: 'ms',
      eversion: 'Eversion, °',
      now: 'now',
      sd: 'SD',
      rotation: 'Rotation, °',
      caption: (side: Side, n: number) =>
        `${SIDE_WORDS[side]}: mean and SD of ${n} stances, and the last one`,
    },
  },

  card: {
    coupling: 'Coupling',
    couplingAside: 'eversion against rotation',
    ratio: (value: string) => `${value} : 1`,
    impact: 'Impact',
    impactAside: (hz: number) => `tibia, axial, ${hz} Hz`,
    gravity: 'gravity taken off',
    numbers: 'Left – right',
    numbersAside: (n: number) => `mean of last ${n}`,
    aboutEqual: 'about equal',
    more: (side: Side, value: string) => `${value} ${side} more`,
    strip: 'Peak timing, % of stance',
    live: 'live',
    waiting: 'After the first stances.',
    symmetry: 'Symmetry index: 100 · (right − left) / mean',
  },

  state: {
    empty: 'No pods yet.',
    emptyWhat: 'Plug one in and it appears here, or look around with virtual pods: footfall demo.',
    waiting: (places: readonly Place[]) =>
      `${sentence(list(places))} not heard yet. Live starts with what is there.`,
    ready: 'Pods are ready. Start records; stand still for three seconds, then run.',
    running: 'Stand still for three seconds, then start running: curves begin with the first stances.',
    settling: (n: number) => `▲ settling, ${n} so far`,
    settlingWhat: 'Degrees may still shift.',
    live: '✓ live',
    lost: (place: Place) => `✕ ${PLACE_WORDS[place]}`,
    gap: (n: number, of: number) => `▲ ${n} of ${of} set apart`,
    frozen: (clock: string) => `❚❚ ${clock}`,
    frozenSince: (n: number) => `${n} stances since. Recording goes on.`,
    stopped: '■ stopped',
    stoppedWhat: (recording: string | null) =>
      recording === null ? 'The recording has ended.' : `Kept as ${recording}.`,
    replay: (speed: string) => `▶ ${speed}`,
    paused: '❚❚ paused',
    ended: '■ end',
    replayNote: 'The same code, the same numbers.',
    replayBegin: 'Play runs the recording through the same code as live.',
    disconnected: '✕ Cannot reach the host.',
    disconnectedWhat: (seconds: number) =>
      `Recording does not depend on this page. Trying again in ${seconds} s.`,
    connecting: 'Reaching the host…',
    unreadable: '✕ Cannot be shown.',
  },

  pods: {
    title: 'Where they are worn',
    aside: 'from behind, as you stand behind the runner',
    streaming: (n: number, of: number) => `${n} of ${of} streaming`,
    ready: (n: number, of: number) => `${n} of ${of} ready`,
    strip: (states: string) => `Pods: ${states}`,
    stripWell: (hz: string, lost: string) => `${hz} Hz · ${lost} lost`,
    tag: {
      streaming: '✓ streaming',
      ready: '✓ ready',
      silent: '✕ silent',
      missing: 'not heard yet',
      problem: '▲ look',
    },
    battery: 'Battery',
    noBattery: 'not measured',
    rate: 'Rate',
    lost: 'Lost',
    clock: 'Clock',
    clipped: 'Clipped',
    alignment: 'Alignment',
    unknownYet: 'not yet',
    samples: (n: string) => `${n} samples`,
    loss: (pct: string, n: string) => (n === '0' ? '0' : `${n} (${pct} %)`),
    plug: 'Plug it in or switch it on; it is found by itself.',
    steps: ['Pods on', 'Stand still', 'Start running'],
    stepsLabel: 'What to do',
    now: [
      {
        title: 'Pods on',
        text: 'Two on the shoes, two on the shins just above the ankle. Any set works; what is missing is shown as missing.',
      },
      {
        title: 'Stand still',
        text: 'Start the recording, then stand for three seconds, feet as usual, weight on both. That sets zero for every angle.',
      },
      {
        title: 'Start running',
        text: 'The pods find their own direction in about ten strides. Until then degrees may still shift.',
      },
      { title: 'Running', text: 'All is set. The curves are on the Live page.' },
    ],
    toLive: 'Go to Live',
    notes: 'Noticed',
    figure: 'Legs from behind with the pods that stream',
  },

  sessions: {
    title: 'Sessions',
    find: 'Find by runner, name or date',
    count: (n: number) => `${n} ${n === 1 ? 'session' : 'sessions'} · on this machine only`,
    when: 'When',
    name: 'Runner, recording',
    duration: 'Length',
    size: 'Size',
    open: (name: string) => `Replay ${name}`,
    empty: 'No sessions yet.',
    emptyWhat: 'Each recording appears here as soon as it begins. Start one on the Live page.',
    noMatch: (text: string) => `No session matches “${text}”.`,
    failed: 'The list cannot be read.',
    now: 'recording now',
    unknown: 'not known',
    unreadable: 'cannot be read',
  },

  replay: {
    speed: 'Speed',
    max: 'max',
    times: (speed: number) => `${number(speed, speed < 1 ? 2 : 0)}×`,
    of: (clock: string) => `of ${clock}`,
    progress: 'Position in the recording',
  },

  latency: 'curve in',
  latencyTitle: 'From toe-off to the curve on screen, 95th percentile of the last stances',

  keys: {
    title: 'Keys',
    list: [
      ['Space', 'freeze and back; in a replay play and pause'],
      ['M', 'mark now'],
      ['T', 'tag with words'],
      ['R', 'start or stop'],
      ['D', 'values as tables, and back'],
      [', .', 'slower, faster (replay)'],
      ['g then l, s, p', 'go to Live, Sessions, Pods'],
      ['← →', 'step through a focused curve'],
      ['Esc', 'leave what is open'],
      ['?', 'this list'],
    ],
  },

  error: {
    'not-json': 'The page and the host do not understand each other. Reload the page.',
    'bad-message': 'The host did not understand that.',
    refused: 'Not done:',
    'no-recording': 'That recording is not there.',
    'too-many-replays': 'Too many recordings are open.',
    'too-many-viewers': 'Too many pages watch this host.',
    'unknown-host': 'This address is not one of the host.',
    'foreign-origin': 'This page is not one of the host.',
    'not-found': 'There is nothing at this address.',
    failed: 'The host failed; its log says why.',
  } satisfies Record<ErrorCode, string>,
} as const
