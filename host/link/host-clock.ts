/**
 * Session time on this host: seconds since the recording began, in whole microseconds, so that a recording can keep it exactly.
 * Steady: setting the machine's clock does not move it.
 */
export class HostClock {
  #zeroMs = performance.now()
  #zeroEpochMs = Date.now()

  nowS(): number {
    return Math.round((performance.now() - this.#zeroMs) * 1e3) / 1e6
  }

  /** Session time 0 is now. */
  restart(): void {
    this.#zeroMs = performance.now()
    this.#zeroEpochMs = Date.now()
  }

  /** Session time 0, ms since 1970. */
  get zeroEpochMs(): number {
    return this.#zeroEpochMs
  }
}

/** Session time as pings carry it. */
export const tokenOf = (timeS: number): number => Math.round(timeS * 1e6) >>> 0
