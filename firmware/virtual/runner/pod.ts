import { GRAVITY } from '../../../shared/imu.ts'
import type { Segment } from '../../../shared/places.ts'
import type { WornImu } from '../worn.ts'
import type { Frame } from './frame.ts'
import { addBurst, addBurstDisplacement } from './landing.ts'
import type { Leg } from './leg.ts'

/** How a pod is worn: where on its segment (from the ankle, segment axes, m) and which way round (row-major, segment from pod). */
export interface Mount {
  at: readonly [number, number, number]
  segmentFromPod: Float64Array
}

/** Position and orientation of a pod's segment in the treadmill frame: x forward, y left, z up. */
export interface Pose {
  /** Of the pod, m. */
  position: Float64Array
  /** Row-major 3 × 3. */
  worldFromPod: Float64Array
}

/** An ideal IMU on one segment of a leg. */
export class WornPod implements WornImu {
  readonly segment: Segment
  readonly mount: Mount
  readonly #leg: Leg
  readonly #force = new Float64Array(3)
  readonly #world = new Float64Array(3)

  constructor(leg: Leg, segment: Segment, mount: Mount) {
    this.#leg = leg
    this.segment = segment
    this.mount = mount
  }

  sampleAt(timeS: number, out: Float64Array): void {
    this.#leg.at(timeS)
    const f = this.#frame
    this.accelerationOf(this.#world)
    this.#world[1]! += GRAVITY
    const { r, w } = f
    const force = this.#force
    const m = this.mount.segmentFromPod
    for (let i = 0; i < 3; i++)
      force[i] = r[i]! * this.#world[0]! + r[3 + i]! * this.#world[1]! + r[6 + i]! * this.#world[2]!
    for (let i = 0; i < 3; i++) {
      out[i] = m[i]! * force[0]! + m[3 + i]! * force[1]! + m[6 + i]! * force[2]!
      out[3 + i] = m[i]! * w[0]! + m[3 + i]! * w[1]! + m[6 + i]! * w[2]!
    }
  }

  /** Acceleration of the pod in the leg's present state, m/s², forward, up, right. */
  accelerationOf(out: Float64Array): void {
    const { ankle } = this.#leg
    const { r, w, a } = this.#frame
    const x = this.mount.at[0]
    const y = this.mount.at[1]
    const z = this.mount.at[2]
    const w0 = w[0]!
    const w1 = w[1]!
    const w2 = w[2]!
    const dot = w0 * x + w1 * y + w2 * z
    const square = w0 * w0 + w1 * w1 + w2 * w2
    // α × r + ω × (ω × r), the latter as ω (ω·r) − r ω²
    const lx = a[1]! * z - a[2]! * y + w0 * dot - x * square
    const ly = a[2]! * x - a[0]! * z + w1 * dot - y * square
    const lz = a[0]! * y - a[1]! * x + w2 * dot - z * square
    out[0] = ankle[2]! + r[0]! * lx + r[1]! * ly + r[2]! * lz
    out[1] = ankle[5]! + r[3]! * lx + r[4]! * ly + r[5]! * lz
    out[2] = ankle[8]! + r[6]! * lx + r[7]! * ly + r[8]! * lz
    this.#shock(out, addBurst)
  }

  /** Where the pod is and how it is turned at `timeS`. For tests and pictures; allocates. */
  poseAt(timeS: number): Pose {
    this.#leg.at(timeS)
    const { ankle } = this.#leg
    const { r } = this.#frame
    const [x, y, z] = this.mount.at
    const p = new Float64Array(3)
    for (let i = 0; i < 3; i++) p[i] = ankle[3 * i]! + r[3 * i]! * x + r[3 * i + 1]! * y + r[3 * i + 2]! * z
    this.#shock(p, addBurstDisplacement)
    const m = this.mount.segmentFromPod
    const turned = Float64Array.from({ length: 9 }, (_, k) => {
      const row = 3 * Math.floor(k / 3)
      const col = k % 3
      return r[row]! * m[col]! + r[row + 1]! * m[3 + col]! + r[row + 2]! * m[6 + col]!
    })
    return {
      position: Float64Array.of(p[0]!, -p[2]!, p[1]!),
      worldFromPod: Float64Array.of(
        ...turned.subarray(0, 3),
        ...turned.subarray(6, 9).map((v) => -v),
        ...turned.subarray(3, 6),
      ),
    }
  }

  get #frame(): Frame {
    return this.segment === 'shoe' ? this.#leg.shoe : this.#leg.shin
  }

  #shock(out: Float64Array, add: typeof addBurst): void {
    const { stride } = this.#leg
    if (stride === null) return
    const { bursts, icS } = stride.parameters
    for (const burst of bursts[this.segment]) add(burst, this.#leg.timeS - icS, out)
  }
}
