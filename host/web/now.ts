import { computed, type ReadonlySignal } from '@preact/signals'
import type { Side } from '../server/messages.ts'
import { connection, elapsedS, nowMs, session } from './app.ts'
import { frozen, visibleSteps } from './freeze.ts'
import { describeLeg, type LegStatus } from './leg-status.ts'

/** State of a leg, from what the page knows now; the same object for as long as it says the same, so that nothing is drawn for it. */
function statusOf(side: Side): ReadonlySignal<LegStatus> {
  let last: LegStatus | null = null
  return computed(() => {
    const now = describeLeg(side, {
      linkLost: connection.link.value === 'lost',
      unreadable: connection.unreadable.value,
      state: session.state.value,
      pods: session.pods.value,
      steps: visibleSteps[side].value,
      frozenAtS: frozen.value?.atS ?? null,
      stancesSince: frozen.value === null ? 0 : session.stances.value - frozen.value.stances,
    })
    const { kind, tag, look, what } = now
    if (last?.kind === kind && last.tag === tag && last.look === look && last.what === what) return last
    last = now
    return now
  })
}
export const legStatus = { left: statusOf('left'), right: statusOf('right') }

/** Seconds of the session, ticking. */
export const sessionClock = (): number | null =>
  elapsedS(session.state.value, session.stateAtMs.value, nowMs.value)

/** A pod of the leg is silent: what was known of it is held. */
export const isHeld = {
  left: computed(() => legStatus.left.value.kind === 'lost'),
  right: computed(() => legStatus.right.value.kind === 'lost'),
}
