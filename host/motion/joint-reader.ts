import type { Side } from '../../shared/places.ts'
import { CURVE_POINTS, type Curves } from '../analysis/document.ts'
import { quaternionOfAxes } from './axes.ts'
import { ankleAngles, DORSIFLEXION, EVERSION } from './cardan.ts'
import { multiply } from './quaternion.ts'
import type { StrideRecord } from './stride-record.ts'
import { levelAt, type UpState } from './tilt.ts'
import { type AngleState, angleAt } from './tracker.ts'
import type { WornPod } from './worn-pod.ts'

const DEGREES = 180 / Math.PI
/** What stands in for a mean over strides keeps at least this gain. */
const MEAN_GAIN = 0.1

/** The ankle's three curves over a stance, out of both pods' rings. */
export class JointReader {
  private readonly leg: Side
  private readonly shoe: WornPod | null
  private readonly shin: WornPod | null
  private readonly angles = [0, 1, 2].map(() => new Float64Array(CURVE_POINTS))
  /** Mean dorsiflexion and eversion over strides, rad, where no standing gives their zero. */
  private readonly mean = [0, 0]
  private meanStrides = 0

  constructor(leg: Side, shoe: WornPod | null, shin: WornPod | null) {
    this.leg = leg
    this.shoe = shoe
    this.shin = shin
  }

  /** Whether angles count from standing. */
  get stood(): boolean {
    return [this.shoe, this.shin].every((pod) => pod === null || pod.standing.result !== null)
  }

  /** What eversion counts from, rad. */
  get eversionZero(): number {
    return this.stood ? 0 : this.mean[EVERSION]!
  }

  /** A pod has turned on its segment: the mean is another one. */
  restart(): void {
    this.mean.fill(0)
    this.meanStrides = 0
  }

  /** Without standing: the stride's share in the mean the angles count from. */
  learn(icS: number, toS: number, record: StrideRecord): void {
    if (this.stood || !this.turn(icS, toS, record)) return
    this.meanStrides++
    const gain = Math.max(1 / this.meanStrides, MEAN_GAIN)
    for (const which of [DORSIFLEXION, EVERSION])
      this.mean[which]! += gain * (meanOf(this.angles[which]!) - this.mean[which]!)
  }

  /** Curves in degrees; nothing where they cannot be had. */
  read(icS: number, toS: number, record: StrideRecord): Partial<Curves> {
    if (!this.turn(icS, toS, record)) return {}
    const [dorsiflexion, eversion, rotation] = this.angles as [Float64Array, Float64Array, Float64Array]
    return {
      dorsiflexionDeg: degrees(dorsiflexion, this.stood ? 0 : this.mean[DORSIFLEXION]!),
      eversionDeg: degrees(eversion, this.eversionZero),
      tibialRotationDeg: unwrapped(degrees(rotation, rotation[0]!)),
    }
  }

  /** Joint angles on the stance's 101 points into `angles`, rad; false where they cannot be had. */
  private turn(icS: number, toS: number, record: StrideRecord): boolean {
    const shoeAxes = this.shoe?.axes() ?? null
    const shinAxes = this.shin?.axes() ?? null
    const { shoeUp, shinUp, heading } = record
    if (this.shoe === null || this.shin === null || shoeAxes === null || shinAxes === null) return false
    if (shoeUp === null || shinUp === null || heading === null) return false
    const between = levelTurn(shoeUp, shinUp, heading, 0.5 * (icS + toS))
    const podFromShoe = quaternionOfAxes(shoeAxes)
    const shinFromPod = conjugate(quaternionOfAxes(shinAxes))
    const shoe = this.shoe.sampler
    const shin = this.shin.sampler
    const q = new Float64Array(4)
    const angles = new Float64Array(3)
    for (let k = 0; k < CURVE_POINTS; k++) {
      const timeS = icS + ((toS - icS) * k) / (CURVE_POINTS - 1)
      if (!shoe.seek(timeS) || !shin.seek(timeS)) return false
      multiply(q, 0, between, 0, shoe.quaternion, 0)
      multiply(q, 0, q, 0, podFromShoe, 0)
      for (let i = 1; i < 4; i++) shin.quaternion[i]! *= -1
      multiply(q, 0, shin.quaternion, 0, q, 0)
      multiply(q, 0, shinFromPod, 0, q, 0)
      ankleAngles(q, this.leg, angles)
      for (let i = 0; i < 3; i++) this.angles[i]![k] = angles[i]!
    }
    return true
  }
}

/** qShinInertialFromShoeInertial: up on up, then the relative heading. */
function levelTurn(shoeUp: UpState, shinUp: UpState, heading: AngleState, timeS: number): Float64Array {
  const out = new Float64Array(4)
  const shoe = new Float64Array(4)
  levelAt(shinUp, timeS, out)
  levelAt(shoeUp, timeS, shoe)
  const half = angleAt(heading, timeS) / 2
  const turn = new Float64Array([Math.cos(half), 0, 0, -Math.sin(half)])
  multiply(out, 0, conjugate(out), 0, turn, 0)
  multiply(out, 0, out, 0, shoe, 0)
  return out
}

export const conjugate = (q: Float64Array): Float64Array => new Float64Array([q[0]!, -q[1]!, -q[2]!, -q[3]!])

/** Written out: `Array.from` with a function makes an object a point. */
function degrees(curve: Float64Array, zero: number): number[] {
  const out = new Array<number>(curve.length)
  for (let k = 0; k < curve.length; k++) out[k] = (curve[k]! - zero) * DEGREES
  return out
}

const meanOf = (curve: Float64Array): number => curve.reduce((sum, v) => sum + v, 0) / curve.length

/** Takes out jumps of a whole turn: the heading's zero is arbitrary, so a curve may cross ±180°. */
function unwrapped(degrees: number[]): number[] {
  for (let k = 1; k < degrees.length; k++)
    degrees[k]! -= 360 * Math.round((degrees[k]! - degrees[k - 1]!) / 360)
  return degrees
}
