import { multiply, rotateBack } from '../../host/motion/quaternion.ts'
import { PodTrack } from '../../host/motion/track.ts'
import { GRAVITY } from '../../shared/imu.ts'

export type Triple = [number, number, number]

/** A pod on a body whose angles (about fixed z, then y, then x) and place are given as functions of time; z is up. */
export interface Body {
  angles(t: number): Triple
  /** World place of the body's origin, m. */
  place(t: number): Triple
  /** Pod from the origin, body axes, m. */
  lever?: Triple
  /** qBodyFromPod: how the pod is stuck on. */
  mount?: Float64Array
}

const STEP = 1e-4

export const turn = (angle: number, axis: number): Float64Array => {
  const q = Float64Array.of(Math.cos(angle / 2), 0, 0, 0)
  q[1 + axis] = Math.sin(angle / 2)
  return q
}

const product = (a: Float64Array, b: Float64Array): Float64Array => {
  const out = new Float64Array(4)
  multiply(out, 0, a, 0, b, 0)
  return out
}

/** qWorldFromPod. */
export function orientation(body: Body, t: number): Float64Array {
  const [yaw, pitch, roll] = body.angles(t)
  const q = product(product(turn(yaw, 2), turn(pitch, 1)), turn(roll, 0))
  return body.mount ? product(q, body.mount) : q
}

function podPlace(body: Body, t: number): Triple {
  const [x, y, z] = body.place(t)
  const lever = Float64Array.from(body.lever ?? [0, 0, 0])
  const [yaw, pitch, roll] = body.angles(t)
  const q = product(product(turn(yaw, 2), turn(pitch, 1)), turn(roll, 0))
  rotateBack(lever, 0, Float64Array.of(q[0]!, -q[1]!, -q[2]!, -q[3]!), 0, lever, 0)
  return [x + lever[0]!, y + lever[1]!, z + lever[2]!]
}

/** What an ideal IMU there feels: central differences of the motion, to 1e-5. */
export function feel(body: Body, t: number): Float64Array {
  const q = orientation(body, t)
  const [before, at, after] = [podPlace(body, t - STEP), podPlace(body, t), podPlace(body, t + STEP)]
  const force = Float64Array.from(at, (v, i) => (before[i]! - 2 * v + after[i]!) / STEP ** 2)
  force[2]! += GRAVITY
  rotateBack(force, 0, q, 0, force, 0)
  const inverse = Float64Array.of(q[0]!, -q[1]!, -q[2]!, -q[3]!)
  const ahead = product(inverse, orientation(body, t + STEP))
  const behind = product(inverse, orientation(body, t - STEP))
  const rate = [1, 2, 3].map((i) => (ahead[i]! - behind[i]!) / STEP)
  return Float64Array.of(...force, ...rate)
}

/** A track of it from `fromS` to `toS`. */
export function trackOf(body: Body, fromS: number, toS: number, rateHz = 400, phase = 0): PodTrack {
  const track = new PodTrack(Math.ceil((toS - fromS) * rateHz) + 2, 0.03)
  for (let k = 0; k <= (toS - fromS) * rateHz; k++) {
    const t = fromS + (k + phase) / rateHz
    track.push(t, feel(body, t), false)
  }
  return track
}
