import { GRAVITY } from '../../shared/imu.ts'
import { rotate } from '../motion/quaternion.ts'
import type { PodTrack } from '../motion/track.ts'

/** Half of the time over which a standing foot's force is averaged, s. */
const STOOD_S = 0.03

const force = new Float64Array(3)
const still = new Float64Array(3)
const velocity = new Float64Array(3)

/** out = up in the inertial frame, unit: the mean specific force over the interval, which over a whole stride is gravity's alone. */
export function meanUp(track: PodTrack, fromS: number, toS: number, out: Float64Array): void {
  out.fill(0)
  for (let n = Math.max(track.firstAtOrAfter(fromS), track.oldest + 1); n < track.count; n++) {
    const slot = track.slot(n)
    if (track.timeS[slot]! > toS) break
    const dt = track.timeS[slot]! - track.timeS[track.slot(n - 1)]!
    rotate(force, 0, track.quaternion, 4 * slot, track.accel, 3 * slot)
    for (let i = 0; i < 3; i++) out[i]! += force[i]! * dt
  }
  const norm = Math.hypot(out[0]!, out[1]!, out[2]!) || 1
  for (let i = 0; i < 3; i++) out[i]! /= norm
}

/** Level speed at `toS` of a foot that stood at `fromS`, m/s; NaN where no sample shows it standing. */
export function levelSpeed(track: PodTrack, fromS: number, toS: number): number {
  still.fill(0)
  velocity.fill(0)
  let stoodS = 0
  for (let n = Math.max(track.firstAtOrAfter(fromS - STOOD_S), track.oldest + 1); n < track.count; n++) {
    const slot = track.slot(n)
    const timeS = track.timeS[slot]!
    if (timeS > toS) break
    const dt = timeS - track.timeS[track.slot(n - 1)]!
    rotate(force, 0, track.quaternion, 4 * slot, track.accel, 3 * slot)
    const into = timeS < fromS + STOOD_S ? still : velocity
    if (into === still) stoodS += dt
    for (let i = 0; i < 3; i++) into[i]! += (into === still ? force[i]! : force[i]! - still[i]! / stoodS) * dt
  }
  const up =
    (velocity[0]! * still[0]! + velocity[1]! * still[1]! + velocity[2]! * still[2]!) /
    (still[0]! * still[0]! + still[1]! * still[1]! + still[2]! * still[2]!)
  for (let i = 0; i < 3; i++) velocity[i]! -= up * still[i]!
  return Math.hypot(velocity[0]!, velocity[1]!, velocity[2]!)
}

/** What samples `from` to `to` feel beside gravity: root mean square of how far the specific force's size is from it, m/s². */
export function besideGravity(track: PodTrack, from: number, to: number): number {
  const { accel } = track
  let sum = 0
  for (let n = from; n <= to; n++) {
    const i = 3 * track.slot(n)
    sum += (Math.hypot(accel[i]!, accel[i + 1]!, accel[i + 2]!) - GRAVITY) ** 2
  }
  return Math.sqrt(sum / (to - from + 1))
}
