import { computed, signal } from '@preact/signals'
import type { Side } from '../server/messages.ts'
import { elapsedS, nowMs, session } from './app.ts'
import type { Step } from './steps.ts'

/** What stood on the page when it was frozen; recording goes on behind it. */
interface Frozen {
  atS: number
  stances: number
  steps: Record<Side, Step[]>
}

export const frozen = signal<Frozen | null>(null)

/** The steps to draw: the frozen ones, else the newest. */
export const visibleSteps = {
  left: computed(() => frozen.value?.steps.left ?? session.steps.left.value),
  right: computed(() => frozen.value?.steps.right ?? session.steps.right.value),
}

export function toggleFreeze(): void {
  if (frozen.value) frozen.value = null
  else
    frozen.value = {
      atS: elapsedS(session.state.value, session.stateAtMs.value, nowMs.value) ?? 0,
      stances: session.stances.value,
      steps: { left: session.steps.left.value, right: session.steps.right.value },
    }
}
