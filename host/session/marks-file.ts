import { readFile, rename, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import * as z from 'zod'
import { PLACES } from '../../shared/places.ts'
import { GAP_CAUSES } from '../link/hole.ts'
import type { Mark } from './feed.ts'
import { InputError } from './input-error.ts'
import type { SessionFrame, SessionSource } from './source.ts'

const gapSchema = z.object({
  pod: z.string(),
  place: z.enum(PLACES).nullable(),
  fromS: z.number(),
  toS: z.number(),
  samples: z.number().nullable(),
  cause: z.enum(GAP_CAUSES),
})

export const markSchema = z.object({
  timeS: z.number(),
  kind: z.enum(['mark', 'tag', 'start', 'stop', 'baseline', 'gap']),
  text: z.string(),
  tag: z
    .object({
      shoe: z.string(),
      orthotic: z.string(),
      speedMPerS: z.number().positive(),
      inclinePct: z.number(),
      pain: z.number(),
      note: z.string(),
    })
    .partial()
    .optional(),
  gap: gapSchema.optional(),
})

/** Marks made after the fact stand beside the recording, whose bytes stay as they were (D-017). */
export const marksPath = (recording: string): string => `${resolve(recording)}.marks.json`

/**
 * Marks that were made in replays of a recording or session folder; none when there is no such file.
 * @throws InputError when it is damaged
 */
export async function readMarks(recording: string): Promise<Mark[]> {
  const path = marksPath(recording)
  try {
    return z.array(markSchema).parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new InputError(path, null, `damaged, correct it or take it away: ${(error as Error).message}`)
  }
}

/** The mark that is being added, if there is one. */
let adding: Promise<void> = Promise.resolve()

/** One after the other, also where several replay one recording. The file is whole at every moment: the old one or the new one. */
export function addMark(recording: string, mark: Mark): Promise<void> {
  const added = adding.then(() => add(recording, mark))
  adding = added.catch(() => {})
  return added
}

async function add(recording: string, mark: Mark): Promise<void> {
  const marks = [...(await readMarks(recording)), mark].sort((a, b) => a.timeS - b.timeS)
  const path = marksPath(recording)
  await writeFile(`${path}.unfinished`, `${JSON.stringify(marks, null, 1)}\n`)
  await rename(`${path}.unfinished`, path)
}

/** The marks that came to a list; `null` when others went. */
export function marksAdded(before: readonly Mark[], now: readonly Mark[]): Mark[] | null {
  const left = before.map((mark) => JSON.stringify(mark))
  const added = now.filter((mark) => {
    const at = left.indexOf(JSON.stringify(mark))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return left.length > 0 ? null : added
}

/** A session with marks that its bytes do not have: each comes before the first frame that arrived after it. */
export function withMarks(source: SessionSource, added: readonly Mark[]): SessionSource {
  const later = added.toSorted((a, b) => a.timeS - b.timeS)
  const marks = [...source.marks, ...later].sort((a, b) => a.timeS - b.timeS)
  const session = { ...source, marks }
  if (later.length === 0) return session
  return {
    ...session,
    async *frames(onNote, onMark = () => {}, skip = 0): AsyncGenerator<SessionFrame> {
      let next = 0
      for await (const frame of source.frames(onNote, onMark, skip)) {
        for (; next < later.length && later[next]!.timeS < frame.arrivalS; next++) onMark(later[next]!)
        yield frame
      }
      for (; next < later.length; next++) onMark(later[next]!)
    },
  }
}
