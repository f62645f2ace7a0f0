import { computed } from '@preact/signals'
import type { Side } from '../server/messages.ts'
import { connection, elapsedS, nowMs, session } from './app.ts'
import { frozen, visibleSteps } from './freeze.ts'
import { describeLeg, type LegStatus } from './leg-status.ts'

/** State of a leg, from what the page knows now. */
export const legStatus = (side: Side): LegStatus =>
  describeLeg(side, {
    linkLost: connection.link.value === 'lost',
    unreadable: connection.unreadable.value,
    state: session.state.value,
    pods: session.pods.value,
    steps: visibleSteps[side].value,
    frozenAtS: frozen.value?.atS ?? null,
    stancesSince: session.stances.value - (frozen.value?.stances ?? 0),
  })

/** Seconds of the session, ticking. */
export const sessionClock = (): number | null =>
  elapsedS(session.state.value, session.stateAtMs.value, nowMs.value)

/** A pod of the leg is silent: what was known of it is held. */
export const isHeld = {
  left: computed(() => legStatus('left').kind === 'lost'),
  right: computed(() => legStatus('right').kind === 'lost'),
}
