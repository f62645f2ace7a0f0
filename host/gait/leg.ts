import type { Segment, Side } from '../../shared/places.ts'
import { PitchAxis } from '../motion/pitch-axis.ts'
import type { PodTrack } from '../motion/track.ts'
import { Departure } from './departure.ts'
import type { Activity } from './events.ts'
import { besideGravity } from './inertial.ts'
import { LegEvents } from './leg-events.ts'
import type { GaitSettings } from './settings.ts'
import type { GaitSink, Strides } from './strides.ts'

export { type GaitSettings, gaitDefaults } from './settings.ts'
export type { FoundStance, GaitSink } from './strides.ts'

/**
 * Events and strides of one leg, from its shoe's track (or its shin's, labelled fallback), sample by sample: whether it rests, goes or has a gap,
 * and about which axis it turns; the rest is {@link LegEvents}'.
 *
 * Until the pitch axis is known nothing can be told; then the track's ring is gone over from where the movement began. So the first strides
 * are there, announced late and saying so.
 */
export class LegGait {
  private readonly track: PodTrack
  private readonly s: GaitSettings
  private readonly isShoe: boolean
  private readonly pitch: PitchAxis
  private readonly departure: Departure
  private readonly events: LegEvents
  private readonly strides: Strides

  private lastS = Number.NaN
  private restedS = 0
  /** When the leg was seen to leave its rest; NaN while it has not, or has shown a stride since. */
  private departedS = Number.NaN
  /** Last sample at rest, and first sample after the last gap. */
  private restedAt = 0
  private wholeFrom = 0

  constructor(leg: Side, track: PodTrack, segment: Segment, settings: GaitSettings, sink: GaitSink) {
    this.track = track
    this.s = settings
    this.isShoe = segment === 'shoe'
    this.pitch = new PitchAxis(segment, settings.pitch)
    this.departure = new Departure(settings.departure)
    this.events = new LegEvents(leg, track, segment, this.pitch, settings, sink)
    this.strides = this.events.strides
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
      this.isShoe && !this.strides.inGait && this.departure.add(track, slot, whole ? dt : 0) && this.agrees()
    if (departs) this.depart(n)
    // the estimate has just become known, or has changed its mind about toe-up
    else if (this.pitch.known && this.events.opposes(this.pitch.axis))
      this.begin(n, this.pitch.axis, this.noticedS - this.s.lookBackS)
    else if (this.events.axisKnown) this.events.take(n)
    const goes = this.pitch.striding || this.departedS > timeS - this.s.strideDueS
    if (goes && this.strides.hasUnsaid) this.strides.say(timeS)
  }

  /** An axis that is known is not given up for that of one step. */
  private agrees(): boolean {
    const [a, b] = [this.departure.axis, this.pitch.axis]
    return !this.pitch.known || a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]! > this.s.departure.along
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

  private gap(n: number): void {
    this.wholeFrom = n
    this.events.gap(n)
  }

  private rest(n: number, dt: number): void {
    const before = this.restedS
    this.restedS += dt
    if (this.restedS < this.s.stillS) return
    this.restedAt = n
    if (before >= this.s.stillS) return
    this.pitch.forget()
    this.strides.begin('still')
    this.events.restart(true)
  }

  /** When the movement began to show. */
  private get noticedS(): number {
    const { track } = this
    return track.timeS[track.slot(Math.max(this.restedAt, track.oldest))]!
  }

  /** Starts over with this axis, from `sinceS` on. */
  private begin(n: number, axis: Float64Array, sinceS: number): void {
    const { track, strides } = this
    strides.begin(this.activity)
    const from = Math.max(track.firstAtOrAfter(Math.max(sinceS, strides.saidS)), this.wholeFrom)
    // a first guess, before a stride has been seen: a walking foot feels little beside gravity
    const walks = this.departedS === this.lastS || besideGravity(track, from, n) < this.s.walkForce
    this.events.begin(axis, from, n, walks ? 'walking' : 'running')
  }
}
