import type { Segment, Side } from '../../shared/places.ts'
import type { Alignment } from '../analysis/document.ts'
import type { StrideEvents } from '../gait/events.ts'
import type { Acceleration } from './acceleration.ts'
import type { Fault } from './fault.ts'
import { RelativeHeading } from './heading.ts'
import { type LegPose, PoseReader } from './leg-pose.ts'
import { LegWatch, type Notice } from './leg-watch.ts'
import { rotate } from './quaternion.ts'
import { longestStep } from './sampler.ts'
import type { MotionSettings } from './settings.ts'
import type { StanceMotion } from './stance.ts'
import { StanceReader } from './stance-reader.ts'
import type { StrideRecord } from './stride-record.ts'
import { SwingReader } from './swing.ts'
import { levelAt } from './tilt.ts'
import type { PodTrack } from './track.ts'
import { AngleTracker } from './tracker.ts'
import { restKnownS, restOf, type Travel, travelBetween } from './travel.ts'
import { WornPod } from './worn-pod.ts'

/** Strides remembered so that a held-back stance can be read again; more than the rings hold. */
const RECORDS = 64
/** A stance longer than the one before by more than this is a stop, or a step was missed: a search for rest as long would reach into a swing. */
const LENGTHENS = 1.5

/**
 * One leg's motion. It learns only from completed strides, so what it says of a stance depends on the strides before the question
 * and on nobody having asked before.
 */
export class LegMotion {
  private readonly settings: MotionSettings
  private readonly shoe: WornPod | null
  private readonly shin: WornPod | null
  private readonly pods: readonly WornPod[]
  private readonly heading = new RelativeHeading()
  private readonly headingTracker: AngleTracker
  private readonly records: StrideRecord[] = []
  private readonly reader: StanceReader
  private readonly watch: LegWatch
  private readonly poses: PoseReader
  private readonly swings: SwingReader | null
  private readonly levelShoe = new Float64Array(4)
  private readonly levelShin = new Float64Array(4)
  private coherence = 0
  private silent: WornPod | null = null

  constructor(
    leg: Side,
    shoe: PodTrack | null,
    shin: PodTrack | null,
    settings: MotionSettings,
    standingWindow: { fromS: number; toS: number } | null,
  ) {
    this.settings = settings
    this.shoe = shoe && new WornPod(leg, 'shoe', shoe, settings, standingWindow)
    this.shin = shin && new WornPod(leg, 'shin', shin, settings, standingWindow)
    this.pods = [this.shoe, this.shin].filter((pod) => pod !== null)
    this.headingTracker = new AngleTracker(settings.headingGain, settings.headingRateGain)
    this.watch = new LegWatch(leg, this.shoe, this.shin)
    this.swings = this.shoe && new SwingReader(this.shoe)
    this.reader = new StanceReader(leg, this.shoe, this.shin, this.watch, settings)
    this.poses = new PoseReader(leg, this.shoe, this.shin, settings)
  }

  /** After every pushed sample of either pod. */
  step(): void {
    for (const pod of this.pods) pod.step()
    this.watch.step()
  }

  /** Reads the stance with the alignment as it is now. Both pods' samples must reach past `toS`. */
  stance(icS: number, toS: number, footFlatS: number | null): StanceMotion {
    return this.reader.read(
      icS,
      toS,
      footFlatS,
      this.recordNear(icS + this.settings.midStanceShare * (toS - icS)),
    )
  }

  /** The shin about a contact whose stance still goes on, up to `untilS`; `null` when it cannot be told. */
  landing(icS: number, untilS: number): Acceleration | null {
    const record = this.recordNear(icS)
    return record && this.reader.landing(icS, untilS, record)
  }

  /** Where shin and shoe point at a time the rings still hold, by the strides so far. Learns nothing. */
  pose(timeS: number, out: LegPose): void {
    this.poses.read(this.records, timeS, this.reader.eversionZero, out)
    out.settled = this.settled && this.watch.sound(timeS)
  }

  /**
   * How the foot went on from this stride's stance to the next; `null` where it was not seen to rest in both. Learns nothing.
   * @param nextToS end of the next stance where it is known already
   */
  travel(s: StrideEvents, nextToS: number | null): Travel | null {
    if (this.shoe === null) return null
    const { track } = this.shoe
    const contactS = this.restingS(s)
    const nextContactS = Math.min(contactS, (nextToS ?? Number.POSITIVE_INFINITY) - s.nextIcS)
    const restS = restOf(track, s.icS, contactS)
    if (longestStep(track, restS, restKnownS(s.nextIcS, nextContactS)) > this.settings.longestBridgeS)
      return null
    return travelBetween(track, restS, restOf(track, s.nextIcS, nextContactS))
  }

  /** Session time up to which samples tell {@link travel}. */
  travelKnownS(s: StrideEvents): number {
    return this.shoe === null ? Number.NEGATIVE_INFINITY : restKnownS(s.nextIcS, this.restingS(s))
  }

  /** How long this stance, and the next like it, is searched for a rest: all of it, unless somebody stopped in it or a step in it was missed. */
  private restingS(s: StrideEvents): number {
    const before = this.records.findLast(({ icS }) => icS < s.icS)
    const mostS = before ? LENGTHENS * (before.toS - before.icS) : Number.POSITIVE_INFINITY
    return Math.min(s.toS - s.icS, mostS)
  }

  /** A completed stride: up, heading, axes and travel are learned from it, in this order. */
  learn(s: StrideEvents): void {
    const midS = s.icS + this.settings.midStanceShare * (s.toS - s.icS)
    const previous = this.records.at(-1)
    const follows = previous !== undefined && midS - previous.midS < this.settings.longestStrideS
    const fromS = follows ? previous.midS : s.icS
    const seen = this.pods.map(
      (pod) => longestStep(pod.track, fromS, s.nextIcS) <= this.settings.longestBridgeS,
    )
    const whole = seen.every(Boolean)
    if (!whole || !follows) this.headingTracker.restart()
    // each pod's own hole is its own affair: only heading needs both
    this.pods.forEach((pod, i) => {
      if (seen[i] && follows) pod.observeUp(previous.midS, midS)
      else pod.up.restart()
    })
    if (this.watch.pose(s, midS, whole && follows)) {
      this.restart()
      this.heading.restart()
      this.reader.restart()
    }
    if (whole) this.watch.pair(s)
    this.pods.forEach((pod, i) => {
      pod.standing.freeze()
      if (seen[i]) pod.learn(midS, s.toS, s.nextIcS)
    })
    if (whole) this.sightHeading(s)
    const record = this.record(s, midS)
    if (whole && follows) this.readWay(previous, record)
    record.swing = this.swings?.read(s, record, this.settings.longestBridgeS) ?? null
    this.records.push(record)
    if (this.records.length > RECORDS) this.records.shift()
    this.reader.learn(s, record)
  }

  /** A pod that has fallen silent is not waited for; what was learned of it stays for when it is heard again. */
  silence(segment: Segment | null): void {
    this.silent = segment === null ? null : segment === 'shoe' ? this.shoe : this.shin
  }

  /** The axes are believed. What a hole does to up and heading is each stride's own affair. */
  get settled(): boolean {
    return this.axisStrides >= this.settings.settleStrides
  }

  /** Strides the axes have been learned from. */
  get axisStrides(): number {
    return Math.min(...this.heard.map((pod) => pod.turning.strides))
  }

  private get heard(): WornPod[] {
    return this.pods.filter((pod) => pod !== this.silent)
  }

  /** What has been noticed of the pods since the last call. */
  notices(): Notice[] {
    return this.watch.take()
  }

  /** Since when a pod has been still, by the samples so far; `null` while it moves. */
  stillSince(segment: Segment): number | null {
    return this[segment]?.standing.stillSinceS ?? null
  }

  /** What is wrong with how the pods are worn. */
  faults(): Fault[] {
    return this.watch.faults()
  }

  /** Strides from this contact on wait: a pod may have slipped. */
  get doubtedSinceS(): number {
    return this.watch.doubtedSinceS
  }

  get alignment(): Record<'shoe' | 'shin', Alignment | null> {
    return { shoe: this.alignmentOf(this.shoe), shin: this.alignmentOf(this.shin) }
  }

  /** Up and heading start anew: over a hole or a long pause nobody knows how far the inertial frames have turned. */
  private restart(): void {
    for (const pod of this.pods) pod.up.restart()
    this.headingTracker.restart()
  }

  private sightHeading(s: StrideEvents): void {
    const shoe = this.shoe
    const shin = this.shin
    const shoeUp = shoe?.up.state ?? null
    const shinUp = shin?.up.state ?? null
    if (shoe === null || shin === null || shoeUp === null || shinUp === null) return
    const { swingAfterToeOffS, swingBeforeContactS, headingCoherence } = this.settings
    const fromS = s.toS + swingAfterToeOffS
    const toS = s.nextIcS - swingBeforeContactS
    const middleS = 0.5 * (fromS + toS)
    levelAt(shoeUp, middleS, this.levelShoe)
    levelAt(shinUp, middleS, this.levelShin)
    const seen = this.heading.sight(shoe.sampler, shin.sampler, this.levelShoe, this.levelShin, fromS, toS)
    if (seen === null || !(seen.coherence > headingCoherence)) return
    this.coherence = seen.coherence
    this.headingTracker.observe(middleS, seen.angle)
  }

  private record(s: StrideEvents, midS: number): StrideRecord {
    const heading = this.headingTracker
    return {
      midS,
      icS: s.icS,
      toS: s.toS,
      stillS: this.shoe === null ? midS : restOf(this.shoe.track, s.icS, s.toS - s.icS),
      nextIcS: s.nextIcS,
      shoeUp: this.shoe?.up.state ?? null,
      shinUp: this.shin?.up.state ?? null,
      heading: heading.state,
      tiltVariance: Math.max(0, ...this.pods.map((pod) => pod.up.variance)),
      travel: null,
      swing: null,
    }
  }

  private readWay(previous: StrideRecord, record: StrideRecord): void {
    const shoe = this.shoe
    if (shoe === null || record.shoeUp === null) return
    const travel = travelBetween(shoe.track, previous.stillS, record.stillS)
    if (travel === null) return
    levelAt(record.shoeUp, 0.5 * (previous.stillS + record.stillS), this.levelShoe)
    rotate(travel.way, 0, this.levelShoe, 0, travel.way, 0)
    record.travel = { x: travel.way[0]!, y: travel.way[1]! }
  }

  /** The stride this mid-stance belongs to, or the nearest that knows up. */
  private recordNear(midS: number): StrideRecord | null {
    let best: StrideRecord | null = null
    let least = Number.POSITIVE_INFINITY
    for (const record of this.records) {
      if (record.shoeUp === null && record.shinUp === null) continue
      const distance = Math.abs(record.midS - midS)
      if (distance < least) {
        least = distance
        best = record
      }
    }
    if (best === null || least >= 2 * this.settings.longestStrideS) return null
    return this.unbroken(Math.min(midS, best.midS), Math.max(midS, best.midS)) ? best : null
  }

  /** Over a hole nobody knows how far the inertial frames have turned: what was up before it says nothing after it. */
  private unbroken(fromS: number, toS: number): boolean {
    const { longestBridgeS } = this.settings
    return this.heard.every((pod) => longestStep(pod.track, fromS, toS) <= longestBridgeS)
  }

  private alignmentOf(pod: WornPod | null): Alignment | null {
    if (pod === null || pod.turning.axis === null) return null
    const both = this.shoe !== null && this.shin !== null
    const stood = pod.standing.result !== null
    const parts = [
      stood ? 'standing gravity' : 'mid-stance gravity',
      'swing axis',
      ...(both ? ['shared ankle heading'] : []),
    ]
    const settled = Math.min(1, pod.turning.strides / this.settings.settleStrides)
    const quality = pod.turning.share * settled * (both ? this.coherence : 1) * (stood ? 1 : 0.7)
    return { method: parts.join(' + '), qualityPct: this.watch.mixed ? 0 : Math.round(100 * quality) }
  }
}
