/**
 * Beats of a metronome that are due, each once, however the rate changes: the next beat is always one period after the last.
 * Asked more often than beats come, it is exact; asked too late, it skips what is over instead of catching up.
 */
export class Metronome {
  #lastS: number | null = null

  /** @returns times in (−∞, untilS] that were not given before, none before nowS */
  due(beatsPerMinute: number, nowS: number, untilS: number): number[] {
    const period = 60 / beatsPerMinute
    const beats: number[] = []
    let next = this.#lastS === null ? nowS : this.#lastS + period
    if (next < nowS) next += Math.ceil((nowS - next) / period) * period
    for (; next <= untilS; next += period) {
      beats.push(next)
      this.#lastS = next
    }
    return beats
  }

  /** Begins anew with the next beat asked for. */
  stop(): void {
    this.#lastS = null
  }
}
