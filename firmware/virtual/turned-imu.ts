import { DEG } from '../../shared/imu.ts'
import type { Place } from '../../shared/places.ts'
import { turnBack } from './imperfect.ts'
import type { WornPod } from './runner/pod.ts'
import type { WornImu } from './worn.ts'

/** A pod that sits otherwise than it was put on: turned from the start, or slipping round at some time. */
export interface Turn {
  place: Place
  /** Of the segment: forward, along it, to the right. */
  axis: 'x' | 'y' | 'z'
  deg: number
  /** Slips from then on, for so long; without it the pod sits turned from the beginning. */
  slip?: { atS: number; lastS: number }
}

const AXES = { x: 0, y: 1, z: 2 }

/**
 * A pod that turns in place about an axis of its segment, by a quintic smoothstep. A true turn: its gyro feels it, and forces turn back by it.
 */
export class TurnedImu implements WornImu {
  readonly #pod: WornImu
  readonly #turn: Turn
  /** The axis in the pod's own frame. */
  readonly #axis: Float64Array

  constructor(pod: WornImu, { mount }: Pick<WornPod, 'mount'>, turn: Turn) {
    this.#pod = pod
    this.#turn = turn
    const row = 3 * AXES[turn.axis]
    this.#axis = mount.segmentFromPod.slice(row, row + 3)
  }

  sampleAt(timeS: number, out: Float64Array): void {
    this.#pod.sampleAt(timeS, out)
    const { deg, slip } = this.#turn
    const x = slip === undefined ? 1 : Math.max(0, Math.min(1, (timeS - slip.atS) / slip.lastS))
    const angle = deg * DEG * x ** 3 * (10 - x * (15 - 6 * x))
    turnBack(this.#axis, angle, out, 0)
    turnBack(this.#axis, angle, out, 3)
    if (slip === undefined) return
    const rate = (deg * DEG * 30 * x ** 2 * (1 - x) ** 2) / slip.lastS
    for (let i = 0; i < 3; i++) out[3 + i]! += rate * this.#axis[i]!
  }
}
