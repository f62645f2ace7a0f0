import { createHistogram, type Histogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { SessionFeed } from '../session/feed.ts'

/** The event loop is asked this often, ms. */
const EVERY_MS = 10

/** How late this host is: its event loop, and a stance from its last frame's arrival until it is handed to the viewers' sockets. */
export class Latency {
  readonly #loop = monitorEventLoopDelay({ resolution: EVERY_MS })
  /** µs */
  readonly #stances = createHistogram()
  readonly #unsubscribe: () => void

  /** To be made behind the viewers' own subscription, which is then done. */
  constructor(feed: SessionFeed) {
    this.#loop.enable()
    this.#unsubscribe = feed.subscribe((message) => {
      if (message.type !== 'stance' || message.arrivedS === undefined) return
      const [state] = feed.recent()
      if (state?.type !== 'state' || state.source !== 'live') return
      this.#stances.record(Math.max(1, Math.round((state.timeS - message.arrivedS) * 1e6)))
    })
  }

  result() {
    return {
      eventLoop: percentiles(this.#loop, 1e6, EVERY_MS),
      stanceToSend: { n: this.#stances.count, ...percentiles(this.#stances, 1e3, 0) },
    }
  }

  close(): void {
    this.#loop.disable()
    this.#unsubscribe()
  }
}

/** @param perMs of the histogram's unit @param offMs what every value has in it */
function percentiles(histogram: Histogram, perMs: number, offMs: number) {
  const ms = (value: number) => Math.max(0, value / perMs - offMs)
  return {
    p50Ms: ms(histogram.percentile(50)),
    p99Ms: ms(histogram.percentile(99)),
    maxMs: histogram.count === 0 ? 0 : ms(histogram.max),
  }
}
