import { HostClock } from '../../host/link/host-clock.ts'

interface Timer {
  dueMs: number
  run: () => void
}

/** A host's clock that somebody moves on, and what waits on it. */
export class VirtualTime {
  nowMs = 0
  readonly clock: HostClock
  readonly #timers = new Set<Timer>()

  constructor() {
    this.clock = new HostClock(
      () => this.nowMs,
      (ms, run) => {
        const timer = { dueMs: this.nowMs + ms, run }
        this.#timers.add(timer)
        return () => this.#timers.delete(timer)
      },
    )
  }

  /** Time passes while the host does nothing: what became due runs when it is next let. */
  pass(timeS: number): void {
    this.nowMs = timeS * 1e3
  }

  /** Time passes and what is due runs, in order. A host that was held up runs it late. */
  advanceTo(timeS: number): void {
    this.pass(timeS)
    for (let next = this.#due(); next; next = this.#due()) {
      this.#timers.delete(next)
      next.run()
    }
  }

  #due(): Timer | null {
    let first: Timer | null = null
    for (const timer of this.#timers)
      if (timer.dueMs <= this.nowMs && (first === null || timer.dueMs < first.dueMs)) first = timer
    return first
  }
}
