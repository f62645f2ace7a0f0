import { multiply, rotate, type Vec } from './quaternion.ts'
import type { PodTrack } from './track.ts'

/** How the foot got from one stance to the next. */
export interface Travel {
  /** Level displacement relative to the ground it stands on, m, in the shoe's level frame. */
  x: number
  y: number
  durationS: number
}

const q = new Float64Array(4)
const a = new Float64Array(3)

/** The instant within the span at which the pod turned least: the foot lies on the ground. */
export function stillestInstant(track: PodTrack, fromS: number, toS: number): number {
  const last = track.firstAtOrAfter(toS)
  let least = Number.POSITIVE_INFINITY
  let at = 0.5 * (fromS + toS)
  for (let n = track.firstAtOrAfter(fromS); n < last; n++) {
    const j = 3 * track.slot(n)
    const rate2 = track.rate[j]! ** 2 + track.rate[j + 1]! ** 2 + track.rate[j + 2]! ** 2
    if (rate2 < least) {
      least = rate2
      at = track.timeS[track.slot(n)]!
    }
  }
  return at
}

/**
 * Displacement between two instants at which the foot rests on the ground: acceleration integrated twice, the velocity brought to zero at
 * both ends by a straight line (Mariani et al. 2010). A steady belt is as good a frame as the ground, so on a treadmill
 * this is the stride relative to the belt.
 */
export function travelBetween(track: PodTrack, fromS: number, toS: number, levelFromInertial: Vec): Travel {
  const first = track.firstAtOrAfter(fromS)
  const last = Math.min(track.count - 1, track.firstAtOrAfter(toS))
  let vx = 0
  let vy = 0
  let x = 0
  let y = 0
  let ax = 0
  let ay = 0
  let beforeS = track.timeS[track.slot(first)]!
  const startS = beforeS
  for (let n = first; n <= last; n++) {
    const slot = track.slot(n)
    multiply(q, 0, levelFromInertial, 0, track.quaternion, 4 * slot)
    rotate(a, 0, q, 0, track.accel, 3 * slot)
    const dt = track.timeS[slot]! - beforeS
    beforeS = track.timeS[slot]!
    // velocity by trapezia, position by the parabola through it
    x += vx * dt + ((2 * ax + a[0]!) / 6) * dt * dt
    y += vy * dt + ((2 * ay + a[1]!) / 6) * dt * dt
    vx += 0.5 * (ax + a[0]!) * dt * (n > first ? 1 : 0)
    vy += 0.5 * (ay + a[1]!) * dt * (n > first ? 1 : 0)
    ax = a[0]!
    ay = a[1]!
  }
  const durationS = beforeS - startS
  // a constant error of acceleration gives the final velocity v and the final place v T / 2
  return { x: x - 0.5 * vx * durationS, y: y - 0.5 * vy * durationS, durationS }
}
