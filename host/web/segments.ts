import { computed, signal } from '@preact/signals'
import { SIDES } from '../../shared/places.ts'
import type { SessionSegment } from '../server/messages.ts'
import { session } from './app.ts'
import { clock } from './format.ts'
import { words } from './words.ts'

/** Before and after a change are shown instead of the last stance. */
export const comparing = signal(false)

/** Those in which somebody ran. */
export const runSegments = computed(() =>
  session.segments.value.filter(({ legs }) => SIDES.some((side) => legs[side].strides > 1)),
)

/** Index of the segment that was chosen; `null`: the last change. */
export const chosen = { before: signal<number | null>(null), after: signal<number | null>(null) }

/** The two that are compared; `null` until something has changed. */
export const compared = computed<{ before: SessionSegment; after: SessionSegment } | null>(() => {
  const all = runSegments.value
  const find = (index: number | null, otherwise: number): SessionSegment | undefined =>
    all.find((segment) => segment.index === index) ?? all.at(otherwise)
  const before = find(chosen.before.value, -2)
  const after = find(chosen.after.value, -1)
  return before && after && before !== after ? { before, after } : null
})

export const segmentName = ({ label, fromS, index }: SessionSegment): string =>
  words.compare.segment(clock(fromS), label !== '' ? label : index === 0 ? words.compare.start : '')

export function swapCompared(): void {
  const now = compared.value
  if (now === null) return
  chosen.before.value = now.after.index
  chosen.after.value = now.before.index
}
