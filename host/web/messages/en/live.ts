import type { CurveName, Place, Side } from '../../../server/messages.ts'
import { curve, place, side } from './body.ts'

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const list = (places: readonly Place[]): string => places.map((at) => place[at]).join(', ')

export const shown = { label: 'Strides shown', last: (n: number) => `Last ${n}`, all: 'All' }

export const readout = {
  peakTiming: 'Peak timing',
  peakEversion: 'Peak eversion',
  excursion: 'Excursion',
  tibialRotation: 'Tibial rotation',
  contact: (ms: string) => `${ms} ms contact`,
  thisStance: (value: string) => `now ${value}`,
  /** @param values as they stand: word and value of each */
  spoken: (leg: Side, values: string) => `${side[leg]}: ${values}.`,
  held: 'held',
  spread: '± one standard deviation from stride to stride',
  uncertainty: '± the uncertainty of the measurement, one standard deviation',
}

export const chart = {
  peak: 'peak',
  now: 'now',
  mean: 'mean',
  usual: 'usual',
  norm: 'norm',
  ic: 'IC',
  flat: 'flat',
  heelRise: 'heel rise',
  to: 'TO',
  shoe: 'shoe',
  tibia: 'tibia',
  shoeNote: 'Measured on the shoe; the heel inside moves somewhat differently.',
  phasesNote: 'Phase names: Flow Motion Model™, Gary Ward. Their bounds are our own rule.',
  /** @param usual % of stance, when it is set */
  finding: (leg: Side, peak: string, spread: string, n: number, usual: string | null) =>
    `${side[leg]} shoe everts furthest at ${peak} % of stance${spread === '' ? '' : `, ${spread}`}${usual === null ? '' : `, usual ${usual}`}, over ${n} stances. Arrow keys step through the curve.`,
  noFinding: (leg: Side) => `${side[leg]}: no stance yet.`,
  cursor: (pct: number, ms: string, eversion: string, below: CurveName, value: string) =>
    `${pct} %, ${ms} ms: shoe eversion ${eversion}°, ${curve[below].toLowerCase()} ${value}`,
  usualTravel: (degrees: string) => `usual ${degrees}° over the same part of stance`,
  table: {
    stance: '% stance',
    ms: 'ms',
    now: 'now',
    sd: 'SD',
    usual: 'usual',
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
  numbersAside: (n: number) => `mean of last ${n} ± uncertainty`,
  aboutEqual: 'about equal',
  more: (leg: Side, value: string) => `${value} ${leg} more`,
  strip: 'Peak timing, % of stance',
  live: 'live',
  waiting: 'After the first stances.',
  unknown: 'not known',
  symmetry: 'Symmetry index: 100 · (right − left) / mean. ± is one standard deviation.',
  gap: (at: Place, seconds: string) => `${place[at]}: samples missing, ${seconds} s`,
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
  gapWhat: (reason: string) => `${reason}. Nothing is filled in.`,
  clipped: (n: number, of: number) => `▲ ${n} of ${of} clipped`,
  clippedWhat: 'Past the sensor’s limit: a peak is at least what is shown, and left out of the mean.',
  needsBoth: 'Shoe eversion and tibial rotation need both pods of this leg.',
  frozen: (clock: string) => `❚❚ ${clock}`,
  frozenSince: (n: number) => `${n} ${n === 1 ? 'stance' : 'stances'} since. Recording goes on.`,
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

/** What speaks against a stride, as the analysis says it, with places as a person says them. */
export const reason = (text: string): string => text.replace(/(left|right)-(shoe|shin)/g, '$1 $2')

export const latency = {
  name: 'curve in',
  /** 95th percentiles, ms. */
  parts: (curve: string, page: string, whole: string, event: string) =>
    `95th percentiles of the last hundred. ${curve} ms from the arrival of a stance’s last sample at the host to its curve on this screen, ${page} ms of them in the browser. From toe-off itself, with what the pods gather before they send: ${whole} ms. From an initial contact to this page: ${event} ms.`,
}
