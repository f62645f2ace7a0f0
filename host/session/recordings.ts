import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SessionFeed } from './feed.ts'
import { KeptOverviews } from './kept-overviews.ts'
import { glanceAt } from './recording.ts'
import { ReplaySession } from './replay.ts'
import type { RecordingSummary } from './summary.ts'

export interface RecordingEntry {
  /** File name within the folder. */
  name: string
  bytes: number
  /** ISO 8601. `null`: cannot be known from the file. */
  startedAt: string | null
  durationS: number | null
  subject: Record<string, unknown>
  /** Why it cannot be read, in words; `null` when it can. */
  problem: string | null
  /** Absent until it has been looked through. */
  summary?: RecordingSummary
}

/** The recordings of a folder, newest first. A file that cannot be read is listed with what is known of it. */
export class RecordingFolder {
  readonly #folder: string
  readonly #kept: KeptOverviews

  constructor(folder: string) {
    this.#folder = folder
    this.#kept = new KeptOverviews(folder)
  }

  /** By their heads, indexes and what is kept of earlier looks: none is read through. */
  async list(): Promise<RecordingEntry[]> {
    const entries: RecordingEntry[] = []
    const names = await this.#names()
    for (const name of names) entries.push(await this.#entry(name))
    await this.#kept.tidy(names)
    return entries.sort(
      (a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? '') || a.name.localeCompare(b.name),
    )
  }

  /**
   * Opens one for replay, not yet playing; `null` when there is none of that name.
   * @throws InputError when it cannot be read
   */
  async open(name: string): Promise<SessionFeed | null> {
    // a name is only ever looked up in the folder, so no path can be smuggled in with it
    return (await this.#names()).includes(name)
      ? ReplaySession.open(join(this.#folder, name), 1, this.#kept)
      : null
  }

  async #names(): Promise<string[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    return names.filter((name) => name.endsWith('.mcap'))
  }

  async #entry(name: string): Promise<RecordingEntry> {
    const path = join(this.#folder, name)
    const bytes = await stat(path).then(
      ({ size }) => size,
      () => 0,
    )
    try {
      const { info, durationS } = await glanceAt(path)
      const summary = await this.#kept.summary(name)
      const { startedAt, subject } = info
      return { name, bytes, startedAt, durationS, subject, problem: null, ...(summary && { summary }) }
    } catch (error) {
      const problem = (error as Error).message
      return { name, bytes, startedAt: null, durationS: null, subject: {}, problem }
    }
  }
}
