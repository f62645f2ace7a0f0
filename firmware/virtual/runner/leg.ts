import { DEG } from '../../../shared/imu.ts'
import type { Side } from '../../../shared/places.ts'
import { addStanding, addSway, mix } from './blend.ts'
import {
  type Courses,
  courses,
  EVERSION,
  LEAN,
  mirror,
  PITCH,
  PROGRESSION,
  ROTATION,
  SHIN,
} from './courses.ts'
import { Curve, type Jet } from './curve.ts'
import { copy, type Frame, groundPitch, newFrame, reset, turn } from './frame.ts'
import { type AnkleAngles, fromKneeAxis } from './knee-axis.ts'
import { addPress, addShear, type Give } from './landing.ts'
import type { Pace } from './pace.ts'
import type { RunnerParameters } from './parameters.ts'
import { ANKLE_HEIGHT_M, roll, TOE_M } from './rocker.ts'
import { type StrideParameters, strideIndex, strideParameters } from './stride.ts'

/** Height of the toe where it comes lowest in mid-swing, m: walking 1 to 2 cm (Winter 1992). */
const WALKING_CLEARANCE_M = 0.02
const RUNNING_CLEARANCE_M = 0.06

/** How the foot met the belt. */
interface Contact {
  /** Rolled travel at contact, m: taken off, so that rolling starts from there. */
  rolledM: number
  shear: Give
  press: Give
}

/** One stride ready to be asked. */
export interface Stride {
  parameters: StrideParameters
  nextIcS: number
  courses: Courses
  contact: Contact
  /** The ankle in the air: forward, up, right, m. */
  swing: readonly [Curve, Curve, Curve]
}

/**
 * One leg at any time: where shin and shoe point, how they turn, and how the ankle moves in the treadmill's frame.
 * `at` writes into the fields; strides are made when asked for and only the last few are kept.
 */
export class Leg {
  readonly side: Side
  readonly shin: Frame = newFrame()
  readonly shoe: Frame = newFrame()
  /** Ankle: forward, up, right; each value, velocity, acceleration; m, s. */
  readonly ankle: Jet = new Float64Array(9)
  /** Shoe pitch to the ground, rad, with two derivatives. */
  readonly pitch: Jet = new Float64Array(3)
  /** The stride in which the time asked for lies; `null` while the runner stands. */
  stride: Stride | null = null
  /** How much the runner runs, 0 standing … 1. */
  running = 0

  readonly #p: RunnerParameters
  readonly #pace: Pace
  readonly #kept: { index: number; stride: Stride }[] = []
  readonly #jets: Jet = new Float64Array(18)
  readonly #blend: Jet = new Float64Array(3)
  readonly #rolled: Jet = new Float64Array(6)
  readonly #belt: Jet = new Float64Array(3)
  /** The time asked for last, s. */
  timeS = Number.NaN

  constructor(p: RunnerParameters, pace: Pace, side: Side) {
    this.#p = p
    this.#pace = pace
    this.side = side
  }

  /** The stride of a leg by number; 0 begins soon after the standing. */
  strideOf(index: number): Stride {
    const slot = ((index % 4) + 4) % 4
    const kept = this.#kept[slot]
    if (kept?.index === index) return kept.stride
    const stride = this.#make(index)
    this.#kept[slot] = { index, stride }
    this.timeS = Number.NaN
    return stride
  }

  /** Number of the stride that holds `t`. */
  indexAt(t: number): number {
    return strideIndex(this.#p, this.#pace, this.side, t)
  }

  at(t: number): void {
    if (t === this.timeS) return
    this.#pace.weight(t, this.#blend)
    this.running = this.#blend[0]!
    this.stride = this.running > 0 ? this.strideOf(this.indexAt(t)) : null
    this.timeS = t
    if (this.stride !== null) this.#run(this.stride, t)
    if (this.running < 1) this.#stand(t)
  }

  /** Ankle angles at `t` from standing, rad, by the signs of the truth: of the pose as it is, sway and blending included. */
  anglesAt(t: number): AnkleAngles {
    this.at(t)
    const j = this.#jets
    const { standingTibialRotationDeg, kneeAxisDeg } = this.#p.legs[this.side]
    const swung = {
      eversion: j[EVERSION]!,
      tibialRotation: j[ROTATION]!,
      dorsiflexion: j[PITCH]! - j[SHIN]!,
    }
    const seen = kneeAxisDeg === 0 ? swung : fromKneeAxis(swung, kneeAxisDeg * DEG)
    seen.tibialRotation -= (standingTibialRotationDeg - kneeAxisDeg) * DEG
    return seen
  }

  /** Heading of the shoe to the belt, toe out positive, rad. */
  toeOut(): number {
    return mirror(this.side) * Math.atan2(-this.shoe.r[6]!, this.shoe.r[0]!)
  }

  /** Where the ankle is along the belt's direction, m. */
  forwardAt(t: number): number {
    this.at(t)
    return this.ankle[0]!
  }

  #run(stride: Stride, t: number): void {
    this.#orient(stride, t)
    const inStance = t < stride.parameters.toS
    groundPitch(this.shoe, this.pitch)
    if (inStance) this.#stance(stride, t)
    else for (let i = 0; i < 3; i++) stride.swing[i]!.eval(t, this.ankle, 3 * i)
  }

  #orient(stride: Pick<Stride, 'courses'>, t: number): void {
    const j = this.#jets
    const c = stride.courses
    c.shoePitch.eval(t, j, PITCH)
    c.shinPitch.eval(t, j, SHIN)
    c.eversion.eval(t, j, EVERSION)
    c.tibialRotation.eval(t, j, ROTATION)
    c.progression.eval(t, j, PROGRESSION)
    c.lean.eval(t, j, LEAN)
    for (let i = 0; i < 18; i++) j[i]! *= DEG
    j[ROTATION]! += this.#p.legs[this.side].standingTibialRotationDeg * DEG
    this.#chain()
  }

  /** Shin in the world as heading, lean, pitch; shoe on the shin as Cardan Z–X–Y. */
  #chain(): void {
    const j = this.#jets
    const m = mirror(this.side)
    const { shin, shoe } = this
    reset(shin)
    turn(
      shin,
      1,
      m * (j[PROGRESSION]! - j[ROTATION]!),
      m * (j[PROGRESSION + 1]! - j[ROTATION + 1]!),
      m * (j[PROGRESSION + 2]! - j[ROTATION + 2]!),
    )
    turn(shin, 0, j[LEAN]!, j[LEAN + 1]!, j[LEAN + 2]!)
    turn(shin, 2, j[SHIN]!, j[SHIN + 1]!, j[SHIN + 2]!)
    copy(shin, shoe)
    turn(shoe, 2, j[PITCH]! - j[SHIN]!, j[PITCH + 1]! - j[SHIN + 1]!, j[PITCH + 2]! - j[SHIN + 2]!)
    turn(shoe, 0, m * j[EVERSION]!, m * j[EVERSION + 1]!, m * j[EVERSION + 2]!)
    turn(shoe, 1, m * j[ROTATION]!, m * j[ROTATION + 1]!, m * j[ROTATION + 2]!)
  }

  /** On the ground: the sole rolls on the belt, which carries it back. */
  #stance(stride: Pick<Stride, 'parameters' | 'contact'>, t: number): void {
    const s = stride.parameters
    const { ankle } = this
    const r = this.#rolled
    roll(this.pitch, r)
    const belt = this.#belt
    this.#pace.belt(t, belt)
    const since = t - s.icS
    const heading = mirror(this.side) * s.footProgressionDeg * DEG
    const c = Math.cos(heading)
    const d = -Math.sin(heading)
    ankle[0] = s.forwardM - (belt[0]! - s.beltM) + c * (r[3]! - stride.contact.rolledM)
    ankle[1] = -belt[1]! + c * r[4]!
    ankle[2] = -belt[2]! + c * r[5]!
    ankle[3] = r[0]!
    ankle[4] = r[1]!
    ankle[5] = r[2]!
    ankle[6] = s.rightM + d * (r[3]! - stride.contact.rolledM)
    ankle[7] = d * r[4]!
    ankle[8] = d * r[5]!
    addShear(stride.contact.shear, since, ankle, 0)
    addPress(stride.contact.press, since, ankle, 3)
  }

  /** From the present pose, at contact: what arrives beyond rolling. */
  #contact(s: StrideParameters): Contact {
    groundPitch(this.shoe, this.pitch)
    const r = this.#rolled
    roll(this.pitch, r)
    const lastS = s.pressLastsS
    return {
      rolledM: r[3]!,
      shear: { speed: s.brakingMPerS - r[4]!, acceleration: s.arrivalForward - r[5]!, lastS: s.shearLastsS },
      press: { speed: -s.landingMPerS - r[1]!, acceleration: s.arrivalUp - r[2]!, lastS },
    }
  }

  /** Mixes the standing pose in: everything is value by value w·run + (1 − w)·stand. */
  #stand(t: number): void {
    const j = this.#jets
    const w = this.#blend
    const leg = this.#p.legs[this.side]
    if (this.stride === null) {
      j.fill(0)
      this.ankle.fill(0)
    }
    for (let i = 0; i < 18; i += 3) mix(j, i, w)
    for (let i = 0; i < 9; i += 3) mix(this.ankle, i, w)
    addStanding(j, PROGRESSION, w, leg.standingToeOutDeg * DEG)
    addStanding(j, ROTATION, w, leg.standingTibialRotationDeg * DEG)
    addStanding(this.ankle, 3, w, ANKLE_HEIGHT_M)
    addStanding(this.ankle, 6, w, -0.09 * mirror(this.side))
    addSway(t, w, j, mirror(this.side))
    this.#chain()
    groundPitch(this.shoe, this.pitch)
  }

  /** How high the ankle is when the toe is `toeM` over the belt, m. */
  #clearing(stride: Pick<Stride, 'courses'>, t: number, toeM: number): number {
    this.#orient(stride, t)
    const { r } = this.shoe
    return toeM - r[3]! * TOE_M + r[4]! * ANKLE_HEIGHT_M
  }

  #make(index: number): Stride {
    const s = strideParameters(this.#p, this.#pace, this.side, index)
    const next = strideParameters(this.#p, this.#pace, this.side, index + 1)
    const own = { courses: courses(s, next, this.side) }
    this.#orient(own, s.icS)
    const made = { ...own, parameters: s, contact: this.#contact(s) }
    this.#orient(made, s.toS)
    groundPitch(this.shoe, this.pitch)
    this.#stance(made, s.toS)
    const off = Float64Array.from(this.ankle)
    // the next contact's pose is where this stride's courses end
    this.#orient(made, next.icS)
    this.#stance({ parameters: next, contact: this.#contact(next) }, next.icS)
    const on = this.ankle
    const air = next.icS - s.toS
    const through = (axis: number, ...middle: { pct: number; value: number }[]): Curve =>
      new Curve([
        { t: s.toS, value: off[axis]!, slope: off[axis + 1]!, curvature: off[axis + 2]! },
        ...middle.map(({ pct, value }) => ({ t: s.toS + pct * air, value })),
        { t: next.icS, value: on[axis]!, slope: on[axis + 1]!, curvature: on[axis + 2]! },
      ])
    const up = swingHeights(s, next, air, (pct, toeM) => this.#clearing(own, s.toS + pct * air, toeM))
    const swing = [through(0), through(3, ...up), through(6)] as const
    return { ...made, nextIcS: next.icS, swing }
  }
}

/** Knots of the ankle's height in the air, share of swing and m; it comes down late and steeply, the toe clear of the belt. */
function swingHeights(
  s: StrideParameters,
  next: StrideParameters,
  airS: number,
  clearing: (pct: number, toeM: number) => number,
): { pct: number; value: number }[] {
  const top = s.swingHeightM
  if (s.activity === 'walking')
    return [
      { pct: 0.15, value: top },
      { pct: 0.45, value: clearing(0.45, WALKING_CLEARANCE_M) },
      { pct: 0.85, value: ANKLE_HEIGHT_M + 0.045 },
    ]
  return [
    { pct: 0.34, value: top },
    { pct: 0.7, value: Math.max(0.4 * top + 0.01, clearing(0.7, RUNNING_CLEARANCE_M)) },
    { pct: 0.87, value: ANKLE_HEIGHT_M + 0.13 * airS * 0.75 * next.landingMPerS },
  ]
}
