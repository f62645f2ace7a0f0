import type { Side } from '../../shared/places.ts'
import { PitchAxis } from '../motion/pitch-axis.ts'
import { rotate } from '../motion/quaternion.ts'
import type { PodTrack } from '../motion/track.ts'
import type { Activity, EventKind, GaitEvent, StrideEvents } from './events.ts'
import { contactLeadS, toeOffLagS, walkContactLagS, walkToeOffLagS } from './offsets.ts'
import { CONTACT_FEATURES, contactFeatures, PUSH_FEATURES, pushFeatures } from './features.ts'
import type { GaitSettings } from './settings.ts'
import { CONTACT, NOTHING, ShoeCycle } from './shoe-cycle.ts'
import { GaitSignals } from './signals.ts'
import { type Flat, findFlat } from './stance.ts'

export { type GaitSettings, gaitDefaults } from './settings.ts'

/** A stance as its toe-off is announced. */
export interface FoundStance {
  icS: number
  footFlatS: number | null
  heelRiseS: number | null
  toS: number
  /** The stride this stance begins. */
  index: number
  confidence: number
  announcedS: number
}

export interface GaitSink {
  event(event: GaitEvent): void
  /** When the stride's next contact is announced. */
  stride(stride: StrideEvents): void
  /** When the toe-off is announced. */
  stance(stance: FoundStance): void
  /** For fitting: a running landmark (session time, what was seen there) before it becomes an event. The array is reused. */
  landmark?(kind: 'landing' | 'push', anchorS: number, features: Float64Array): void
}

/** Something that will be said once its time has come and the leg is known to be in gait. */
interface Pending {
  dueS: number
  event: GaitEvent | null
  stance: FoundStance | null
  stride: StrideEvents | null
}

/**
 * Events and strides of one leg, from its shoe's track, sample by sample.
 *
 * Until the pitch axis is known nothing can be told; then the track's ring is gone over from where the movement began. Until the leg has
 * shown one whole plausible stride nothing is said; then what was found is said at once. So the first strides are there, announced late
 * and saying so, and a pod being carried or strapped on says nothing.
 */
export class LegGait {
  activity: Activity = 'unknown'

  readonly #leg: Side
  readonly #track: PodTrack
  readonly #s: GaitSettings
  readonly #sink: GaitSink
  readonly #pitch: PitchAxis
  readonly #signals: GaitSignals
  readonly #cycle: ShoeCycle

  /** Axis in use: follows the estimate once a stride. */
  readonly #axis = new Float64Array(3)
  readonly #up = new Float64Array(3)
  readonly #force = new Float64Array(3)
  readonly #lateral = new Float64Array(3)
  #movedFrom = 0
  /** First sample after the last gap. */
  #wholeFrom = 0
  #restedS = 0
  #lastS = Number.NaN

  readonly #queue: Pending[] = []
  #inGait = false
  #index = 0
  // the stride in progress, session times
  #icS = Number.NaN
  #icConfidence = 0
  #toS = Number.NaN
  #toConfidence = 0
  #midSwingS = Number.NaN
  #footFlatS: number | null = null
  #heelRiseS: number | null = null
  #strideS = Number.NaN
  #flatPitch = Number.NaN
  #midStanceS = Number.NaN
  readonly #contactSeen = new Float64Array(CONTACT_FEATURES.length)
  readonly #pushSeen = new Float64Array(PUSH_FEATURES.length)
  readonly #flat: Flat = { cell: 0, from: 0, to: 0 }

  constructor(leg: Side, track: PodTrack, segment: 'shoe' | 'shin', settings: GaitSettings, sink: GaitSink) {
    this.#leg = leg
    this.#track = track
    this.#s = settings
    this.#sink = sink
    this.#pitch = new PitchAxis(segment, settings.pitch)
    this.#signals = new GaitSignals(settings.stepS, settings.smoothS)
    this.#cycle = new ShoeCycle(this.#signals, settings)
  }

  /** Unit, pod axes, toe-up positive; zero until known. */
  get pitchAxis(): Float64Array {
    return this.#pitch.axis
  }

  get pitchQualityPct(): number {
    return this.#pitch.qualityPct
  }

  /** Looks at the track's newest sample. Allocates nothing but what it announces. */
  step(): void {
    const track = this.#track
    const n = track.count - 1
    const slot = track.slot(n)
    const timeS = track.timeS[slot]!
    const dt = timeS - this.#lastS
    this.#lastS = timeS
    const whole = dt <= this.#s.gapS
    if (!whole) this.#gap(n)
    this.#pitch.add(track, slot, whole ? dt : 0)
    this.#rest(n, whole ? dt : 0)
    if (!this.#pitch.known) return
    if (this.#turnedOver()) this.#begin(n)
    else this.#take(n)
    this.#say(timeS)
  }

  /** Movement begins, or ends, and with it what can be a stride. */
  #rest(n: number, dt: number): void {
    if (this.#pitch.moving) {
      this.#restedS = 0
      return
    }
    const before = this.#restedS
    this.#restedS += dt
    if (this.#restedS < this.#s.stillS) return
    this.#movedFrom = n
    if (before >= this.#s.stillS) return
    this.activity = 'still'
    this.#pitch.forget()
    this.#drop()
    this.#inGait = false
    this.#cycle.restart(true)
  }

  #gap(n: number): void {
    this.#movedFrom = n
    this.#wholeFrom = n
    this.#drop()
    this.#signals.restart()
    this.#cycle.restart(this.#restingAt(n))
    this.#flatPitch = Number.NaN
    this.#midStanceS = Number.NaN
  }

  /** The stride in progress is lost, and whatever waits for a stride to vouch for it. */
  #drop(): void {
    this.#icS = Number.NaN
    this.#toS = Number.NaN
    if (this.#inGait) return
    for (const pending of this.#queue) if (pending.event?.kind === 'initial-contact') this.#index--
    this.#queue.length = 0
  }

  /** The estimate has just become known, or has changed its mind about toe-up. */
  #turnedOver(): boolean {
    const a = this.#axis
    const b = this.#pitch.axis
    return !(a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]! > 0)
  }

  /** Starts over with the axis as it is now known, from where the movement began. */
  #begin(n: number): void {
    this.#axis.set(this.#pitch.axis)
    const track = this.#track
    this.#inGait = false
    this.#drop()
    const noticedS = track.timeS[track.slot(Math.max(this.#movedFrom, track.oldest))]!
    const from = Math.max(track.firstAtOrAfter(noticedS - this.#s.lookBackS), this.#wholeFrom)
    this.#meanForce(track.timeS[track.slot(from)]!, track.timeS[track.slot(n)]!)
    this.#signals.restart()
    this.#cycle.restart(this.#restingAt(from))
    this.#cycle.walking = this.#walksFrom(from, n)
    for (let i = from; i <= n; i++) this.#take(i)
  }

  #restingAt(n: number): boolean {
    const i = 3 * this.#track.slot(n)
    const rate = this.#track.rate
    return Math.hypot(rate[i]!, rate[i + 1]!, rate[i + 2]!) < 1
  }

  /** First guess, before a stride has been seen: a walking foot feels little beside gravity. */
  #walksFrom(from: number, n: number): boolean {
    const track = this.#track
    let sum = 0
    for (let i = from; i <= n; i++) {
      const k = 3 * track.slot(i)
      const size = Math.hypot(track.accel[k]!, track.accel[k + 1]!, track.accel[k + 2]!)
      sum += (size - 9.81) ** 2
    }
    return Math.sqrt(sum / (n - from + 1)) < this.#s.walkForce
  }

  /** Up in the inertial frame: the mean specific force over the interval (a whole stride has no other mean). */
  #meanForce(fromS: number, toS: number): void {
    const track = this.#track
    const up = this.#up
    const force = this.#force
    const from = Math.max(track.firstAtOrAfter(fromS), track.oldest + 1)
    up.fill(0)
    for (let i = from; i < track.count; i++) {
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
  #take(n: number): void {
    const track = this.#track
    const slot = track.slot(n)
    const i = 3 * slot
    const axis = this.#axis
    const rate = track.rate
    const w = axis[0]! * rate[i]! + axis[1]! * rate[i + 1]! + axis[2]! * rate[i + 2]!
    rotate(this.#force, 0, track.quaternion, 4 * slot, track.accel, i)
    rotate(this.#lateral, 0, track.quaternion, 4 * slot, axis, 0)
    const up = this.#up
    const [fx, fy, fz] = [this.#force[0]!, this.#force[1]!, this.#force[2]!]
    const [zx, zy, zz] = [this.#lateral[0]!, this.#lateral[1]!, this.#lateral[2]!]
    const vertical = fx * up[0]! + fy * up[1]! + fz * up[2]!
    // forward = up x lateral (x = y x z)
    const forward =
      fx * (up[1]! * zz - up[2]! * zy) + fy * (up[2]! * zx - up[0]! * zz) + fz * (up[0]! * zy - up[1]! * zx)
    const signals = this.#signals
    let k = signals.ready
    signals.push(track.timeS[slot]!, w, vertical, forward)
    for (; k < signals.ready; k++) {
      if (k === 0) continue
      const found = this.#cycle.step(k)
      if (found === NOTHING) continue
      if (found === CONTACT) this.#contact()
      else this.#toeOff()
    }
  }

  #contact(): void {
    const { walking, crossingCell, landingCell, swingCell } = this.#cycle
    const signals = this.#signals
    const anchorS = signals.timeS(landingCell)
    const pitch = signals.pitch[signals.slot(Math.round(landingCell))]! - this.#flatPitch
    const seen = !Number.isNaN(pitch)
    if (!walking && seen) {
      contactFeatures(signals, this.#cycle, pitch, this.#contactSeen)
      this.#sink.landmark?.('landing', anchorS, this.#contactSeen)
    }
    const icS =
      walking && !Number.isNaN(crossingCell)
        ? signals.timeS(crossingCell) + walkContactLagS
        : anchorS - contactLeadS(this.#contactSeen, seen)
    const midSwingS = signals.timeS(swingCell)
    const confidence = this.#confidence(icS)
    const stride = this.#stride(icS, midSwingS, confidence)
    if (!this.#inGait && !stride && !Number.isNaN(this.#icS)) this.#drop()
    this.#queueEvent('mid-swing', midSwingS, confidence)
    this.#queueEvent('initial-contact', icS, confidence)
    if (stride) {
      this.#queue.push({ dueS: icS, event: null, stance: null, stride })
      this.#inGait = true
      this.#judge(stride)
    }
    this.#icS = icS
    this.#icConfidence = confidence
    this.#toS = Number.NaN
    this.#index++
    this.#axis.set(this.#pitch.axis)
  }

  #stride(nextIcS: number, midSwingS: number, confidence: number): StrideEvents | null {
    const s = this.#s
    const strideS = nextIcS - this.#icS
    const duty = (this.#toS - this.#icS) / strideS
    if (!(strideS >= s.leastStrideS && strideS <= s.mostStrideS)) return null
    if (!(duty >= s.leastDuty && duty <= s.mostDuty)) return null
    this.#strideS = strideS
    this.#cycle.strideS = Math.min(strideS, 1.3 * this.#cycle.strideS)
    return {
      leg: this.#leg,
      index: this.#index - 1,
      icS: this.#icS,
      footFlatS: this.#footFlatS,
      heelRiseS: this.#heelRiseS,
      toS: this.#toS,
      midSwingS: midSwingS > this.#toS ? midSwingS : null,
      nextIcS,
      confidence: Math.min(this.#icConfidence, this.#toConfidence, confidence),
    }
  }

  /** Walking or running, from the stride's stance share, with a band in which the leg keeps what it did. */
  #judge(stride: StrideEvents): void {
    const { walkDuty, walkDutyBand } = this.#s
    const duty = (stride.toS - stride.icS) / (stride.nextIcS - stride.icS)
    if (duty > walkDuty + walkDutyBand) this.activity = 'walking'
    else if (duty < walkDuty - walkDutyBand || this.activity === 'unknown' || this.activity === 'still')
      this.activity = duty > walkDuty ? 'walking' : 'running'
    this.#cycle.walking = this.activity === 'walking'
  }

  #toeOff(): void {
    const signals = this.#signals
    const { walking, landingCell, pushCell } = this.#cycle
    const pushS = signals.timeS(pushCell)
    if (pushS - this.#icS > this.#s.mostStanceS) this.#icS = Number.NaN
    const stood = !Number.isNaN(this.#icS)
    if (!stood && !this.#inGait) this.#drop()
    if (stood) findFlat(signals, landingCell, pushCell, this.#s.flatRad, this.#flat)
    else this.#flat.cell = Number.NaN
    this.#midStance()
    const toS = pushS + (walking ? walkToeOffLagS : toeOffLagS(this.#pushSeen, stood && this.#seePush(pushS)))
    const confidence = this.#confidence(toS)
    this.#toS = toS
    this.#toConfidence = confidence
    if (this.#footFlatS !== null) this.#queueEvent('foot-flat', this.#footFlatS, confidence, toS)
    if (this.#heelRiseS !== null) this.#queueEvent('heel-rise', this.#heelRiseS, confidence, toS)
    this.#queueEvent('toe-off', toS, confidence)
    if (stood) this.#queueStance(toS, confidence)
  }

  /** Keeps the flat part of the stance, and takes up anew from the stride that ends in its middle. */
  #midStance(): void {
    const signals = this.#signals
    const flat = this.#flat
    const known = !Number.isNaN(flat.cell)
    this.#footFlatS = known ? signals.timeS(flat.from) : null
    this.#heelRiseS = known ? signals.timeS(flat.to) : null
    if (!known) return
    this.#flatPitch = signals.pitch[signals.slot(flat.cell)]!
    const midStanceS = signals.timeS(flat.cell)
    if (midStanceS - this.#midStanceS < this.#s.mostStrideS) this.#meanForce(this.#midStanceS, midStanceS)
    this.#midStanceS = midStanceS
  }

  /** Reads the push-off's features; false when the flat foot is not known. */
  #seePush(pushS: number): boolean {
    if (Number.isNaN(this.#flat.cell)) return false
    const signals = this.#signals
    const pitch = signals.pitch[signals.slot(Math.round(this.#cycle.pushCell))]! - this.#flatPitch
    pushFeatures(signals, this.#cycle, pitch, pushS - this.#icS, this.#pushSeen)
    this.#sink.landmark?.('push', pushS, this.#pushSeen)
    return true
  }

  #queueStance(toS: number, confidence: number): void {
    const stance: FoundStance = {
      icS: this.#icS,
      footFlatS: this.#footFlatS,
      heelRiseS: this.#heelRiseS,
      toS,
      index: this.#index - 1,
      confidence: Math.min(this.#icConfidence, confidence),
      announcedS: 0,
    }
    this.#queue.push({ dueS: toS, event: null, stance, stride: null })
  }

  #confidence(timeS: number): number {
    const axis = this.#pitch.qualityPct / 100
    const { landingRate, swingPeak } = this.#cycle
    const depth = swingPeak > 0 ? Math.min(1, 0.6 - landingRate / swingPeak) : 0.6
    const late = (timeS - this.#icS - this.#strideS) / this.#strideS
    const rhythm = Number.isNaN(late) ? 0.8 : 1 / (1 + (Math.max(0, late) / 0.2) ** 2)
    return Math.max(0, Math.min(1, axis * depth * rhythm))
  }

  #queueEvent(kind: EventKind, timeS: number, confidence: number, dueS = timeS): void {
    const event: GaitEvent = { leg: this.#leg, kind, timeS, announcedS: 0, confidence }
    this.#queue.push({ dueS, event, stance: null, stride: null })
  }

  /** Says what is due: never before it happened, never before the leg is in gait. */
  #say(nowS: number): void {
    const queue = this.#queue
    if (queue.length === 0 || !this.#inGait) return
    let said = 0
    for (const { dueS, event, stance, stride } of queue) {
      if (dueS > nowS) break
      said++
      if (event) {
        event.announcedS = nowS
        this.#sink.event(event)
      } else if (stance) {
        stance.announcedS = nowS
        this.#sink.stance(stance)
      } else if (stride) this.#sink.stride(stride)
    }
    queue.splice(0, said)
  }
}
