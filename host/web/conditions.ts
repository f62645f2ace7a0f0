import type { FeedState, Mark, Tag } from '../server/messages.ts'

/** What stays so until it is said to be otherwise. */
export type Conditions = Pick<Tag, 'shoe' | 'orthotic' | 'speedMPerS' | 'inclinePct'>

/** What a session says in words; nothing is not said. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** How the runner runs now: what was known beforehand, and what was tagged since. Pure. */
export function conditionsNow(state: FeedState | null, marks: readonly Mark[]): Conditions {
  const { subject, treadmill } = state?.info ?? { subject: {} as Record<string, unknown>, treadmill: {} }
  const now: Conditions = {
    shoe: text(subject.shoe),
    orthotic: text(subject.orthotic),
    speedMPerS: treadmill.speedMPerS,
    inclinePct: treadmill.inclinePct,
  }
  for (const { tag } of marks) {
    if (!tag) continue
    now.shoe = tag.shoe ?? now.shoe
    now.orthotic = tag.orthotic ?? now.orthotic
    now.speedMPerS = tag.speedMPerS ?? now.speedMPerS
    now.inclinePct = tag.inclinePct ?? now.inclinePct
  }
  return now
}

/** Shoes and orthotics that were named before, to choose from. */
export function namedBefore(marks: readonly Mark[], what: 'shoe' | 'orthotic', now: Conditions): string[] {
  const named = [now[what], ...marks.map(({ tag }) => tag?.[what])]
  return [...new Set(named.filter((name) => name !== undefined))]
}

/** What was written into the form, without what is so already. `null` when nothing is new. */
export function tagOf(fields: Record<keyof Tag, string>, now: Conditions): Tag | null {
  const word = (key: 'shoe' | 'orthotic' | 'note'): string | undefined => fields[key].trim() || undefined
  const figure = (key: 'speedMPerS' | 'inclinePct' | 'pain'): number | undefined => {
    const value = Number(fields[key].trim().replace(',', '.').replace('\u2212', '-'))
    return fields[key].trim() === '' || !Number.isFinite(value) ? undefined : value
  }
  const unless = <T>(value: T, same: T): T | undefined => (value === same ? undefined : value)
  const tag: Tag = {
    shoe: unless(word('shoe'), now.shoe),
    orthotic: unless(word('orthotic'), now.orthotic),
    speedMPerS: unless(figure('speedMPerS'), now.speedMPerS),
    inclinePct: unless(figure('inclinePct'), now.inclinePct),
    pain: figure('pain'),
    note: word('note'),
  }
  return Object.values(tag).some((value) => value !== undefined) ? tag : null
}
