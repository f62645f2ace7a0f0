/**
 * Session time on this host: seconds since the recording began, in whole microseconds, so that a recording can keep it exactly.
 * Steady: setting the machine's clock does not move it.
 */
export class HostClock {
  readonly #nowMs: () => number
  #zeroMs: number
  #zeroEpochMs = Date.now()

  /** @param nowMs a clock that never goes back, ms */
  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs
    this.#zeroMs = nowMs()
  }

  nowS(): number {
    return Math.round((this.#nowMs() - this.#zeroMs) * 1e3) / 1e6
  }

  /** Session time 0 is now. */
  restart(): void {
    this.#zeroMs = this.#nowMs()
    this.#zeroEpochMs = Date.now()
  }

  /** Session time 0, ms since 1970. */
  get zeroEpochMs(): number {
    return this.#zeroEpochMs
  }
}
