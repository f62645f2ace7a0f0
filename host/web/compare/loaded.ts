import { signal } from '@preact/signals'
import type { Overview, RecordingEntry } from '../../server/messages.ts'
import { fetchOverview } from '../replay/overview.ts'

/** A recording with its overview; `null` while the host looks through it, `missing` when it cannot. */
export type Loaded = { entry: RecordingEntry; overview: Overview } | 'missing' | null

export const loaded = { a: signal<Loaded>(null), b: signal<Loaded>(null) }

/** Asks for both; ends when `leaving` does. */
export async function load(a: string, b: string, leaving: AbortSignal): Promise<void> {
  loaded.a.value = null
  loaded.b.value = null
  const entries = await fetchEntries(leaving)
  const one = async (which: 'a' | 'b', name: string): Promise<void> => {
    const entry = entries.find((other) => other.name === name)
    const overview = entry ? await fetchOverview(name, leaving) : null
    if (!leaving.aborted) loaded[which].value = entry && overview ? { entry, overview } : 'missing'
  }
  await Promise.all([one('a', a), one('b', b)])
}

/** What the host lists; none when it cannot be asked. */
export async function fetchEntries(signal: AbortSignal): Promise<RecordingEntry[]> {
  try {
    const answer = await fetch('/api/recordings', { signal })
    return answer.ok ? (await answer.json()).recordings : []
  } catch {
    return []
  }
}
