import type { After } from '../../host/link/host-clock.ts'

/** The most that passes at once, ms: a quarter of what a pod may be silent for. */
const LONGEST_STEP_MS = 50
const LOOK_MS = 5

/**
 * Time that pods and their host share: `speed` times real time on a machine that keeps up, and slower on one that does not. What is held up
 * comes later in real time and at its time in this one.
 */
export class PatientTime {
  nowMs = 0
  readonly #speed: number
  #wallMs = performance.now()

  constructor(speed: number) {
    this.#speed = speed
  }

  /** Goes on, by whoever moves the pods; returns what time it is, ms. */
  step(): number {
    const wallMs = performance.now()
    this.nowMs += Math.min(LONGEST_STEP_MS, this.#speed * (wallMs - this.#wallMs))
    this.#wallMs = wallMs
    return this.nowMs
  }

  readonly after: After = (ms, run) => {
    const dueMs = this.nowMs + ms
    const look = setInterval(() => {
      if (this.nowMs < dueMs) return
      clearInterval(look)
      run()
    }, LOOK_MS)
    return () => clearInterval(look)
  }
}
