import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import * as z from 'zod'
import { isPlace, PLACES, type Place } from '../../shared/places.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import { withOverrides } from '../analysis/settings.ts'
import { InputError } from './input-error.ts'
import { MAX_RATE_HZ, MIN_RATE_HZ } from './rate-check.ts'
import { softwareVersion } from './software.ts'

/** A longer one would not fit into a pod's hello. */
const MAX_ID = 100
const positive = z.number().positive()
const isFileName = (name: string): boolean => basename(name) === name && !/^\.*$|\\/.test(name)

const podSchema = z.object({
  file: z.string().refine(isFileName, 'must be the name of a file in this folder'),
  accelRangeG: positive.optional(),
  gyroRangeDegPerS: positive.optional(),
  rateHz: z.number().min(MIN_RATE_HZ).max(MAX_RATE_HZ).optional(),
})

// a recording counts nanoseconds since 1970 in 64 bits
const dated = z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], {
  error: 'must be ISO 8601, like 2026-05-04T17:30:00Z',
})
const startedAt = dated.refine((text) => /^(19[7-9]|2[0-4])/.test(text), 'must be from 1970 to 2499')

const schema = z.object({
  format: z.literal('session-folder/1'),
  id: z.string().min(1).max(MAX_ID).optional(),
  activity: z.enum(['running', 'walking']).nullish(),
  startedAt: startedAt.nullish(),
  subject: z.looseObject({ massKg: positive.nullish(), heightM: positive.nullish() }).default({}),
  treadmill: z
    .looseObject({
      speedMPerS: positive.max(15, 'must be in m/s, 15 at most').optional(),
      inclinePct: z.number().optional(),
    })
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
  const twice = pods.find(({ file }, i) => pods.findIndex((other) => other.file === file) < i)
  if (twice !== undefined)
    throw new InputError(path, null, `pods.${twice.place}.file: ${twice.file} is another pod's already`)
  if (pods.length === 0) throw new InputError(path, null, 'pods: must name at least one')
  const { standing } = json.calibration
  if (standing !== undefined && !(standing.toS > standing.fromS))
    throw new InputError(path, null, 'calibration.standing: toS must be later than fromS')
  checkSettings(path, json.settings)
  return { pods: inOrder(pods), info: infoOf(folder, json) }
}

function checkSettings(path: string, settings: Record<string, unknown>): void {
  try {
    withOverrides(settings)
  } catch (error) {
    throw new InputError(path, null, (error as Error).message)
  }
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
  id: json.id ?? basename(resolve(folder)).slice(0, MAX_ID),
  activity: json.activity ?? null,
  startedAt: json.startedAt ?? null,
  subject: json.subject,
  treadmill: json.treadmill as SessionInfo['treadmill'],
  standing: json.calibration.standing ?? null,
  settings: json.settings,
  software: softwareVersion,
})

const inOrder = (pods: FolderPod[]) => pods.sort((a, b) => PLACES.indexOf(a.place) - PLACES.indexOf(b.place))
