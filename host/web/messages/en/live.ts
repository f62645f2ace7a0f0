import type { Place, Side } from '../../../server/messages.ts'
import { place, side } from './body.ts'

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const list = (places: readonly Place[]): string => places.map((at) => place[at]).join(', ')

export const tagPrompt = 'Shoe, speed, pain, note'

export const shown = { label: 'Strides shown', last: (n: number) => `Last ${n}`, all: 'All' }

export const readout = {
  peakTiming: 'Peak timing',
  peakEversion: 'Peak eversion',
  excursion: 'Excursion',
  tibialRotation: 'Tibial rotation',
  contact: (ms: string) => `${ms} ms contact`,
  thisStance: (value: string) => `now ${value}`,
  held: 'held',
}

export const chart = {
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
  finding: (leg: Side, peak: string, spread: string, n: number) =>
    `${side[leg]} shoe everts furthest at ${peak} % of stance${spread === '' ? '' : `, ${spread}`}, over ${n} stances. Arrow keys step through the curve.`,
  noFinding: (leg: Side) => `${side[leg]}: no stance yet.`,
  cursor: (pct: number, ms: string, eversion: string, rotation: string) =>
    `${pct} %, ${ms} ms: eversion ${eversion}°, rotation ${rotation}°`,
  table: {
    stance: '% stance',
    ms: 'ms',
    eversion: 'Eversion, °',
    now: 'now',
    sd: 'SD',
    rotation: 'Rotation, °',
    caption: (leg: Side, n: number) => `${side[leg]}: mean and SD of ${n} stances, and the last one`,
  },
}

export const card = {
  coupling: 'Coupling',
  couplingAside: 'eversion against rotation',
  ratio: (value: string) => `${value} : 1`,
  impact: 'Impact',
  impactAside: (hz: number) => `tibia, axial, ${hz} Hz`,
  gravity: 'gravity taken off',
  numbers: 'Left – right',
  numbersAside: (n: number) => `mean of last ${n}`,
  aboutEqual: 'about equal',
  more: (leg: Side, value: string) => `${value} ${leg} more`,
  strip: 'Peak timing, % of stance',
  live: 'live',
  waiting: 'After the first stances.',
  symmetry: 'Symmetry index: 100 · (right − left) / mean',
}

export const state = {
  empty: 'No pods yet.',
  emptyWhat: 'Plug one in and it appears here, or look around with virtual pods: footfall demo.',
  waiting: (places: readonly Place[]) =>
    `${sentence(list(places))} not heard yet. Live starts with what is there.`,
  ready: 'Pods are ready. Start records; stand still for three seconds, then run.',
  running: 'Stand still for three seconds, then start running: curves begin with the first stances.',
  settling: (n: number) => `▲ settling, ${n} so far`,
  settlingWhat: 'Degrees may still shift.',
  live: '✓ live',
  lost: (at: Place) => `✕ ${place[at]}`,
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
}

export const latency = 'curve in'

export const latencyTitle = 'From toe-off to the curve on screen, 95th percentile of the last stances'
