import { effect, signal } from '@preact/signals'
import { SIDES } from '../../shared/places.ts'
import { connection, elapsedS, session } from './app.ts'
import { quantile } from './statistics.ts'

const KEPT = 100

/** From toe-off to the curve on screen: 95th percentile of the last stances, ms; `null` until there are ten, and in a replay. */
export const curveLatencyMs = signal<number | null>(null)

/** Watches what is drawn. Session time on the page is the last state's, carried on by the page's clock. */
export function measureLatency(): void {
  const newest = { left: -1, right: -1 }
  let delays: number[] = []
  effect(() => {
    const steps = { left: session.steps.left.value, right: session.steps.right.value }
    const state = session.state.peek()
    const known = connection.link.peek() === 'open' && state?.source === 'live' && state.phase === 'recording'
    for (const side of SIDES) {
      const last = steps[side].at(-1)
      if (!last || last.index === newest[side]) continue
      const first = newest[side] === -1
      newest[side] = last.index
      if (!known || first || last.recorded) continue
      requestAnimationFrame(() => {
        const now = elapsedS(session.state.peek(), session.stateAtMs.peek(), performance.now()) ?? 0
        delays = [...delays, 1000 * (now - last.toS)].slice(-KEPT)
        curveLatencyMs.value = delays.length < 10 ? null : quantile(delays, 0.95)
      })
    }
  })
}
