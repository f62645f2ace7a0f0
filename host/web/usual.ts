import { computed, signal } from '@preact/signals'
import { type Kept, minimalDetectableDifference } from '../metrics/detectable.ts'
import type { LegStretch, Side, StrideMetric } from '../server/messages.ts'
import { connection, session } from './app.ts'
import { keptSince } from './difference.ts'
import type { Summary } from './leg-view.ts'

/** This runner's own numbers and curves. */
export type LegUsual = LegStretch

/** Drawn and compared with, once it is set. */
export const usualWanted = signal(true)

export const usuals = {
  left: computed(() => usualOf('left')),
  right: computed(() => usualOf('right')),
}

const usualOf = (side: Side): LegUsual | null =>
  usualWanted.value ? (session.baseline.value?.legs[side] ?? null) : null

/** What the strides of now share with the usual. */
export const usualKept = computed<Kept>(() =>
  keptSince(session.marks.value, session.baseline.value?.setS ?? 0),
)

export const setUsual = (): void => {
  usualWanted.value = true
  connection.send({ type: 'baseline', action: 'set' })
}
export const clearUsual = (): void => connection.send({ type: 'baseline', action: 'clear' })

/** One number beside another. */
export interface Beside {
  before: number
  difference: number
  /** The smallest difference that is more than the measurement's own; `null` when it cannot be said. */
  detectable: number | null
  /** Beyond that; `null` when it cannot be said. */
  differs: boolean | null
}

/** What the two have in common decides what can be told apart. */
export function beside(
  name: StrideMetric,
  before: Summary | null | undefined,
  after: Summary | null | undefined,
  kept: Kept,
): Beside | null {
  if (!before || !after) return null
  const difference = after.mean - before.mean
  const detectable = minimalDetectableDifference(name, before, after, kept)
  return {
    before: before.mean,
    difference,
    detectable,
    differs: detectable === null ? null : Math.abs(difference) > detectable,
  }
}
