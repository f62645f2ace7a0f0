import { signal } from '@preact/signals'
import type { RecordingEntry, RecordingSummary } from '../../server/messages.ts'

/** Of those that the host looked through since it listed them, by name. `null`: it could not. */
export const summaries = signal<ReadonlyMap<string, RecordingSummary | null>>(new Map())

export const summaryOf = ({ name, summary }: RecordingEntry): RecordingSummary | null | undefined =>
  summary ?? summaries.value.get(name)

/** Has the host look through recordings that it has not, one after the other: each is a whole analysis. Ends when `leaving` does. */
export async function lookThrough(entries: readonly RecordingEntry[], leaving: AbortSignal): Promise<void> {
  summaries.value = new Map()
  for (const { name, summary } of entries) {
    if (summary !== undefined) continue
    const found = await fetchSummary(name, leaving)
    if (leaving.aborted) return
    summaries.value = new Map(summaries.peek()).set(name, found)
  }
}

async function fetchSummary(name: string, signal: AbortSignal): Promise<RecordingSummary | null> {
  try {
    const answer = await fetch(`/api/recordings/${encodeURIComponent(name)}/summary`, { signal })
    return answer.ok ? ((await answer.json()) as RecordingSummary) : null
  } catch {
    return null
  }
}
