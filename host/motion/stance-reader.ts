import { type Place, placeOf, type Side } from '../../shared/places.ts'
import { CURVE_POINTS, type Curves } from '../analysis/document.ts'
import type { StrideEvents } from '../gait/events.ts'
import { type Acceleration, levelAcceleration, segmentAcceleration, smoothed } from './acceleration.ts'
import { quaternionOfAxes, type SegmentAxes } from './axes.ts'
import { ankleAngles, DORSIFLEXION, EVERSION } from './cardan.ts'
import { multiply, rotate } from './quaternion.ts'
import { longestStep } from './sampler.ts'
import type { MotionSettings } from './settings.ts'
import type { StanceMotion } from './stance.ts'
import { levelAt, type UpState } from './tilt.ts'
import { type AngleState, angleAt } from './tracker.ts'
import type { Travel } from './travel.ts'
import type { WornPod } from './worn-pod.ts'

/** What a stride taught, kept so that its stance can be read later. */
export interface StrideRecord {
  midS: number
  icS: number
  /** When the shoe turned least in mid-stance. */
  stillS: number
  nextIcS: number
  shoeUp: UpState | null
  shinUp: UpState | null
  /** Turn from the shin's level frame to the shoe's. */
  heading: AngleState | null
  /** Mean square of what either pod's up was off by, stride on stride, rad². */
  tiltVariance: number
  /** From the stance before to this one. */
  travel: Travel | null
}

const DEGREES = 180 / Math.PI
/** Acceleration is read from this long before contact to this long after toe-off, s: room for the filter's ends. */
const MARGIN_BEFORE_S = 0.1
const MARGIN_AFTER_S = 0.03
/** Pitching at contact is looked at over this long on either side, s. */
const ABOUT_CONTACT_S = 0.008
/** Without foot flat the foot lies flat from a quarter of stance on; it does so until half. */
const FLAT_FROM = 0.25
const FLAT_TO = 0.5
/** What stands in for a mean over strides keeps at least this gain. */
const MEAN_GAIN = 0.1

/** Reads one stance out of the rings: joint angles, foot angles, acceleration. Holds only what every reading needs. */
export class StanceReader {
  readonly #leg: Side
  readonly #shoe: WornPod | null
  readonly #shin: WornPod | null
  readonly #settings: MotionSettings
  readonly #angles = [0, 1, 2].map(() => new Float64Array(CURVE_POINTS))
  /** Mean dorsiflexion and eversion over strides, rad, where no standing gives their zero. */
  readonly #mean = [0, 0]
  #meanStrides = 0

  constructor(leg: Side, shoe: WornPod | null, shin: WornPod | null, settings: MotionSettings) {
    this.#leg = leg
    this.#shoe = shoe
    this.#shin = shin
    this.#settings = settings
  }

  /** Whether angles count from standing. */
  get #stood(): boolean {
    return [this.#shoe, this.#shin].every((pod) => pod === null || pod.standing.result !== null)
  }

  learn(s: StrideEvents, record: StrideRecord): void {
    if (this.#stood || !this.#readAngles(s.icS, s.toS, record)) return
    this.#meanStrides++
    const gain = Math.max(1 / this.#meanStrides, MEAN_GAIN)
    for (const which of [DORSIFLEXION, EVERSION])
      this.#mean[which]! += gain * (meanOf(this.#angles[which]!) - this.#mean[which]!)
  }

  read(icS: number, toS: number, footFlatS: number | null, record: StrideRecord | null): StanceMotion {
    const reasons: string[] = []
    const curves: Curves = {
      eversionDeg: null,
      tibialRotationDeg: null,
      dorsiflexionDeg: null,
      tibialAxialG: null,
    }
    const motion: StanceMotion = {
      leg: this.#leg,
      icS,
      toS,
      curves,
      fromStanding: this.#stood,
      strikeAngleDeg: null,
      strikeRateDegPerS: 0,
      footProgressionDeg: null,
      estimatedSpeedMPerS: null,
      shin: null,
      shoe: null,
      clippedSamples: {},
      alignmentSd: {
        tilt: Math.sqrt(record?.tiltVariance ?? 0),
        heading: Math.sqrt(record?.heading?.variance ?? 0),
      },
      reasons,
      sound: true,
    }
    if (this.#shoe === null) reasons.push('no shoe pod')
    if (this.#shin === null) reasons.push('no shin pod')
    this.#sayStanding(reasons)
    this.#count(motion, record)
    if (record === null) {
      reasons.push('up is not known yet')
      motion.sound = false
      return motion
    }
    if (this.#readAngles(icS, toS, record)) this.#giveAngles(curves)
    this.#readShoe(motion, footFlatS, record)
    this.#readShin(motion, record)
    return motion
  }

  #sayStanding(reasons: string[]): void {
    if (this.#stood) return
    const refused = this.#shoe?.standing.refused ?? this.#shin?.standing.refused ?? null
    reasons.push(
      refused ?? 'no standing period: eversion and dorsiflexion count from their mean over strides',
    )
  }

  /** Holes and samples at the limit. */
  #count(motion: StanceMotion, record: StrideRecord | null): void {
    const { icS, toS } = motion
    const own = record !== null && Math.abs(record.icS - icS) < 1e-6
    for (const pod of [this.#shoe, this.#shin]) {
      if (pod === null) continue
      const place: Place = placeOf(this.#leg, pod.segment)
      if (longestStep(pod.track, icS, toS) > this.#settings.longestBridgeS) {
        motion.reasons.push(`gap: ${place}`)
        motion.sound = false
      }
      motion.clippedSamples[place] = clippedBetween(pod, icS, own ? record.nextIcS : toS)
      if (clippedBetween(pod, icS, toS) > 0) motion.reasons.push(`clipped: ${place}`)
    }
  }

  /** Joint angles on the stance's 101 points into `#angles`, rad; false where they cannot be had. */
  #readAngles(icS: number, toS: number, record: StrideRecord): boolean {
    const shoeAxes = this.#shoe?.axes() ?? null
    const shinAxes = this.#shin?.axes() ?? null
    const { shoeUp, shinUp, heading } = record
    if (this.#shoe === null || this.#shin === null || shoeAxes === null || shinAxes === null) return false
    if (shoeUp === null || shinUp === null || heading === null) return false
    const between = levelTurn(shoeUp, shinUp, heading, 0.5 * (icS + toS))
    const podFromShoe = quaternionOfAxes(shoeAxes)
    const shinFromPod = conjugate(quaternionOfAxes(shinAxes))
    const shoe = this.#shoe.sampler
    const shin = this.#shin.sampler
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
      ankleAngles(q, this.#leg, angles)
      for (let i = 0; i < 3; i++) this.#angles[i]![k] = angles[i]!
    }
    return true
  }

  #giveAngles(curves: Curves): void {
    const [dorsiflexion, eversion, rotation] = this.#angles as [Float64Array, Float64Array, Float64Array]
    const stood = this.#stood
    const degrees = (curve: Float64Array, zero: number) => Array.from(curve, (v) => (v - zero) * DEGREES)
    curves.dorsiflexionDeg = degrees(dorsiflexion, stood ? 0 : this.#mean[DORSIFLEXION]!)
    curves.eversionDeg = degrees(eversion, stood ? 0 : this.#mean[EVERSION]!)
    curves.tibialRotationDeg = unwrapped(degrees(rotation, rotation[0]!))
  }

  #readShoe(motion: StanceMotion, footFlatS: number | null, record: StrideRecord): void {
    const axes = this.#shoe?.axes() ?? null
    if (this.#shoe === null || axes === null || record.shoeUp === null) return
    const { icS, toS } = motion
    const level = new Float64Array(4)
    levelAt(record.shoeUp, 0.5 * (icS + toS), level)
    const toes = new Float64Array(3)
    const pitchAt = (timeS: number): number | null =>
      this.#toesAt(timeS, axes, level, toes) ? Math.asin(toes[2]!) * DEGREES : null
    const strike = pitchAt(icS)
    if (strike !== null) {
      const change = [-ABOUT_CONTACT_S, ABOUT_CONTACT_S].map((dt) =>
        Math.abs((pitchAt(icS + dt) ?? strike) - strike),
      )
      motion.strikeAngleDeg = strike
      motion.strikeRateDegPerS = Math.max(...change) / ABOUT_CONTACT_S
    }
    const travel = record.travel
    const course = travel === null ? null : Math.atan2(travel.y, travel.x)
    motion.estimatedSpeedMPerS = travel === null ? null : Math.hypot(travel.x, travel.y) / travel.durationS
    const flatS = footFlatS ?? icS + FLAT_FROM * (toS - icS)
    const pointing = this.#pointing(flatS, Math.max(flatS, icS + FLAT_TO * (toS - icS)), axes, level)
    if (course !== null && pointing !== null) {
      // left of the course is toe-out for the left foot
      const left = Math.atan2(Math.sin(pointing - course), Math.cos(pointing - course))
      motion.footProgressionDeg = left * DEGREES * (this.#leg === 'left' ? 1 : -1)
    }
    const forward = course ?? pointing
    if (forward === null) return
    const ahead = new Float64Array([Math.cos(forward / 2), 0, 0, -Math.sin(forward / 2)])
    multiply(ahead, 0, ahead, 0, level, 0)
    motion.shoe = this.#acceleration(
      levelAcceleration(this.#shoe.track, icS - MARGIN_BEFORE_S, toS + MARGIN_AFTER_S, ahead),
      motion,
    )
  }

  /** Where the toes point at a time, level frame, unit. */
  #toesAt(timeS: number, axes: SegmentAxes, level: Float64Array, out: Float64Array): boolean {
    const { sampler } = this.#shoe!
    if (!sampler.seek(timeS)) return false
    rotate(out, 0, sampler.quaternion, 0, axes.x, 0)
    rotate(out, 0, level, 0, out, 0)
    return true
  }

  /** Mean heading of the toes over a span, rad from the level frame's x toward its y. */
  #pointing(fromS: number, toS: number, axes: SegmentAxes, level: Float64Array): number | null {
    const toes = new Float64Array(3)
    let x = 0
    let y = 0
    for (let k = 0; k <= 8; k++) {
      if (!this.#toesAt(fromS + ((toS - fromS) * k) / 8, axes, level, toes)) return null
      x += toes[0]!
      y += toes[1]!
    }
    return Math.atan2(y, x)
  }

  #readShin(motion: StanceMotion, record: StrideRecord): void {
    const axes = this.#shin?.axes() ?? null
    const state = record.shinUp
    if (this.#shin === null || axes === null || state === null) return
    const { icS, toS } = motion
    const up = this.#shin.upAt(state, 0.5 * (icS + toS))
    const shinFromPod = conjugate(quaternionOfAxes(axes))
    motion.shin = this.#acceleration(
      segmentAcceleration(this.#shin.track, icS - MARGIN_BEFORE_S, toS + MARGIN_AFTER_S, up, shinFromPod),
      motion,
    )
    const smooth = motion.shin?.smooth ?? null
    if (smooth !== null) motion.curves.tibialAxialG = overStance(smooth, smooth.y, icS, toS)
  }

  #acceleration(raw: Acceleration | null, motion: StanceMotion): StanceMotion['shin'] {
    if (raw === null) return null
    const smooth = smoothed(raw, this.#settings)
    if (smooth === null) {
      const reason = `sampled at ${Math.round(1 / raw.stepS)} Hz: impact needs ${this.#settings.impactLeastRateHz} Hz`
      if (!motion.reasons.includes(reason)) motion.reasons.push(reason)
    }
    return { raw, smooth }
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

const conjugate = (q: Float64Array): Float64Array => new Float64Array([q[0]!, -q[1]!, -q[2]!, -q[3]!])

const meanOf = (curve: Float64Array): number => curve.reduce((sum, v) => sum + v, 0) / curve.length

/** Takes out jumps of a whole turn: the heading's zero is arbitrary, so a curve may cross ±180°. */
function unwrapped(degrees: number[]): number[] {
  for (let k = 1; k < degrees.length; k++)
    degrees[k]! -= 360 * Math.round((degrees[k]! - degrees[k - 1]!) / 360)
  return degrees
}

function clippedBetween(pod: WornPod, fromS: number, toS: number): number {
  const { track } = pod
  const last = track.firstAtOrAfter(toS)
  let count = 0
  for (let n = track.firstAtOrAfter(fromS); n < last; n++) count += track.clipped[track.slot(n)]!
  return count
}

/** A channel on the stance's 101 points, by straight lines; `null` where it does not reach. */
function overStance(a: Acceleration, channel: Float64Array, icS: number, toS: number): number[] | null {
  const out = new Array<number>(CURVE_POINTS)
  for (let k = 0; k < CURVE_POINTS; k++) {
    const at = (icS + ((toS - icS) * k) / (CURVE_POINTS - 1) - a.startS) / a.stepS
    const n = Math.min(channel.length - 2, Math.floor(at))
    if (n < 0 || at > channel.length) return null
    out[k] = channel[n]! + (at - n) * (channel[n + 1]! - channel[n]!)
  }
  return out
}
