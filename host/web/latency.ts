import { effect, signal } from '@preact/signals'
import { SIDES } from '../../shared/places.ts'
import { connection, session } from './app.ts'
import { PageClock } from './page-clock.ts'
import { quantile } from './statistics.ts'

const KEPT = 100
/** Fewer say nothing about a 95th percentile. */
const ENOUGH = 10

/** 95th percentiles over the last hundred, ms; `null` until there are ten, and in a replay. */
export interface Latency {
  /** From the arrival at the host of the sample that completed a stance to its curve on the screen. */
  curveMs: number | null
  /** Of that the browser's share: from the message to the screen. */
  pageMs: number | null
  /** From toe-off itself to the curve on the screen: what the pods wait for and the radio takes is in it. */
  wholeMs: number | null
  /** From an initial contact itself to the page knowing it. */
  eventMs: number | null
}

const NONE: Latency = { curveMs: null, pageMs: null, wholeMs: null, eventMs: null }
export const latency = signal<Latency>(NONE)

class Delays {
  #last: number[] = []
  add(ms: number): void {
    this.#last = [...this.#last, ms].slice(-KEPT)
  }
  get p95(): number | null {
    return this.#last.length < ENOUGH ? null : quantile(this.#last, 0.95)
  }
}

/** Calls back when what has been drawn in this frame is with the screen: the next task after the frame's rendering. */
function afterPaint(then: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    then()
  }
  port2.postMessage(null)
}

/** Watches what is drawn and what arrives. */
export function measureLatency(): void {
  const clock = new PageClock()
  const newest = { left: -1, right: -1 }
  const [curve, page, whole, event] = [new Delays(), new Delays(), new Delays(), new Delays()]
  const tell = (): void => {
    latency.value = { curveMs: curve.p95, pageMs: page.p95, wholeMs: whole.p95, eventMs: event.p95 }
  }

  effect(() => {
    const state = session.state.value
    if (state?.source === 'live' && state.phase === 'recording')
      clock.see(state.timeS, session.stateAtMs.peek())
    else clock.forget()
  })
  session.onEvent = ({ kind, timeS }, receivedMs) => {
    if (kind !== 'initial-contact') return
    const nowS = clock.sessionS(receivedMs)
    if (nowS === null || connection.link.peek() !== 'open') return
    event.add(1000 * (nowS - timeS))
    tell()
  }
  effect(() => {
    const steps = { left: session.steps.left.value, right: session.steps.right.value }
    for (const side of SIDES) {
      const last = steps[side].at(-1)
      if (!last || last.index === newest[side]) continue
      const first = newest[side] === -1
      newest[side] = last.index
      const { toS, told } = last
      if (first || told === null) continue
      afterPaint(() => {
        const nowMs = performance.now()
        const nowS = clock.sessionS(nowMs)
        if (nowS === null) return
        page.add(nowMs - told.receivedMs)
        whole.add(1000 * (nowS - toS))
        if (told.arrivedS !== undefined) curve.add(1000 * (nowS - told.arrivedS))
        tell()
      })
    }
  })
}
