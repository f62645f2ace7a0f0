import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EventKind } from '../../host/gait/events.ts'
import type { Side } from '../../shared/places.ts'

/** What a `truth.json` says, beside a recorded or a simulated session. */
export interface Truth {
  source: string
  activity: string | null
  /** The reference's clock is off by one unknown constant. */
  lagUnknown: boolean
  /** Only events inside are scored. */
  span: { fromS: number; toS: number }
  exclude: { leg?: Side; kind?: EventKind; fromS: number; toS: number }[]
  kinds: EventKind[]
  /** Legs the reference saw. */
  legs: Side[]
  events: TruthEvent[]
  strides: TrueStride[]
}

export interface TruthEvent {
  leg: Side
  kind: EventKind
  timeS: number
}

/** Known by its initial contact, or only by its mid-stance; beside it whatever numbers the reference has. */
export interface TrueStride {
  leg: Side
  icS?: number
  midStanceS?: number
  [quantity: string]: unknown
}

/** Seconds around an event within which a found one is the same. */
export const WINDOW_S = 0.1

type Raw = Partial<Omit<Truth, 'legs'>>

export function truthOf(raw: Raw): Truth {
  const events = raw.events ?? []
  const times = events.map((event) => event.timeS)
  return {
    source: raw.source ?? '',
    activity: raw.activity ?? null,
    lagUnknown: raw.lagUnknown ?? false,
    span: raw.span ?? { fromS: Math.min(...times) - WINDOW_S, toS: Math.max(...times) + WINDOW_S },
    exclude: raw.exclude ?? [],
    kinds: raw.kinds ?? ['initial-contact', 'toe-off'],
    legs: events.length > 0 ? [...new Set(events.map((event) => event.leg))] : ['left', 'right'],
    events,
    strides: raw.strides ?? [],
  }
}

export const readTruth = async (folder: string): Promise<Truth> =>
  truthOf(JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as Raw)
