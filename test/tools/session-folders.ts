import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EventKind } from '../../host/gait/events.ts'
import type { Place, Side } from '../../shared/places.ts'

/** Reads recorded session folders for the event tools and data tests; the data are never part of the project. */
const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
export const dataFolder = (): string => process.env.FOOTFALL_DATA ?? join(root, '../shared/data')

/** Rows of `t ax ay az gx gy gz`, flat. */
export type PodSamples = Float64Array

export interface TruthEvent {
  leg: Side
  kind: EventKind
  timeS: number
}

export interface Truth {
  activity: 'running' | 'walking' | null
  lagUnknown: boolean
  span: { fromS: number; toS: number }
  exclude: { leg?: Side; kind?: EventKind; fromS: number; toS: number }[]
  events: TruthEvent[]
}

export interface Trial {
  set: string
  name: string
  folder: string
  pods: Partial<Record<Place, string>>
  truth: Truth
}

export function readPod(path: string): PodSamples {
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  const out = new Float64Array(7 * (lines.length - 1))
  for (let i = 1; i < lines.length; i++) {
    const fields = lines[i]!.split(',')
    for (let k = 0; k < 7; k++) out[7 * (i - 1) + k] = Number(fields[k])
  }
  return out
}

function readTruth(folder: string): Truth {
  const raw = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))
  const times: number[] = raw.events.map((e: TruthEvent) => e.timeS)
  return {
    activity: raw.activity ?? null,
    lagUnknown: raw.lagUnknown ?? false,
    span: raw.span ?? { fromS: Math.min(...times) - 0.1, toS: Math.max(...times) + 0.1 },
    exclude: raw.exclude ?? [],
    events: raw.events,
  }
}

/** Every trial with a truth whose `set/name` contains one of the words (all when there are none). */
export function trials(words: readonly string[] = [], data = dataFolder()): Trial[] {
  if (!existsSync(data)) return []
  const out: Trial[] = []
  for (const set of readdirSync(data)) {
    const sessions = join(data, set, 'sessions')
    if (!existsSync(sessions)) continue
    for (const name of readdirSync(sessions)) {
      const folder = join(sessions, name)
      if (!existsSync(join(folder, 'truth.json'))) continue
      if (words.length > 0 && !words.some((word) => `${set}/${name}`.includes(word))) continue
      const session = JSON.parse(readFileSync(join(folder, 'session.json'), 'utf8'))
      const pods: Trial['pods'] = {}
      for (const [place, pod] of Object.entries<{ file: string }>(session.pods))
        pods[place as Place] = join(folder, pod.file)
      out.push({ set, name, folder, pods, truth: readTruth(folder) })
    }
  }
  return out
}
