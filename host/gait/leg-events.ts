import type { Segment, Side } from '../../shared/places.ts'
import type { PitchAxis } from '../motion/pitch-axis.ts'
import { rotate } from '../motion/quaternion.ts'
import type { PodTrack } from '../motion/track.ts'
import { CONTACT, type Cycle, NOTHING, type Pace, STIRS, TOE_OFF } from './cycle.ts'
import {
  CONTACT_FEATURES,
  contactFeatures,
  LEAVING_BEFORE_S,
  LEAVING_FEATURES,
  leavingFeatures,
  PUSH_FEATURES,
  pushFeatures,
} from './features.ts'
import { levelSpeed, meanUp } from './inertial.ts'
import {
  CONTACT_LEAD_S,
  contactLeadS,
  leavingLagS,
  pastPushLeadS,
  shinContactLagS,
  shinToeOffLeadS,
  shinWalkToeOffLeadS,
  TOE_OFF_LAG_S,
  toeOffLagS,
  walkContactLagS,
} from './offsets.ts'
import type { GaitSettings } from './settings.ts'
import { ShinCycle } from './shin-cycle.ts'
import { ShoeCycle } from './shoe-cycle.ts'
import { GaitSignals } from './signals.ts'
import { type Flat, findFlat } from './stance.ts'
import { type GaitSink, Strides } from './strides.ts'

/** When the foot of a leg that moves about a known axis touched down and left: what its cycle finds, put in time. */
export class LegEvents {
  readonly strides: Strides
  private readonly track: PodTrack
  private readonly s: GaitSettings
  private readonly sink: GaitSink
  private readonly pitch: PitchAxis
  private readonly signals: GaitSignals
  /** The one cycle in use; `shoe` is the same when it is a shoe's. */
  private readonly cycle: Cycle
  private readonly shoe: ShoeCycle | null

  /** Axis in use: follows the estimate once a stride. */
  private readonly axis = new Float64Array(3)
  private readonly up = new Float64Array(3)
  private readonly force = new Float64Array(3)
  /** Pitch of the flat foot and time of mid-stance, of the last stance; NaN when unknown. */
  private flatPitch = Number.NaN
  private midStanceS = Number.NaN
  private readonly flat: Flat = { cell: Number.NaN, from: Number.NaN, to: Number.NaN }
  private readonly landing = new Float64Array(CONTACT_FEATURES.length)
  private readonly push = new Float64Array(PUSH_FEATURES.length)
  private readonly leaving = new Float64Array(LEAVING_FEATURES.length)
  /** A running toe-off that is estimated and will be looked at again when its cell has been seen; NaN when there is none. */
  private leavingCell = Number.NaN
  private footFlatS: number | null = null
  private heelRiseS: number | null = null

  /** @param pitch the estimate of the axis, which somebody else feeds */
  constructor(
    leg: Side,
    track: PodTrack,
    segment: Segment,
    pitch: PitchAxis,
    settings: GaitSettings,
    sink: GaitSink,
  ) {
    this.track = track
    this.s = settings
    this.sink = sink
    this.pitch = pitch
    this.signals = new GaitSignals(settings.stepS, settings.smoothS)
    this.shoe = segment === 'shoe' ? new ShoeCycle(this.signals, settings) : null
    this.cycle = this.shoe ?? new ShinCycle(this.signals, settings)
    this.strides = new Strides(leg, segment === 'shin', settings, sink)
  }

  get axisKnown(): boolean {
    return this.axis[0] !== 0 || this.axis[1] !== 0 || this.axis[2] !== 0
  }

  /** Whether the axis in use points the other way, or there is none. */
  opposes(axis: Float64Array): boolean {
    return !(dot(this.axis, axis) > 0)
  }

  /** Nothing is known across a gap; sample `n` is the first behind it. */
  gap(n: number): void {
    this.strides.lose()
    this.signals.restart()
    this.restart(this.restingAt(n))
    this.flatPitch = Number.NaN
    this.midStanceS = Number.NaN
  }

  /** Starts over with this axis, with the samples `from` to `to`, which the ring still holds. */
  begin(axis: Float64Array, from: number, to: number, pace: Pace): void {
    const { track } = this
    this.axis.set(axis)
    meanUp(track, track.timeS[track.slot(from)]!, track.timeS[track.slot(to)]!, this.up)
    this.signals.restart()
    this.restart(this.restingAt(from))
    this.cycle.pace = pace
    for (let n = from; n <= to; n++) this.take(n)
  }

  /** Forgets the stride in progress. */
  restart(resting: boolean): void {
    this.cycle.restart(resting)
    this.leavingCell = Number.NaN
  }

  /** Sample `n` onto the grid, and whatever that completes. */
  take(n: number): void {
    const track = this.track
    const slot = track.slot(n)
    const i = 3 * slot
    const axis = this.axis
    const rate = track.rate
    const w = axis[0]! * rate[i]! + axis[1]! * rate[i + 1]! + axis[2]! * rate[i + 2]!
    const up = this.up
    const f = this.force
    rotate(f, 0, track.quaternion, 4 * slot, track.accel, i)
    const vertical = f[0]! * up[0]! + f[1]! * up[1]! + f[2]! * up[2]!
    const signals = this.signals
    let k = signals.ready
    signals.push(track.timeS[slot]!, w, vertical)
    for (k = Math.max(1, k); k < signals.ready; k++) {
      const found = this.cycle.step(k)
      if (found === CONTACT) this.contact()
      else if (found === TOE_OFF) this.pushedOff()
      else if (found === STIRS) this.stir(k)
      else if (found !== NOTHING) this.strides.stayed()
      if (k > this.leavingCell - LEAVING_BEFORE_S / signals.stepS) this.left()
    }
  }

  /** Whether a foot in gait that stirs goes, from where it turned least since it landed. Out of rest that small a step is a shuffle. */
  private stir(k: number): void {
    const { signals, flat, s } = this
    if (!(signals.timeS(k) - this.strides.icS < s.mostStrideS)) return
    findFlat(signals, this.cycle.landingCell, k, this.middleCell(k), s.flatRad, flat)
    if (Number.isNaN(flat.cell)) return
    if (!(levelSpeed(this.track, signals.timeS(flat.cell), signals.timeS(k)) >= s.smallSpeedMPerS)) return
    this.shoe!.takeUp()
    this.pushedOff()
  }

  private contact(): void {
    const icS = this.contactS()
    this.strides.contact(icS, this.signals.timeS(this.cycle.swingCell), this.confidence(icS))
    this.setPace()
    // a missed contact doubles one stride, not the expectation
    const strideS = this.strides.strideS
    if (strideS > 0) this.cycle.strideS = Math.min(strideS, 1.3 * this.cycle.strideS)
    if (this.pitch.known) this.axis.set(this.pitch.axis)
  }

  /** A shoe's first stance tells; a shin goes on as it began. */
  private setPace(): void {
    const { activity } = this.strides
    if (activity === 'walking' || activity === 'running') this.cycle.pace = activity
    else if (this.shoe !== null) this.shoe.pace = 'unknown'
  }

  private contactS(): number {
    const signals = this.signals
    const { crossingCell, landingCell } = this.cycle
    const walking = this.cycle.pace === 'walking'
    if (this.shoe === null) return signals.timeS(landingCell) + shinContactLagS
    if (walking && !Number.isNaN(crossingCell)) return signals.timeS(crossingCell) + walkContactLagS
    const anchorS = signals.timeS(landingCell)
    if (walking) return anchorS - CONTACT_LEAD_S
    contactFeatures(signals, this.shoe, this.landing)
    this.sink.landmark?.('landing', anchorS, this.landing)
    return anchorS - contactLeadS(this.landing)
  }

  private pushedOff(): void {
    const signals = this.signals
    const { landingCell, pushCell } = this.cycle
    const pushS = signals.timeS(pushCell)
    if (pushS - this.strides.icS > this.s.mostStanceS) this.strides.lose()
    const flat = this.flat
    flat.cell = Number.NaN
    if (!Number.isNaN(this.strides.icS))
      findFlat(signals, landingCell, pushCell, this.middleCell(pushCell), this.s.flatRad, flat)
    const known = !Number.isNaN(flat.cell)
    if (known) this.midStance(flat.cell)
    const shown = known && this.shoe !== null
    this.footFlatS = shown ? signals.timeS(flat.from) : null
    this.heelRiseS = shown ? signals.timeS(flat.to) : null
    if (this.shoe === null)
      this.toeOff(pushS - (this.cycle.pace === 'walking' ? shinWalkToeOffLeadS : shinToeOffLeadS))
    else if (this.shoe.isPushPast) this.toeOff(pushS - pastPushLeadS)
    else if (!known) this.toeOff(pushS + TOE_OFF_LAG_S)
    else {
      const lagS = this.pushLagS(pushS)
      // the second look measures by the last stride
      if (Number.isNaN(this.strides.strideS)) this.toeOff(pushS + lagS)
      else this.leavingCell = pushCell + lagS / signals.stepS
    }
  }

  /** Mid-stance, from contact to where toe-off usually follows the push-off. */
  private middleCell(pushCell: number): number {
    const { signals, strides, s } = this
    const walks = this.shoe === null || this.shoe.isPushPast
    const toS = signals.timeS(pushCell) + (walks ? -pastPushLeadS : TOE_OFF_LAG_S)
    const middleS = strides.icS + s.midStanceShare * (toS - strides.icS)
    return (middleS - signals.timeS(0)) / signals.stepS
  }

  private pushLagS(pushS: number): number {
    const { signals, push } = this
    const { pushCell } = this.cycle
    const pitch = signals.pitch[signals.slot(Math.round(pushCell))]! - this.flatPitch
    pushFeatures(signals, pushCell, pitch, pushS - this.strides.icS, push)
    this.sink.landmark?.('push', pushS, push)
    return toeOffLagS(push)
  }

  /** The estimated toe-off has been seen: it is put right and told. */
  private left(): void {
    const { signals, leaving } = this
    const estimateS = signals.timeS(this.leavingCell)
    leavingFeatures(signals, this.shoe!, this.leavingCell, this.flatPitch, this.strides.strideS, leaving)
    this.leavingCell = Number.NaN
    this.sink.landmark?.('leaving', estimateS, leaving)
    this.toeOff(estimateS + leavingLagS(leaving))
  }

  private toeOff(toS: number): void {
    this.strides.toeOff(toS, this.footFlatS, this.heelRiseS, this.confidence(toS))
    if (this.cycle.pace === 'unknown') this.setPace()
  }

  /** Takes up anew from the stride that ends in the middle of this stance. */
  private midStance(cell: number): void {
    const midStanceS = this.signals.timeS(cell)
    if (midStanceS - this.midStanceS < this.s.mostStrideS)
      meanUp(this.track, this.midStanceS, midStanceS, this.up)
    this.midStanceS = midStanceS
    this.flatPitch = this.signals.pitch[this.signals.slot(cell)]!
  }

  /** How sure the axis is, how clear the landing was, how well the event keeps the rhythm. */
  private confidence(timeS: number): number {
    const { landingRate, swingPeak } = this.cycle
    const clear = swingPeak > 0 ? Math.min(1, 0.6 - landingRate / swingPeak) : 0.6
    const { icS, strideS } = this.strides
    const late = (timeS - icS - strideS) / strideS
    const axis = this.pitch.known ? this.pitch.qualityPct / 100 : this.s.departureQuality
    const rhythm = Number.isNaN(late) ? 0.8 : 1 / (1 + (Math.max(0, late) / 0.2) ** 2)
    return Math.max(0, Math.min(1, axis * clear * rhythm))
  }

  private restingAt(n: number): boolean {
    const i = 3 * this.track.slot(n)
    const rate = this.track.rate
    return Math.hypot(rate[i]!, rate[i + 1]!, rate[i + 2]!) < this.s.restingRadPerS
  }
}

const dot = (a: Float64Array, b: Float64Array): number => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!
