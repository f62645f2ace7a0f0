/** Runs something once, so many ms from now; returns how to call it off. */
export type After = (ms: number, run: () => void) => () => void

const afterWall: After = (ms, run) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

/**
 * Session time on this host: seconds since the recording began, in whole microseconds, so that a recording can keep it exactly.
 * Steady: setting the machine's clock does not move it. All that the link waits for, it waits for on this clock.
 */
export class HostClock {
  /** Timers run on even when session time begins anew. */
  readonly after: After
  readonly #nowMs: () => number
  #zeroMs: number
  #zeroEpochMs = Date.now()

  /** @param nowMs a clock that never goes back, ms; @param after what waits on it */
  constructor(nowMs: () => number = () => performance.now(), after: After = afterWall) {
    this.#nowMs = nowMs
    this.after = after
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
