import { placeOf, type Side } from '../../shared/places.ts'
import type { StrideEvents } from '../gait/events.ts'
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
  readonly #leg: Side
  readonly #shoe: WornPod | null
  readonly #shin: WornPod | null
  readonly #pods: readonly WornPod[]
  readonly #pair = new PairWatch()
  /** Pods whose zero is lost. */
  readonly #lost = new Set<WornPod>()
  #notices: Notice[] = []

  constructor(leg: Side, shoe: WornPod | null, shin: WornPod | null) {
    this.#leg = leg
    this.#shoe = shoe
    this.#shin = shin
    this.#pods = [shoe, shin].filter((pod) => pod !== null)
  }

  /** Something that has been noticed since the last call. */
  take(): Notice[] {
    return this.#notices.splice(0)
  }

  /** A pod is not where it is said to be. */
  get mixed(): boolean {
    return this.#pair.mix !== null
  }

  /** Contact of the first stride of which nobody knows yet whether a pod had slipped. */
  get doubtedSinceS(): number {
    return Math.min(...this.#pods.map((pod) => pod.watch.doubtedSinceS ?? Number.POSITIVE_INFINITY))
  }

  /** @returns whether a pod has slipped: what is learned of both together must be learned anew */
  pose(s: StrideEvents, midS: number): boolean {
    let slipped = false
    for (const pod of this.#pods) {
      const slip = pod.look(s, midS)
      if (slip === null) continue
      slipped = true
      this.#lost.add(pod)
      const stand = pod.standing.result === null ? '; stand still for 3 s to count from standing again' : ''
      this.#notice(s.nextIcS, `${this.#slipWords(pod)}${stand}`)
    }
    return slipped
  }

  /** Looks at the pair, and at who has stood again. */
  pair(s: StrideEvents): void {
    for (const pod of this.#lost)
      if (pod.standing.result !== null) {
        this.#lost.delete(pod)
        this.#notice(
          s.nextIcS,
          `${this.#place(pod)}: stood still at ${pod.standing.result.fromS.toFixed(1)} s: counts from there`,
        )
      }
    if (this.#shoe === null || this.#shin === null) return
    if (!this.#pair.observe(this.#shoe.track, this.#shin.track, s)) return
    this.#notice(s.nextIcS, this.#mixWords() ?? `${this.#both()}: are where they should be`)
  }

  /** What a stride must say. */
  reasons(icS: number, reasons: string[]): void {
    for (const pod of this.#lost) if (icS >= pod.slip!.sinceS) reasons.push(this.#slipWords(pod))
    const mix = this.#mixWords()
    if (mix !== null) reasons.push(mix)
  }

  /** Whether angles of this stride mean anything: no pod is misplaced, and none slipped about then. */
  sound(icS: number): boolean {
    return (
      !this.mixed && this.#pods.every(({ slip }) => slip === null || icS < slip.sinceS || icS > slip.noticedS)
    )
  }

  #slipWords(pod: WornPod): string {
    const { sinceS, angle } = pod.slip!
    const deg = Math.round(angle * DEGREES)
    const how = deg > PUT_ON_ANEW_DEG ? 'put on the other way round?' : 'strap slipped?'
    return `${this.#place(pod)}: turned ${deg}° since ${sinceS.toFixed(1)} s (${how}): angles since then are apart`
  }

  #mixWords(): string | null {
    const { mix } = this.#pair
    return mix && `${this.#both()}: ${MIXED[mix]}`
  }

  #place(pod: WornPod): string {
    return placeOf(this.#leg, pod.segment)
  }

  #both(): string {
    return `${this.#leg}-shoe, ${this.#leg}-shin`
  }

  #notice(timeS: number, text: string): void {
    this.#notices.push({ timeS, text })
  }
}
