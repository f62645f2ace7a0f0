import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Overview } from './feed.ts'
import { marksPath } from './marks-file.ts'
import { softwareIdentity } from './software.ts'
import { type RecordingSummary, summarise } from './summary.ts'

const FOLDER = '.overviews'
const KINDS = { overview: '.overview.json', summary: '.summary.json' } as const

/**
 * Which file stands at a path, and as it is now: neither a copy of the same size and time nor one that is still written to passes for it.
 */
export const fileIdentity = (path: string): Promise<string> =>
  stat(path, { bigint: true }).then(
    ({ size, mtimeNs, ctimeNs, ino }) => `${size} ${mtimeNs} ${ctimeNs} ${ino}`,
    () => 'none',
  )

/**
 * What an overview is made of: another recording, other marks or other code make it another one.
 *
 * @param recorded the recording as it was when it was opened, where that is not now
 */
export async function identityOf(recording: string, recorded?: string): Promise<string> {
  const marks = await fileIdentity(marksPath(recording))
  return [softwareIdentity(), recorded ?? (await fileIdentity(recording)), marks].join(' / ')
}

/**
 * Overviews of a folder's recordings, in `.overviews` within it, so that none is analysed twice. One whose recording, marks or program are no longer
 * those it was made of is as good as none. The folder may be taken away at any time; where it cannot be written nothing is kept.
 */
export class KeptOverviews {
  readonly #recordings: string
  readonly #folder: string

  /** @param recordings their folder */
  constructor(recordings: string) {
    this.#recordings = recordings
    this.#folder = join(recordings, FOLDER)
  }

  /** @param identity of what it must have been made of */
  overview(name: string, identity: string): Promise<Overview | null> {
    return this.#read<Overview>(name, 'overview', identity)
  }

  /** Of the recording as it is now. */
  async summary(name: string): Promise<RecordingSummary | null> {
    return this.#read<RecordingSummary>(name, 'summary', await identityOf(join(this.#recordings, name)))
  }

  /** @param identity as it was before the recording was opened: one that has changed meanwhile is not kept */
  async keep(name: string, identity: string, overview: Overview): Promise<void> {
    if ((await identityOf(join(this.#recordings, name))) !== identity) return
    try {
      await mkdir(this.#folder, { recursive: true })
      await this.#write(name, 'overview', { identity, overview })
      await this.#write(name, 'summary', { identity, summary: summarise(overview) })
    } catch {
      // a folder that cannot be written to: it is analysed again next time
    }
  }

  /** Forgets those whose recording has gone. */
  async tidy(names: readonly string[]): Promise<void> {
    const known = new Set(names.flatMap((name) => Object.values(KINDS).map((ending) => name + ending)))
    const kept = await readdir(this.#folder).catch(() => [])
    for (const name of kept) if (!known.has(name)) await rm(join(this.#folder, name)).catch(() => {})
  }

  async #read<T>(name: string, kind: keyof typeof KINDS, identity: string): Promise<T | null> {
    try {
      const text = await readFile(join(this.#folder, name + KINDS[kind]), 'utf8')
      const kept = JSON.parse(text) as { identity: string } & Record<typeof kind, T>
      return kept.identity === identity ? (kept[kind] ?? null) : null
    } catch {
      return null
    }
  }

  /** Whole at every moment, whoever else writes it; where there is no room nothing of it stays. */
  async #write(name: string, kind: keyof typeof KINDS, what: object): Promise<void> {
    const path = join(this.#folder, name + KINDS[kind])
    const unfinished = `${path}.${randomUUID()}.unfinished`
    try {
      await writeFile(unfinished, JSON.stringify(what))
      await rename(unfinished, path)
    } catch (error) {
      await rm(unfinished, { force: true }).catch(() => {})
      throw error
    }
  }
}
