import { GRAVITY } from '../../shared/imu.ts'
import { dualPassButterworth, filterBothWays } from './butterworth.ts'
import { rotate, rotateBack, type Vec } from './quaternion.ts'
import type { MotionSettings } from './settings.ts'
import type { PodTrack } from './track.ts'

/** Evenly spaced acceleration with gravity taken off, g, three channels in the frame the maker names. */
export interface Acceleration {
  startS: number
  stepS: number
  x: Float64Array
  y: Float64Array
  z: Float64Array
}

const vector = new Float64Array(3)

/**
 * In the level frame: z up, x and y level with an arbitrary heading. Samples are kept as they are, not resampled; where some are
 * missing the hole is filled by a straight line.
 * @returns `null` when the span has fewer than four samples
 */
export function levelAcceleration(
  track: PodTrack,
  fromS: number,
  toS: number,
  levelFromInertial: Vec,
): Acceleration | null {
  return collect(track, fromS, toS, (slot) => {
    rotate(vector, 0, track.quaternion, 4 * slot, track.accel, 3 * slot)
    rotate(vector, 0, levelFromInertial, 0, vector, 0)
    vector[2]! -= GRAVITY
  })
}

const gravity = new Float64Array(3)

/** The same in the segment's own axes, which move with it: x anterior, y up the segment, z to the right. */
export function segmentAcceleration(
  track: PodTrack,
  fromS: number,
  toS: number,
  upInertial: Float64Array,
  segmentFromPod: Vec,
): Acceleration | null {
  return collect(track, fromS, toS, (slot) => {
    // gravity's reaction in pod axes is the inertial up turned back
    rotateBack(gravity, 0, track.quaternion, 4 * slot, upInertial, 0)
    for (let i = 0; i < 3; i++) vector[i] = track.accel[3 * slot + i]! - GRAVITY * gravity[i]!
    rotate(vector, 0, segmentFromPod, 0, vector, 0)
  })
}

function collect(
  track: PodTrack,
  fromS: number,
  toS: number,
  intoVector: (slot: number) => void,
): Acceleration | null {
  const first = track.firstAtOrAfter(fromS)
  const last = Math.min(track.count, track.firstAtOrAfter(toS)) - 1
  if (last - first < 3) return null
  const stepS = usualStep(track, first, last)
  const startS = track.timeS[track.slot(first)]!
  const n = Math.round((track.timeS[track.slot(last)]! - startS) / stepS) + 1
  const x = new Float64Array(n)
  const y = new Float64Array(n)
  const z = new Float64Array(n)
  let filled = -1
  for (let k = first; k <= last; k++) {
    const slot = track.slot(k)
    const at = Math.min(n - 1, Math.max(filled + 1, Math.round((track.timeS[slot]! - startS) / stepS)))
    intoVector(slot)
    x[at] = vector[0]! / GRAVITY
    y[at] = vector[1]! / GRAVITY
    z[at] = vector[2]! / GRAVITY
    if (filled >= 0 && at > filled + 1) for (const channel of [x, y, z]) bridge(channel, filled, at)
    filled = at
  }
  return { startS, stepS, x, y, z }
}

/** Mean of the steps that are no holes: those below 1.8 times the mean of all. */
function usualStep(track: PodTrack, first: number, last: number): number {
  const most = (1.8 * (track.timeS[track.slot(last)]! - track.timeS[track.slot(first)]!)) / (last - first)
  let sum = 0
  let count = 0
  for (let k = first + 1; k <= last; k++) {
    const step = track.timeS[track.slot(k)]! - track.timeS[track.slot(k - 1)]!
    if (step > most) continue
    sum += step
    count++
  }
  return sum / count
}

function bridge(channel: Float64Array, from: number, to: number): void {
  const a = channel[from]!
  const b = channel[to]!
  for (let i = from + 1; i < to; i++) channel[i] = a + ((b - a) * (i - from)) / (to - from)
}

/** Low-passed at `impactLowPassHz`; `null` when sampling is too slow for it. */
export function smoothed(raw: Acceleration, settings: MotionSettings): Acceleration | null {
  const rateHz = 1 / raw.stepS
  if (rateHz < settings.impactLeastRateHz) return null
  const filter = dualPassButterworth(settings.impactLowPassHz, rateHz)
  return {
    ...raw,
    x: filterBothWays(filter, raw.x),
    y: filterBothWays(filter, raw.y),
    z: filterBothWays(filter, raw.z),
  }
}
