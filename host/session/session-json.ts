import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import * as z from 'zod'
import { isPlace, PLACES, type Place } from '../../shared/places.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import { InputError } from './input-error.ts'
import { softwareVersion } from './software.ts'

const positive = z.number().positive()

const podSchema = z.object({
  file: z.string().min(1),
  accelRangeG: positive.optional(),
  gyroRangeDegPerS: positive.optional(),
  rateHz: positive.optional(),
})

const schema = z.object({
  format: z.literal('session-folder/1'),
  id: z.string().optional(),
  activity: z.enum(['running', 'walking']).nullish(),
  startedAt: z.string().nullish(),
  subject: z.record(z.string(), z.unknown()).default({}),
  treadmill: z
    .looseObject({ speedMPerS: z.number().optional(), inclinePct: z.number().optional() })
    .default({}),
  settings: z.record(z.string(), z.unknown()).default({}),
  pods: z.record(z.string(), podSchema),
  calibration: z
    .looseObject({ standing: z.object({ fromS: z.number(), toS: z.number() }).optional() })
    .default({}),
})

export type FolderPod = z.infer<typeof podSchema> & { place: Place }

/**
 * Reads and checks a folder's `session.json`.
 * @throws InputError naming the file and the field
 */
export async function readSessionJson(folder: string): Promise<{ info: SessionInfo; pods: FolderPod[] }> {
  const path = join(folder, 'session.json')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(
      path,
      null,
      error.code === 'ENOENT'
        ? 'there is no such file; a session folder has one beside its CSV files (docs/session-folder.md)'
        : error.message,
    )
  })
  const parsed = schema.safeParse(parseJson(path, text))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new InputError(path, null, `${issue.path.join('.') || 'the whole'}: ${issue.message}`)
  }
  const json = parsed.data
  const pods = Object.entries(json.pods).map(([place, pod]) => {
    if (!isPlace(place))
      throw new InputError(path, null, `pods.${place}: no such place; there are ${PLACES.join(', ')}`)
    return { ...pod, place }
  })
  if (pods.length === 0) throw new InputError(path, null, 'pods: must name at least one')
  const { standing } = json.calibration
  if (standing !== undefined && !(standing.toS > standing.fromS))
    throw new InputError(path, null, 'calibration.standing: toS must be later than fromS')
  return { pods: inOrder(pods), info: infoOf(folder, json) }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = (error as Error).message
    const at = /line (\d+)/.exec(message)
    throw new InputError(path, at ? Number(at[1]) : null, `no valid JSON: ${message}`)
  }
}

const infoOf = (folder: string, json: z.infer<typeof schema>): SessionInfo => ({
  id: json.id ?? basename(resolve(folder)),
  activity: json.activity ?? null,
  startedAt: json.startedAt ?? null,
  subject: json.subject,
  treadmill: json.treadmill as SessionInfo['treadmill'],
  standing: json.calibration.standing ?? null,
  settings: json.settings,
  software: softwareVersion,
})

const inOrder = (pods: FolderPod[]) => pods.sort((a, b) => PLACES.indexOf(a.place) - PLACES.indexOf(b.place))
