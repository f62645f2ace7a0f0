import { signal } from '@preact/signals'
import type { FeedState } from '../server/messages.ts'
import { Connection } from './connection.ts'
import { SessionView } from './session-view.ts'

/** The page's one session and its one connection, and what the person has chosen to see. */
export const session = new SessionView(
  (draw) => requestAnimationFrame(draw),
  () => performance.now(),
)
export const connection = new Connection(`ws://${location.host}/api/live`, session)

export type Shown = 6 | 12 | 60
/** How many of the last strides are drawn and averaged. */
export const shown = signal<Shown>(12)
/** Values as tables instead of curves. */
export const asTable = signal(false)
/** Page clock in ms, ticking once a second for elapsed times and countdowns. */
export const nowMs = signal(performance.now())

export const isReplay = (state: FeedState | null): boolean => state?.source === 'replay'

/** Session time now, s: the last state's, carried on by the page's clock while time runs. */
export function elapsedS(state: FeedState | null, atMs: number, now: number): number | null {
  if (state === null) return null
  const runs = state.phase === 'recording' || state.phase === 'playing'
  const elapsed = runs ? state.timeS + ((state.speed ?? 1) * Math.max(0, now - atMs)) / 1000 : state.timeS
  return state.durationS === null ? elapsed : Math.min(elapsed, state.durationS)
}
