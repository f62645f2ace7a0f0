import { type Place, placeOf, type Side } from '../../shared/places.ts'
import { CURVE_POINTS, type Curves } from '../analysis/document.ts'
import type { StrideEvents } from '../gait/events.ts'
import { type Acceleration, levelAcceleration, segmentAcceleration, smoothed } from './acceleration.ts'
import { quaternionOfAxes, type SegmentAxes } from './axes.ts'
import { conjugate, JointReader } from './joint-reader.ts'
import type { LegWatch } from './leg-watch.ts'
import { multiply, rotate } from './quaternion.ts'
import { longestStep } from './sampler.ts'
import type { MotionSettings } from './settings.ts'
import type { StanceMotion } from './stance.ts'
import type { StrideRecord } from './stride-record.ts'
import { levelAt } from './tilt.ts'
import type { WornPod } from './worn-pod.ts'

const DEGREES = 180 / Math.PI
/** Acceleration is read from this long before contact to this long after toe-off, s: room for the filter's ends. */
const MARGIN_BEFORE_S = 0.1
const MARGIN_AFTER_S = 0.03
/** A blow comes this soon after contact and lasts no longer than this, s. */
const BLOW_WITHIN_S = 0.08
const BLOW_S = 0.01
/** Pitching at contact and toe-off is looked at over this long, s. */
const ABOUT_CONTACT_S = 0.008
/** Without foot flat the foot lies flat from a quarter of stance on; it does so until half. */
const FLAT_FROM = 0.25
const FLAT_TO = 0.5
/** Reads one stance out of the rings: joint angles, foot angles, acceleration. Holds only what every reading needs. */
export class StanceReader {
  private readonly leg: Side
  private readonly shoe: WornPod | null
  private readonly shin: WornPod | null
  private readonly settings: MotionSettings
  private readonly joint: JointReader
  private readonly watch: LegWatch

  constructor(
    leg: Side,
    shoe: WornPod | null,
    shin: WornPod | null,
    watch: LegWatch,
    settings: MotionSettings,
  ) {
    this.leg = leg
    this.shoe = shoe
    this.shin = shin
    this.settings = settings
    this.joint = new JointReader(leg, shoe, shin)
    this.watch = watch
  }

  /** A pod has turned on its segment. */
  restart(): void {
    this.joint.restart()
  }

  /** What eversion counts from, rad. */
  get eversionZero(): number {
    return this.joint.eversionZero
  }

  learn(s: StrideEvents, record: StrideRecord): void {
    this.joint.learn(s.icS, s.toS, record)
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
      leg: this.leg,
      icS,
      toS,
      curves,
      fromStanding: this.joint.stood,
      strikeAngleDeg: null,
      strikeRateDegPerS: 0,
      toeOffAngleDeg: null,
      toeOffRateDegPerS: 0,
      footProgressionDeg: null,
      swing: null,
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
    if (this.shoe === null) reasons.push('no shoe pod')
    if (this.shin === null) reasons.push('no shin pod')
    this.watch.reasons(icS, reasons)
    motion.sound = this.watch.sound(icS)
    this.count(motion, record)
    if (record === null) {
      reasons.push('up is not known yet')
      motion.sound = false
      return motion
    }
    Object.assign(curves, this.joint.read(icS, toS, record))
    if (this.shoe !== null && this.shin !== null && curves.eversionDeg === null)
      reasons.push('how shoe and shin point to one another is not known yet')
    this.readShoe(motion, footFlatS, record)
    this.readShin(motion, record)
    return motion
  }

  /** What the whole stride tells: holes, samples at the limit, the swing. */
  private count(motion: StanceMotion, record: StrideRecord | null): void {
    const { icS, toS } = motion
    const own = record !== null && Math.abs(record.icS - icS) < 1e-6
    if (own) motion.swing = record.swing
    for (const pod of [this.shoe, this.shin]) {
      if (pod === null) continue
      const place: Place = placeOf(this.leg, pod.segment)
      if (longestStep(pod.track, icS, toS) > this.settings.longestBridgeS) {
        motion.reasons.push(`gap: ${place}`)
        motion.sound = false
      }
      motion.clippedSamples[place] = clippedBetween(pod, icS, own ? record.nextIcS : toS)
      if (clippedBetween(pod, icS, toS) > 0) motion.reasons.push(`clipped: ${place}`)
    }
  }

  private readShoe(motion: StanceMotion, footFlatS: number | null, record: StrideRecord): void {
    const axes = this.shoe?.axes() ?? null
    if (this.shoe === null || axes === null || record.shoeUp === null) return
    const { icS, toS } = motion
    const level = new Float64Array(4)
    levelAt(record.shoeUp, 0.5 * (icS + toS), level)
    const toes = new Float64Array(3)
    const pitchAt = (timeS: number): number | null =>
      this.toesAt(timeS, axes, level, toes) ? Math.asin(toes[2]!) * DEGREES : null
    const strike = pitchAt(icS)
    if (strike !== null) {
      const change = [-ABOUT_CONTACT_S, ABOUT_CONTACT_S].map((dt) =>
        Math.abs((pitchAt(icS + dt) ?? strike) - strike),
      )
      motion.strikeAngleDeg = strike
      motion.strikeRateDegPerS = Math.max(...change) / ABOUT_CONTACT_S
    }
    const leaving = pitchAt(toS)
    if (leaving !== null) {
      motion.toeOffAngleDeg = -leaving
      motion.toeOffRateDegPerS =
        Math.abs(leaving - (pitchAt(toS - ABOUT_CONTACT_S) ?? leaving)) / ABOUT_CONTACT_S
    }
    const travel = record.travel
    const course = travel === null ? null : Math.atan2(travel.y, travel.x)
    const flatS = footFlatS ?? icS + FLAT_FROM * (toS - icS)
    const pointing = this.pointing(flatS, Math.max(flatS, icS + FLAT_TO * (toS - icS)), axes, level)
    if (course !== null && pointing !== null) {
      // left of the course is toe-out for the left foot
      const left = Math.atan2(Math.sin(pointing - course), Math.cos(pointing - course))
      motion.footProgressionDeg = left * DEGREES * (this.leg === 'left' ? 1 : -1)
    }
    const forward = course ?? pointing
    if (forward === null) return
    const ahead = new Float64Array([Math.cos(forward / 2), 0, 0, -Math.sin(forward / 2)])
    multiply(ahead, 0, ahead, 0, level, 0)
    motion.shoe = this.acceleration(
      this.shoe,
      levelAcceleration(this.shoe.track, icS - MARGIN_BEFORE_S, toS + MARGIN_AFTER_S, ahead),
      motion,
    )
  }

  /** Where the toes point at a time, level frame, unit. */
  private toesAt(timeS: number, axes: SegmentAxes, level: Float64Array, out: Float64Array): boolean {
    const { sampler } = this.shoe!
    if (!sampler.seek(timeS)) return false
    rotate(out, 0, sampler.quaternion, 0, axes.x, 0)
    rotate(out, 0, level, 0, out, 0)
    return true
  }

  /** Mean heading of the toes over a span, rad from the level frame's x toward its y. */
  private pointing(fromS: number, toS: number, axes: SegmentAxes, level: Float64Array): number | null {
    const toes = new Float64Array(3)
    let x = 0
    let y = 0
    for (let k = 0; k <= 8; k++) {
      if (!this.toesAt(fromS + ((toS - fromS) * k) / 8, axes, level, toes)) return null
      x += toes[0]!
      y += toes[1]!
    }
    return Math.atan2(y, x)
  }

  /** The shin's low-passed acceleration about a contact whose stance still goes on; `null` when it cannot be told. */
  landing(icS: number, untilS: number, record: StrideRecord): Acceleration | null {
    if (this.shin === null || !seesImpact(this.shin, icS)) return null
    const raw = this.shinAcceleration(icS, untilS, record)
    return raw && smoothed(raw, this.settings)
  }

  private readShin(motion: StanceMotion, record: StrideRecord): void {
    const { icS, toS } = motion
    motion.shin = this.acceleration(this.shin, this.shinAcceleration(icS, toS, record), motion)
    const smooth = motion.shin?.smooth ?? null
    if (smooth !== null) motion.curves.tibialAxialG = overStance(smooth, smooth.y, icS, toS)
  }

  private shinAcceleration(icS: number, toS: number, record: StrideRecord): Acceleration | null {
    const axes = this.shin?.axes() ?? null
    const state = record.shinUp
    if (this.shin === null || axes === null || state === null) return null
    const up = this.shin.upAt(state, 0.5 * (icS + toS))
    const shinFromPod = conjugate(quaternionOfAxes(axes))
    return segmentAcceleration(this.shin.track, icS - MARGIN_BEFORE_S, toS + MARGIN_AFTER_S, up, shinFromPod)
  }

  private acceleration(
    pod: WornPod | null,
    raw: Acceleration | null,
    motion: StanceMotion,
  ): StanceMotion['shin'] {
    if (pod === null || raw === null) return null
    const smooth = smoothed(raw, this.settings)
    const reason =
      smooth === null
        ? `sampled at ${Math.round(1 / raw.stepS)} Hz: impact needs ${this.settings.impactLeastRateHz} Hz`
        : seesImpact(pod, motion.icS)
          ? null
          : `impact not seen: ${placeOf(this.leg, pod.segment)} lost samples after contact`
    if (reason === null) return { raw, smooth }
    if (!motion.reasons.includes(reason)) motion.reasons.push(reason)
    return { raw, smooth: null }
  }
}

/** No hole after contact in which a blow would look like none. */
const seesImpact = (pod: WornPod, icS: number): boolean =>
  longestStep(pod.track, icS, icS + BLOW_WITHIN_S) <= BLOW_S

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
