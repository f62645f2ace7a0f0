import type { Gap, Place, PodLive } from '../server/messages.ts'

const KEPT = 100

/** Finds when samples were missing, from what the pods panel says every half second: silence, and losses that were added since. */
export class GapWatch {
  #gaps: Gap[] = []
  #before = new Map<Place, { timeS: number; lost: number; streamed: boolean }>()

  /** @returns the same list when nothing is new */
  see(timeS: number, pods: readonly PodLive[]): Gap[] {
    for (const { place, streaming, lostSamples } of pods) {
      const before = this.#before.get(place)
      this.#before.set(place, { timeS, lost: lostSamples, streamed: streaming || before?.streamed === true })
      if (before === undefined || timeS <= before.timeS) continue
      if (!streaming && before.streamed)
        this.#add({ place, fromS: before.timeS, toS: timeS, cause: 'silent' })
      else if (streaming && lostSamples > before.lost)
        this.#add({ place, fromS: before.timeS, toS: timeS, cause: 'wire' })
    }
    return this.#gaps
  }

  /** Joins it to the one before when they touch. */
  #add(gap: Gap): void {
    const last = this.#gaps.findLast(({ place }) => place === gap.place)
    this.#gaps =
      last && last.toS >= gap.fromS
        ? this.#gaps.with(this.#gaps.indexOf(last), { ...last, toS: gap.toS })
        : [...this.#gaps, gap].slice(-KEPT)
  }
}
