import { inverse, Matrix } from 'ml-matrix'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import type { Calibration } from '../../host/motion/calibration.ts'
import { multiply, rotateBack } from '../../host/motion/quaternion.ts'
import { GRAVITY } from '../../shared/imu.ts'

/** qWorldFromPod, w x y z. */
export type Attitude = Float64Array

/** Pod turned by `angle` about a pod axis. */
export function turn(axis: readonly number[], angle: number): Attitude {
  const k = Math.sin(angle / 2) / Math.hypot(...axis)
  return Float64Array.of(Math.cos(angle / 2), ...axis.map((a) => a * k))
}

/** The attitude that has this pod axis up, spun by `spin` about the vertical. */
export function withUp(up: readonly number[], spin = 0): Attitude {
  const length = Math.hypot(...up)
  const [x, y, z] = up.map((u) => u / length) as [number, number, number]
  const across = Math.hypot(x, y)
  const level =
    across < 1e-12
      ? Float64Array.of(z < 0 ? 0 : 1, z < 0 ? 1 : 0, 0, 0)
      : turn([y, -x, 0], Math.atan2(across, z))
  const spun = turn([0, 0, 1], spin)
  const out = new Float64Array(4)
  multiply(out, 0, spun, 0, level, 0)
  return out
}

/**
 * An ideal IMU that lies in one attitude after another and is turned from each to the next about one axis, softly: the angle goes as
 * the minimum-jerk curve, so rate and force are exact in closed form.
 */
export class LaidPod implements WornImu {
  readonly #attitudes: readonly Attitude[]
  readonly #restS: number
  readonly #turnS: number
  readonly #startS: number
  readonly #q = new Float64Array(4)
  readonly #g = Float64Array.of(0, 0, GRAVITY)
  readonly #felt = new Float64Array(3)

  constructor(attitudes: readonly Attitude[], { restS = 2.5, turnS = 1.2, startS = 0 } = {}) {
    this.#attitudes = attitudes
    this.#restS = restS
    this.#turnS = turnS
    this.#startS = startS
  }

  /** When the pod has lain in its last attitude as long as in the others, s. */
  get endS(): number {
    return this.#startS + this.#attitudes.length * (this.#restS + this.#turnS) - this.#turnS
  }

  sampleAt(timeS: number, out: Float64Array): void {
    const eachS = this.#restS + this.#turnS
    const since = Math.max(0, timeS - this.#startS)
    const k = Math.min(this.#attitudes.length - 1, Math.floor(since / eachS))
    const from = this.#attitudes[k]!
    const to = this.#attitudes[k + 1] ?? from
    const u = Math.max(0, (since - k * eachS - this.#restS) / this.#turnS)
    const s = u >= 1 ? 1 : u ** 3 * (10 - 15 * u + 6 * u * u)
    const rate = u >= 1 ? 0 : (30 * u * u * (1 - u) ** 2) / this.#turnS
    const { axis, angle } = between(from, to)
    multiply(this.#q, 0, from, 0, turn(axis, s * angle), 0)
    rotateBack(this.#felt, 0, this.#q, 0, this.#g, 0)
    for (let i = 0; i < 3; i++) {
      out[i] = this.#felt[i]!
      out[3 + i] = rate * angle * axis[i]!
    }
  }
}

/** The shortest turn between two attitudes: unit axis in the pod and angle, rad. */
function between(from: Attitude, to: Attitude): { axis: number[]; angle: number } {
  const back = from.map((x, i) => (i === 0 ? x : -x))
  const q = new Float64Array(4)
  multiply(q, 0, back, 0, to, 0)
  const half = Math.hypot(q[1]!, q[2]!, q[3]!)
  if (half < 1e-12) return { axis: [1, 0, 0], angle: 0 }
  const sign = q[0]! < 0 ? -1 : 1
  return { axis: [1, 2, 3].map((i) => (sign * q[i]!) / half), angle: 2 * Math.atan2(half, Math.abs(q[0]!)) }
}

/** An IMU that measures what `calibration` would put right, exactly. */
export function faulty(ideal: WornImu, calibration: Calibration): WornImu {
  const { accelBias, accelMatrix, gyroBias, gyroMatrix } = calibration
  const rows = (m: Float64Array) => inverse(Matrix.from1DArray(3, 3, [...m])).to1DArray()
  const accel = rows(accelMatrix)
  const gyro = rows(gyroMatrix)
  const v = new Float64Array(6)
  return {
    sampleAt(timeS, out) {
      ideal.sampleAt(timeS, v)
      for (let i = 0; i < 3; i++) {
        out[i] = accelBias[i]!
        out[3 + i] = gyroBias[i]!
        for (let j = 0; j < 3; j++) {
          out[i]! += accel[3 * i + j]! * v[j]!
          out[3 + i]! += gyro[3 * i + j]! * v[3 + j]!
        }
      }
    },
  }
}

/** Which way is up in the pod at an attitude: a check of the attitudes themselves. */
export function upAt(attitude: Attitude): Float64Array {
  const up = new Float64Array(3)
  rotateBack(up, 0, attitude, 0, Float64Array.of(0, 0, 1), 0)
  return up
}

/** Which way is up on the six faces, as a hand would go through them, and on six edges. */
export const FACE_UPS = [
  [0, 0, 1],
  [0, 1, 0],
  [0, 0, -1],
  [1, 0, 0],
  [0, -1, 0],
  [-1, 0, 0],
]
export const EDGE_UPS = [
  [1, 1, 0],
  [0, 1, 1],
  [1, 0, 1],
  [1, -1, 0],
  [0, 1, -1],
  [-1, 0, 1],
]
