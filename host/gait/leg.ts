import { GRAVITY } from '../../shared/imu.ts'
import type { Segment, Side } from '../../shared/places.ts'
import { PitchAxis } from '../motion/pitch-axis.ts'
import { rotate } from '../motion/quaternion.ts'
import type { PodTrack } from '../motion/track.ts'
import { CONTACT, type Cycle, NOTHING, STIRS, TOE_OFF } from './cycle.ts'
import { Departure } from './departure.ts'
import type { Activity } from './events.ts'
import {
  CONTACT_FEATURES,
  contactFeatures,
  LEAVING_BEFORE_S,
  LEAVING_FEATURES,
  leavingFeatures,
  PUSH_FEATURES,
  pushFeatures,
} from './features.ts'
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

export { type GaitSettings, gaitDefaults } from './settings.ts'
export type { FoundStance, GaitSink } from './strides.ts'

/** Half of the time over which a standing foot's force is averaged, s. */
const STOOD_S = 0.03

/**
 * Events and strides of one leg, from its shoe's track (or its shin's, labelled fallback), sample by sample.
 *
 * Until the pitch axis is known nothing can be told; then the track's ring is gone over from where the movement began. So the first strides
 * are there, announced late and saying so.
 */
export class LegGait {
  private readonly track: PodTrack
  private readonly s: GaitSettings
  private readonly sink: GaitSink
  private readonly pitch: PitchAxis
  private readonly departure: Departure
  private readonly signals: GaitSignals
  /** The one cycle in use; `shoe` is the same when it is a shoe's. */
  private readonly cycle: Cycle
  private readonly shoe: ShoeCycle | null
  private readonly strides: Strides

  /** Axis in use: follows the estimate once a stride. */
  private readonly axis = new Float64Array(3)
  private readonly up = new Float64Array(3)
  private readonly force = new Float64Array(3)
  /** Specific force of a foot that stands, summed, and its velocity since, inertial frame. */
  private readonly still = new Float64Array(3)
  private readonly velocity = new Float64Array(3)
  private lastS = Number.NaN
  private restedS = 0
  /** When the leg was seen to leave its rest; NaN while it has not, or has shown a stride since. */
  private departedS = Number.NaN
  /** Last sample at rest, and first sample after the last gap. */
  private restedAt = 0
  private wholeFrom = 0
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

  constructor(leg: Side, track: PodTrack, segment: Segment, settings: GaitSettings, sink: GaitSink) {
    this.track = track
    this.s = settings
    this.sink = sink
    this.pitch = new PitchAxis(segment, settings.pitch)
    this.departure = new Departure(settings.departure)
    this.signals = new GaitSignals(settings.stepS, settings.smoothS)
    this.shoe = segment === 'shoe' ? new ShoeCycle(this.signals, settings) : null
    this.cycle = this.shoe ?? new ShinCycle(this.signals, settings)
    this.strides = new Strides(leg, segment === 'shin', settings, sink)
  }

  get activity(): Activity {
    return this.strides.activity
  }

  /** Unit, pod axes, toe-up (shin: swinging forward) positive; zero until known. */
  get pitchAxis(): Float64Array {
    return this.pitch.axis
  }

  /** Looks at the track's newest sample. Allocates nothing but what it announces. */
  step(): void {
    const track = this.track
    const n = track.count - 1
    const slot = track.slot(n)
    const timeS = track.timeS[slot]!
    const dt = timeS - this.lastS
    this.lastS = timeS
    const whole = dt <= (this.activity === 'running' ? this.s.gapS : this.s.walkGapS)
    if (!whole) this.gap(n)
    this.pitch.add(track, slot, whole ? dt : 0)
    if (this.pitch.moving) this.restedS = 0
    else this.rest(n, whole ? dt : 0)
    // a shin alone must see a stride: what it takes for a toe-off hangs on walking or running
    const departs =
      this.shoe !== null &&
      !this.strides.inGait &&
      this.departure.add(track, slot, whole ? dt : 0) &&
      this.agrees()
    if (departs) this.depart(n)
    else if (this.pitch.known && this.turnedOver())
      this.begin(n, this.pitch.axis, this.noticedS - this.s.lookBackS)
    else if (this.axisKnown) this.take(n)
    const goes = this.pitch.striding || this.departedS > timeS - this.s.strideDueS
    if (goes && this.strides.hasUnsaid) this.strides.say(timeS)
  }

  private get axisKnown(): boolean {
    return this.axis[0] !== 0 || this.axis[1] !== 0 || this.axis[2] !== 0
  }

  /** An axis that is known is not given up for that of one step. */
  private agrees(): boolean {
    return !this.pitch.known || dot(this.departure.axis, this.pitch.axis) > this.s.departure.along
  }

  private depart(n: number): void {
    this.departedS = this.lastS
    this.begin(
      n,
      this.pitch.known ? this.pitch.axis : this.departure.axis,
      Math.min(this.departure.restedS, this.noticedS - this.s.lookBackS),
    )
    this.strides.depart()
  }

  /** Nothing is known across a gap. */
  private gap(n: number): void {
    this.wholeFrom = n
    this.strides.lose()
    this.signals.restart()
    this.restart(this.restingAt(n))
    this.flatPitch = Number.NaN
    this.midStanceS = Number.NaN
  }

  private rest(n: number, dt: number): void {
    const before = this.restedS
    this.restedS += dt
    if (this.restedS < this.s.stillS) return
    this.restedAt = n
    if (before >= this.s.stillS) return
    this.pitch.forget()
    this.strides.begin('still')
    this.restart(true)
  }

  /** The estimate has just become known, or has changed its mind about toe-up. */
  private turnedOver(): boolean {
    return !(dot(this.axis, this.pitch.axis) > 0)
  }

  /** When the movement began to show. */
  private get noticedS(): number {
    const { track } = this
    return track.timeS[track.slot(Math.max(this.restedAt, track.oldest))]!
  }

  /** Starts over with this axis, from `sinceS` on. */
  private begin(n: number, axis: Float64Array, sinceS: number): void {
    this.axis.set(axis)
    const track = this.track
    this.strides.begin(this.activity)
    const from = Math.max(track.firstAtOrAfter(Math.max(sinceS, this.strides.saidS)), this.wholeFrom)
    this.meanForce(track.timeS[track.slot(from)]!, track.timeS[track.slot(n)]!)
    this.signals.restart()
    this.restart(this.restingAt(from))
    this.cycle.pace = this.departedS === this.lastS || this.walksFrom(from, n) ? 'walking' : 'running'
    for (let i = from; i <= n; i++) this.take(i)
  }

  private restart(resting: boolean): void {
    this.cycle.restart(resting)
    this.leavingCell = Number.NaN
  }

  private restingAt(n: number): boolean {
    const i = 3 * this.track.slot(n)
    const rate = this.track.rate
    return Math.hypot(rate[i]!, rate[i + 1]!, rate[i + 2]!) < this.s.restingRadPerS
  }

  /** First guess, before a stride has been seen: a walking foot feels little beside gravity. */
  private walksFrom(from: number, n: number): boolean {
    const { accel } = this.track
    let sum = 0
    for (let i = from; i <= n; i++) {
      const k = 3 * this.track.slot(i)
      sum += (Math.hypot(accel[k]!, accel[k + 1]!, accel[k + 2]!) - GRAVITY) ** 2
    }
    return Math.sqrt(sum / (n - from + 1)) < this.s.walkForce
  }

  /** Up in the inertial frame: the mean specific force over the interval, which over a whole stride is gravity's alone. */
  private meanForce(fromS: number, toS: number): void {
    const track = this.track
    const up = this.up
    const force = this.force
    up.fill(0)
    for (let i = Math.max(track.firstAtOrAfter(fromS), track.oldest + 1); i < track.count; i++) {
      const slot = track.slot(i)
      if (track.timeS[slot]! > toS) break
      const dt = track.timeS[slot]! - track.timeS[track.slot(i - 1)]!
      rotate(force, 0, track.quaternion, 4 * slot, track.accel, 3 * slot)
      for (let k = 0; k < 3; k++) up[k]! += force[k]! * dt
    }
    const norm = Math.hypot(up[0]!, up[1]!, up[2]!) || 1
    for (let k = 0; k < 3; k++) up[k]! /= norm
  }

  /** Sample `n` onto the grid, and whatever that completes. */
  private take(n: number): void {
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
    if (this.speed(signals.timeS(flat.cell), signals.timeS(k)) < s.smallSpeedMPerS) return
    this.shoe!.takeUp()
    this.pushedOff()
  }

  /** Level speed at `toS` of a foot that stood at `fromS`, m/s. */
  private speed(fromS: number, toS: number): number {
    const { track, force, still, velocity } = this
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
      for (let i = 0; i < 3; i++)
        into[i]! += (into === still ? force[i]! : force[i]! - still[i]! / stoodS) * dt
    }
    const up = dot(velocity, still) / dot(still, still)
    for (let i = 0; i < 3; i++) velocity[i]! -= up * still[i]!
    return Math.hypot(velocity[0]!, velocity[1]!, velocity[2]!)
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
    if (midStanceS - this.midStanceS < this.s.mostStrideS) this.meanForce(this.midStanceS, midStanceS)
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
}

const dot = (a: Float64Array, b: Float64Array): number => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!
