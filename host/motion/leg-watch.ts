import { type Place, placeOf, type Side } from '../../shared/places.ts'
import type { StrideEvents } from '../gait/events.ts'
import type { Fault } from './fault.ts'
import { type Mix, PairWatch } from './pair-watch.ts'
import type { WornPod } from './worn-pod.ts'

/** Something noticed, in words, with the session time by which it was. */
export interface Notice {
  timeS: number
  text: string
}

const DEGREES = 180 / Math.PI
/** A turn like this is no slip of a strap, deg. */
const PUT_ON_ANEW_DEG = 100

const MIXED: Record<Mix, string> = {
  exchanged: 'look exchanged (the shin lies still where a shoe should): swap the two pods',
  apart: 'move in turns, not together: one of them is on the other leg',
}

/** What is noticed of one leg's pods while they are worn, in words. */
export class LegWatch {
  private readonly leg: Side
  private readonly shoe: WornPod | null
  private readonly shin: WornPod | null
  private readonly pods: readonly WornPod[]
  private readonly pairWatch = new PairWatch()
  /** Pods whose zero is lost. */
  private readonly lost = new Set<WornPod>()
  private setOff: boolean
  private notices: Notice[] = []

  constructor(leg: Side, shoe: WornPod | null, shin: WornPod | null) {
    this.leg = leg
    this.shoe = shoe
    this.shin = shin
    this.pods = [shoe, shin].filter((pod) => pod !== null)
    this.setOff = false
  }

  /** Something that has been noticed since the last call. */
  take(): Notice[] {
    const taken = this.notices
    if (taken.length > 0) this.notices = []
    return taken
  }

  /** A pod is not where it is said to be. */
  get mixed(): boolean {
    return this.pairWatch.mix !== null
  }

  /** What is wrong now. */
  faults(): Fault[] {
    const slipped = [...this.lost].map(
      (pod): Fault => ({
        code: 'slipped',
        place: this.place(pod),
        sinceS: pod.slip!.sinceS,
        turnedDeg: pod.slip!.angle * DEGREES,
      }),
    )
    return this.mixed ? [...slipped, { code: 'swapped', side: this.leg }] : slipped
  }

  /** Contact of the first stride of which nobody knows yet whether a pod had slipped. */
  get doubtedSinceS(): number {
    return Math.min(...this.pods.map((pod) => pod.watch.doubtedSinceS ?? Number.POSITIVE_INFINITY))
  }

  /**
   * @param whole this stride follows on another, and no pod has a hole in either
   * @returns whether a pod has slipped: what is learned of both together must be learned anew
   */
  pose(s: StrideEvents, midS: number, whole: boolean): boolean {
    let slipped = false
    for (const pod of this.pods) {
      if (!whole) {
        pod.watch.unseen(s.icS)
        continue
      }
      const slip = pod.look(s, midS)
      if (slip === null) continue
      slipped = true
      this.lost.add(pod)
      this.notice(s.nextIcS, this.slipWords(pod))
    }
    return slipped
  }

  /** Looks at the pair, and at who has stood. */
  pair(s: StrideEvents): void {
    const zero = this.setOff ? null : this.zeroWords()
    this.setOff = true
    if (zero !== null) this.notice(s.nextIcS, `${this.leg}: ${zero}`)
    for (const pod of this.lost)
      if (pod.standing.result !== null) {
        this.lost.delete(pod)
        this.notice(
          s.nextIcS,
          `${this.place(pod)}: stood still at ${pod.standing.result.fromS.toFixed(1)} s: counts from there`,
        )
      }
    if (
      this.shoe !== null &&
      this.shin !== null &&
      this.pairWatch.observe(this.shoe.track, this.shin.track, s)
    )
      this.sayMix(s.nextIcS)
  }

  /** After every sample. */
  step(): void {
    if (this.shoe === null || this.shin === null) return
    const { track } = this.shoe
    if (this.pairWatch.step(track, this.shin.track)) this.sayMix(track.timeS[track.slot(track.count - 1)]!)
  }

  private sayMix(timeS: number): void {
    this.notice(timeS, this.mixWords() ?? `${this.both()}: are where they should be`)
  }

  /** What a stride must say. */
  reasons(icS: number, reasons: string[]): void {
    const zero = this.zeroWords()
    if (zero !== null) reasons.push(zero)
    for (const pod of this.pods)
      if (pod.slip !== null && icS >= pod.slip.sinceS && (this.lost.has(pod) || icS <= pod.slip.noticedS))
        reasons.push(this.slipWords(pod))
    const mix = this.mixWords()
    if (mix !== null) reasons.push(mix)
  }

  /** Whether angles of this stride mean anything: no pod is misplaced, and none slipped about then. */
  sound(icS: number): boolean {
    return (
      !this.mixed && this.pods.every(({ slip }) => slip === null || icS < slip.sinceS || icS > slip.noticedS)
    )
  }

  /** What angles count from when it is not standing. */
  private zeroWords(): string | null {
    if (this.pods.every((pod) => pod.standing.result !== null)) return null
    if (this.lost.size > 0)
      return 'eversion and dorsiflexion count from their mean over strides until you stand still for 3 s'
    const refused = this.pods.map((pod) => pod.standing.refused).find((words) => words !== null)
    return refused ?? 'no standing period: eversion and dorsiflexion count from their mean over strides'
  }

  private slipWords(pod: WornPod): string {
    const { sinceS, angle } = pod.slip!
    const deg = Math.round(angle * DEGREES)
    const how = deg > PUT_ON_ANEW_DEG ? 'put on the other way round?' : 'strap slipped?'
    return `${this.place(pod)}: turned ${deg}° since ${sinceS.toFixed(1)} s (${how}): angles since then are apart`
  }

  private mixWords(): string | null {
    const { mix } = this.pairWatch
    return mix && `${this.both()}: ${MIXED[mix]}`
  }

  private place(pod: WornPod): Place {
    return placeOf(this.leg, pod.segment)
  }

  private both(): string {
    return `${this.leg}-shoe, ${this.leg}-shin`
  }

  private notice(timeS: number, text: string): void {
    this.notices.push({ timeS, text })
  }
}
