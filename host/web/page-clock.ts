/** How many of the host's times are kept: half a minute's. */
const KEPT = 60

/**
 * Session time by the page's own clock. The host says its time twice a second; each saying is late by its way here, so the least late
 * of the last ones holds.
 */
export class PageClock {
  /** Session time less page time, s, of each saying. */
  #offsets: number[] = []
  #lastS = Number.NEGATIVE_INFINITY

  see(timeS: number, receivedMs: number): void {
    // another recording: its time begins anew
    if (timeS < this.#lastS) this.forget()
    this.#lastS = timeS
    this.#offsets = [...this.#offsets, timeS - receivedMs / 1000].slice(-KEPT)
  }

  forget(): void {
    this.#offsets = []
    this.#lastS = Number.NEGATIVE_INFINITY
  }

  /** `null` before the host has said its time. */
  sessionS(pageMs: number): number | null {
    return this.#offsets.length === 0 ? null : Math.max(...this.#offsets) + pageMs / 1000
  }
}
