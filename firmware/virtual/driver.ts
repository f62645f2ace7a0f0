import type { VirtualPod } from './pod.ts'

const TICK_MS = 5
/** A driver that was held up takes the missed time in such steps, so that all pods move on together. */
const LONGEST_STEP_S = 0.05

/** Runs pods in real time: true time 0 is when it starts. */
export class RealTimeDriver {
  readonly #pods: readonly VirtualPod[]
  readonly #now: () => number
  #startedS = 0
  #reachedS = 0
  #timer: NodeJS.Timeout | null = null

  /** @param now seconds of a clock that never goes back */
  constructor(pods: readonly VirtualPod[], now: () => number = () => performance.now() / 1000) {
    this.#pods = pods
    this.#now = now
  }

  /** True time, s, that the pods have reached. */
  get timeS(): number {
    return this.#reachedS
  }

  start(): void {
    if (this.#timer) return
    this.#startedS = this.#now() - this.#reachedS
    this.#timer = setInterval(() => this.catchUp(), TICK_MS)
    for (const pod of this.#pods) pod.beforeReceiving = () => this.catchUp()
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    for (const pod of this.#pods) pod.beforeReceiving = null
  }

  /** Brings every pod to now, however long ago the last time was. */
  catchUp(): void {
    const nowS = this.#now() - this.#startedS
    while (this.#reachedS < nowS) {
      this.#reachedS = Math.min(nowS, this.#reachedS + LONGEST_STEP_S)
      for (const pod of this.#pods) pod.advanceTo(this.#reachedS)
    }
  }
}
