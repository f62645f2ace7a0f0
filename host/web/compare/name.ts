import type { RecordingEntry } from '../../server/messages.ts'
import { dayAndTime } from '../format.ts'
import { who } from '../sessions/find.ts'

/** Whose run and when; the file's name stands for what is not known. */
export function nameOf(entry: RecordingEntry): string {
  const { day, time } = dayAndTime(entry.startedAt)
  const when = entry.startedAt === null ? entry.name : `${day} ${time}`
  return [who(entry), when].filter(Boolean).join(' · ')
}
