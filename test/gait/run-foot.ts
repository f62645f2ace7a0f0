import type { GaitEvent, StrideEvents } from '../../host/gait/events.ts'
import { type FoundStance, gaitDefaults, LegGait } from '../../host/gait/leg.ts'
import { PodTrack } from '../../host/motion/track.ts'

export interface Heard {
  events: GaitEvent[]
  strides: StrideEvents[]
  stances: FoundStance[]
  landmarks: { kind: 'landing' | 'push' | 'leaving'; timeS: number; features: Float64Array }[]
  gait: LegGait
}

export interface Signal {
  endS: number
  sampleAt(tS: number, out: Float64Array): void
}

/** Streams a signal through a leg's gait at these times. */
export function hear(signal: Signal, times: Iterable<number>): Heard {
  const track = new PodTrack(8192, gaitDefaults.gapS)
  const landmarks: Heard['landmarks'] = []
  const events: GaitEvent[] = []
  const strides: StrideEvents[] = []
  const stances: FoundStance[] = []
  const gait = new LegGait('left', track, 'shoe', gaitDefaults, {
    event: (event) => void events.push(event),
    stride: (stride) => void strides.push(stride),
    stance: (stance) => void stances.push(stance),
    landmark: (kind, timeS, features) => void landmarks.push({ kind, timeS, features: features.slice() }),
  })
  const sample = new Float64Array(6)
  for (const t of times) {
    signal.sampleAt(t, sample)
    track.push(t, sample, false)
    gait.step()
  }
  return { events, strides, stances, landmarks, gait }
}

export function* everyS(rateHz: number, endS: number): Generator<number> {
  for (let i = 0; i / rateHz < endS; i++) yield i / rateHz
}

/** Each of `wanted` to its nearest in `found`, s. */
export const errors = (found: readonly number[], wanted: readonly number[]): number[] =>
  wanted.map((t) => found.reduce((best, f) => (Math.abs(f - t) < Math.abs(best) ? f - t : best), Infinity))
