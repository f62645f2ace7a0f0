import type { HostClock } from './host-clock.ts'

const LOOK_MS = 250
/** A look that comes later than this says that the host was busy, ms. Half a second of one pod fits the smallest receive buffer. */
const LATE_MS = 250

/** Looks at a line a few times a second, whether or not anything comes, and notices when the host could not. */
export class LineWatch {
  /** Session time up to which the host was last held up, s. */
  stalledS = Number.NEGATIVE_INFINITY

  readonly #clock: HostClock
  readonly #look: () => void
  #started: boolean = false
  #callOff: () => void = () => {}

  constructor(clock: HostClock, look: () => void) {
    this.#clock = clock
    this.#look = look
  }

  /** From the first thing that comes: a line that never opened has nothing to be looked at. */
  start(): void {
    if (this.#started) return
    this.#started = true
    this.#wait()
  }

  stop(): void {
    this.#callOff()
  }

  #wait(): void {
    const sinceS = this.#clock.nowS()
    this.#callOff = this.#clock.after(LOOK_MS, () => {
      const nowS = this.#clock.nowS()
      const late = (nowS - sinceS) * 1e3 > LOOK_MS + LATE_MS
      // session time may have begun anew meanwhile
      if (late) this.stalledS = nowS
      else if (nowS < this.stalledS) this.stalledS = Number.NEGATIVE_INFINITY
      this.#look()
      this.#wait()
    })
  }
}
