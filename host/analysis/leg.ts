import { placeOf, type Segment, type Side } from '../../shared/places.ts'
import type { GaitEvent, StrideEvents } from '../gait/events.ts'
import { type FoundStance, type GaitSink, LegGait } from '../gait/leg.ts'
import { landingPeakG } from '../metrics/impact.ts'
import { stanceMetrics, strideMetrics } from '../metrics/stride.ts'
import type { Fault } from '../motion/fault.ts'
import { LegMotion } from '../motion/leg.ts'
import type { LegPose } from '../motion/leg-pose.ts'
import type { PodTrack } from '../motion/track.ts'
import type { BeltCourse } from './belt.ts'
import type { Stride } from './document.ts'
import type { LegOutput } from './leg-output.ts'
import { type Change, LegPods } from './leg-pods.ts'
import type { SampleListener } from './pod-inlet.ts'
import type { SessionInfo } from './session-info.ts'
import type { AnalysisSettings } from './settings.ts'

/** What a leg must know of the other one. */
export interface OtherLeg {
  /** First initial contact after `timeS`; `null` when none is known. */
  contactAfter(timeS: number): number | null
  /** Last initial contact before `timeS`. */
  contactBefore(timeS: number): number | null
  /** Session time up to which this leg's contacts are known. */
  readonly knownUntilS: number
}

/** Contacts kept for the other leg to ask about, and toe-offs for strides that are held back: more than the rings hold. */
const EVENTS_KEPT = 64

/**
 * One leg: gait on its shoe (or shin), motion of both, and the two outputs a stance has (D-007). Everything waits only for
 * samples, never for time, so the same frames give the same results.
 */
export class LegAnalysis implements OtherLeg, SampleListener, GaitSink {
  readonly side: Side
  other: OtherLeg | null = null

  private readonly info: SessionInfo
  private readonly belt: BeltCourse
  private readonly settings: AnalysisSettings
  private readonly sink: LegOutput
  private readonly pods: LegPods
  private gait: LegGait | null = null
  private motion: LegMotion | null = null
  /** Strides counted by earlier pods of this leg. */
  private indexBase = 0
  private nextIndex = 0
  /** What lies before has been told by the pods there were then. */
  private toldUntilS = Number.NEGATIVE_INFINITY
  private readonly contacts: number[] = []
  private readonly toeOffs: number[] = []
  /** Contacts whose impact has not been seen whole. */
  private readonly landings: number[] = []
  /** Stances whose partner pod has not got that far. */
  private readonly stances: FoundStance[] = []
  /** Strides not yet learned from, and strides learned but held back. */
  private readonly toLearn: StrideEvents[] = []
  private readonly held: StrideEvents[] = []

  constructor(side: Side, info: SessionInfo, belt: BeltCourse, settings: AnalysisSettings, sink: LegOutput) {
    this.side = side
    this.info = info
    this.belt = belt
    this.settings = settings
    this.sink = sink
    this.pods = new LegPods(settings.composition.silentS)
  }

  /** A pod was put on, or taken off (`null`). What was learned of this leg is learned anew. */
  wear(segment: Segment, track: PodTrack | null): void {
    this.flush()
    this.pods.wear(segment, track)
    const { shoe, shin } = this.pods
    this.motion =
      shoe || shin ? new LegMotion(this.side, shoe, shin, this.settings.motion, this.info.standing) : null
    this.follow()
  }

  /** Gait of the leading pod from now on. */
  private follow(): void {
    const { shoe, leading } = this.pods
    this.toldUntilS = Math.max(this.toldUntilS, this.contacts.at(-1) ?? Number.NEGATIVE_INFINITY)
    this.indexBase = this.nextIndex
    this.gait = null
    if (leading === null) return
    this.gait = new LegGait(this.side, leading, shoe ? 'shoe' : 'shin', this.settings.gait, this)
  }

  stance(stance: FoundStance): void {
    if (stance.icS > this.toldUntilS) this.stances.push({ ...stance, index: this.indexBase + stance.index })
  }

  stride(stride: StrideEvents): void {
    if (!(stride.icS > this.toldUntilS)) return
    const index = this.indexBase + stride.index
    this.nextIndex = index + 1
    this.toLearn.push({ ...stride, index })
  }

  /** After each sample of one of this leg's pods. */
  step(segment: Segment): void {
    this.motion?.step()
    if (segment === 'shoe' || this.pods.shoe === null) this.gait?.step()
    if (this.landings.length > 0) this.land()
    if (this.stances.length > 0 || this.toLearn.length > 0) this.catchUp()
  }

  /** After each frame of any pod: the other leg may have got far enough. */
  advance(): void {
    const change = this.pods.look()
    if (change !== null) this.changed(change)
    this.tellNotices()
    if (this.held.length > 0) this.release(false)
  }

  private changed({ segment, silent }: Change): void {
    this.flush()
    const place = placeOf(this.side, segment)
    const { silentS } = this.settings.composition
    const words = silent ? `silent for ${silentS} s: left out until it is heard again` : 'heard again'
    this.sink.note(this.knownUntilS, `${place}: ${words}`)
    this.motion?.silence(silent ? segment : null)
    if (segment === 'shoe') this.follow()
  }

  /** Nothing more will come. */
  end(): void {
    this.flush()
  }

  /** Some pod is on this leg. */
  get worn(): boolean {
    return this.pods.worn
  }

  get activity() {
    return this.gait?.activity ?? 'unknown'
  }

  alignment(segment: Segment) {
    return this.motion?.alignment[segment] ?? null
  }

  stillSince(segment: Segment): number | null {
    return this.motion?.stillSince(segment) ?? null
  }

  faults(): Fault[] {
    return this.motion?.faults() ?? []
  }

  get knownUntilS(): number {
    return this.pods.newestS
  }

  contactAfter(timeS: number): number | null {
    return this.contacts.find((icS) => icS > timeS) ?? null
  }

  contactBefore(timeS: number): number | null {
    return this.contacts.findLast((icS) => icS < timeS) ?? null
  }

  event(event: GaitEvent): void {
    if (!(event.timeS > this.toldUntilS)) return
    if (event.kind === 'initial-contact') {
      keep(this.contacts, event.timeS, EVENTS_KEPT)
      if (this.sink.wantsLandings) keep(this.landings, event.timeS, EVENTS_KEPT)
    } else if (event.kind === 'toe-off') keep(this.toeOffs, event.timeS, EVENTS_KEPT)
    this.sink.event(event)
  }

  /** Where the segments point at `timeS`; false when no pod is worn. */
  pose(timeS: number, out: LegPose): boolean {
    this.motion?.pose(timeS, out)
    return this.motion !== null
  }

  /** Since when the foot that stands at `timeS` has stood, as far as events are known by now; `null` in the air. */
  standingSince(timeS: number): number | null {
    const icS = this.contacts.findLast((contactS) => contactS <= timeS) ?? null
    const toS = this.toeOffs.findLast((leftS) => leftS <= timeS)
    return icS !== null && toS !== undefined && toS > icS ? null : icS
  }

  private covered(timeS: number): boolean {
    return this.pods.reach(timeS, this.settings.composition.partnerWaitS)
  }

  private catchUp(): void {
    while (this.stances.length > 0 && this.covered(this.stances[0]!.toS)) this.live(this.stances.shift()!)
    while (this.toLearn.length > 0 && this.covered(this.toLearn[0]!.nextIcS)) {
      const stride = this.toLearn.shift()!
      this.learn(stride)
    }
  }

  private land(): void {
    const { metrics } = this.settings
    while (this.landings.length > 0) {
      const icS = this.landings[0]!
      const untilS = icS + metrics.impactAfterS
      if (this.pods.shin !== null && !this.pods.shinReaches(untilS)) return
      this.landings.shift()
      const smooth = this.motion?.landing(icS, untilS) ?? null
      const peakTibialAxialG = smooth && landingPeakG(smooth, icS, metrics)
      if (peakTibialAxialG !== null) this.sink.landing({ leg: this.side, icS, peakTibialAxialG })
    }
  }

  private learn(stride: StrideEvents): void {
    if (this.motion === null) return
    this.motion.learn(stride)
    this.tellNotices()
    this.held.push(stride)
  }

  private tellNotices(): void {
    for (const { timeS, text } of this.motion?.notices() ?? []) this.sink.note(timeS, text)
  }

  private live(stance: FoundStance): void {
    if (this.motion === null || !this.sink.wantsStances) return
    const motion = this.motion.stance(stance.icS, stance.toS, stance.footFlatS)
    const reasons = [...motion.reasons]
    if (!this.motion.settled) reasons.unshift('settling')
    this.sink.stance({
      leg: this.side,
      index: stance.index,
      icS: stance.icS,
      toS: stance.toS,
      footFlatS: stance.footFlatS,
      heelRiseS: stance.heelRiseS,
      announcedS: Math.max(stance.announcedS, this.pods.reachedS(stance.toS)),
      curves: motion.curves,
      metrics: stanceMetrics(stance, motion, this.settings.metrics),
      quality: { ok: motion.sound && this.motion.settled, reasons },
    })
  }

  /** Gives out held strides that are ready; with `all`, every one of them as good as it can be. */
  private release(all: boolean): void {
    const motion = this.motion
    if (motion === null) return
    const { settleHoldS, otherLegWaitS, backfillHorizonS } = this.settings.composition
    while (this.held.length > 0) {
      const stride = this.held[0]!
      const now = this.knownUntilS
      const certain = motion.settled && stride.icS < motion.doubtedSinceS
      const settled = certain || now > stride.icS + settleHoldS
      const otherKnown =
        this.other === null ||
        this.other.knownUntilS > stride.nextIcS + otherLegWaitS ||
        this.otherContact(stride) !== null ||
        now > stride.nextIcS + otherLegWaitS
      const travelS = motion.travelKnownS(stride)
      const travelled =
        now > travelS || (this.other !== null && this.other.knownUntilS > travelS + backfillHorizonS)
      if (!all && !(settled && otherKnown && travelled)) return
      this.held.shift()
      this.sink.stride(this.record(stride, motion))
    }
  }

  /** The other foot's contact within this stride: without one it is not known, however near the next is. */
  private otherContact(stride: StrideEvents): number | null {
    return within(this.other?.contactAfter(stride.icS) ?? null, stride.icS, stride.nextIcS)
  }

  private record(stride: StrideEvents, motion: LegMotion): Stride {
    const stance = motion.stance(stride.icS, stride.toS, stride.footFlatS)
    const context = {
      otherIcS: this.otherContact(stride),
      previousOtherIcS: within(
        this.other?.contactBefore(stride.icS) ?? null,
        2 * stride.icS - stride.nextIcS,
        stride.icS,
      ),
      travel: motion.travel(stride, this.toeOffs.find((toS) => toS > stride.nextIcS) ?? null),
      beltSpeedMPerS: this.belt.at(stride.icS),
      activity: this.activity,
      axisStrides: motion.axisStrides,
      settleStrides: this.settings.motion.settleStrides,
    }
    return strideMetrics(stride, stance, context, this.settings.metrics)
  }

  private flush(): void {
    this.landings.length = 0
    if (this.motion === null) return
    for (const stance of this.stances.splice(0)) this.live(stance)
    for (const stride of this.toLearn.splice(0)) this.learn(stride)
    this.release(true)
  }
}

function keep(times: number[], timeS: number, most: number): void {
  times.push(timeS)
  if (times.length > most) times.shift()
}

const within = (timeS: number | null, fromS: number, toS: number): number | null =>
  timeS !== null && timeS > fromS && timeS < toS ? timeS : null
