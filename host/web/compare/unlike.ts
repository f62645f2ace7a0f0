import { SIDES } from '../../../shared/places.ts'
import type { SessionSegment } from '../../server/messages.ts'
import { type Conditions, text } from '../conditions.ts'

const CONDITIONS = ['shoe', 'orthotic', 'speedMPerS', 'inclinePct'] as const

/** A stretch of a recording, and whose it is. */
export interface Run {
  subject: Record<string, unknown>
  segment: SessionSegment
}

/** How it was run: what was tagged, else what was known beforehand. */
export const conditionsOf = ({ subject, segment: { tags } }: Run): Conditions => ({
  shoe: tags.shoe ?? text(subject.shoe),
  orthotic: tags.orthotic ?? text(subject.orthotic),
  speedMPerS: tags.speedMPerS,
  inclinePct: tags.inclinePct,
})

export const runnerOf = ({ subject }: Run): string | undefined => text(subject.id) ?? text(subject.name)

export type Unlike = keyof Conditions | 'runner' | 'pods'

/** What was not the same in both, as far as anybody said; what was said of neither may have been anything. */
export function unlike(a: Run, b: Run): Unlike[] {
  const [inA, inB] = [conditionsOf(a), conditionsOf(b)]
  return [
    ...(runnerOf(a) === runnerOf(b) ? [] : (['runner'] as const)),
    ...CONDITIONS.filter((name) => inA[name] !== inB[name]),
    ...(podsOf(a) === podsOf(b) ? [] : (['pods'] as const)),
  ]
}

/** Which numbers a leg has says which pods it wore. */
const podsOf = ({ segment: { legs } }: Run): string =>
  SIDES.map((side) => `${'eversionDeg' in legs[side].curves} ${'tibialAxialG' in legs[side].curves}`).join()

/** The stretches in which somebody ran. */
export const runsIn = (segments: readonly SessionSegment[]): SessionSegment[] =>
  segments.filter(({ legs }) => SIDES.some((side) => legs[side].strides > 1))

/** The one with most strides. */
export const longest = (segments: readonly SessionSegment[]): SessionSegment | null =>
  segments.toSorted((one, other) => stridesIn(other) - stridesIn(one))[0] ?? null

const stridesIn = ({ legs }: SessionSegment): number => legs.left.strides + legs.right.strides
