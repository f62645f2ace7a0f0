import { signal } from '@preact/signals'
import type { RecordingEntry } from '../../server/messages.ts'
import { fetchOverview } from '../replay/overview.ts'
import { type SessionSummary, summarise } from './session-summary.ts'

/** By name and size: a recording that has grown is another. `null`: it could not be looked through. */
export const summaries = signal<ReadonlyMap<string, SessionSummary | null>>(new Map())

const keyOf = ({ name, bytes }: RecordingEntry): string => `${name} ${bytes}`

export const summaryOf = (entry: RecordingEntry): SessionSummary | null | undefined =>
  summaries.value.get(keyOf(entry))

/**
 * Has the host look through recordings, one after the other: each is a whole analysis. Ends when `leaving` does; what is known
 * by then is kept as long as the page.
 */
export async function lookThrough(entries: readonly RecordingEntry[], leaving: AbortSignal): Promise<void> {
  for (const entry of entries) {
    if (leaving.aborted) return
    if (summaries.peek().has(keyOf(entry))) continue
    const overview = await fetchOverview(entry.name, leaving)
    if (leaving.aborted) return
    summaries.value = new Map(summaries.peek()).set(keyOf(entry), overview && summarise(overview))
  }
}
