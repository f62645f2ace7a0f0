import type { RecordingEntry } from '../../server/messages.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Whose run: the runner's code or name, where the recording says it. */
export const who = ({ subject }: RecordingEntry): string => text(subject.id) || text(subject.name)

export const shoe = ({ subject }: RecordingEntry): string => text(subject.shoe)

export const newestFirst = (entries: readonly RecordingEntry[]): RecordingEntry[] =>
  entries.toSorted(
    (a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? '') || b.name.localeCompare(a.name),
  )

/**
 * Whether all the words that are looked for stand somewhere: in name, runner, shoe, or what else is said of the session.
 * @param more its date, its tags
 */
export function matches(entry: RecordingEntry, find: string, more: readonly string[]): boolean {
  const all = [entry.name, who(entry), shoe(entry), ...more].join(' ').toLowerCase()
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
