import * as z from 'zod'
import type { FeedMessage, SessionFeed } from '../session/feed.ts'
import type { RecordingEntry } from '../session/recordings.ts'

/** What travels between the server and whoever watches, as `docs/api.md` documents it. */

export type { Place, Segment, Side } from '../../shared/places.ts'
export type {
  Alignment,
  CurveName,
  Curves,
  LiveStance,
  Phase,
  Quality,
  Stride,
  StrideMetric,
} from '../analysis/document.ts'
export type { FeedMessage, FeedState, Mark, PodLive } from '../session/feed.ts'
export type { RecordingEntry } from '../session/recordings.ts'

/** The recordings that can be listed and opened; a name is only ever one of the list. */
export interface Recordings {
  list(): Promise<RecordingEntry[]>
  open(name: string): Promise<SessionFeed>
}

/** From a viewer to the server. Unknown fields are refused, so that a misspelt one does not pass for a default. */
export const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('mark'),
    kind: z.enum(['mark', 'tag']).default('mark'),
    text: z.string().max(200).default(''),
  }),
  z.strictObject({ type: z.literal('start') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('speed'), speed: z.number().min(0.25).max(16).nullable() }),
  z.strictObject({ type: z.literal('watch'), recording: z.string().min(1).max(255).nullable() }),
])

export type ClientMessage = z.input<typeof clientMessage>

export const ERROR_CODES = [
  'not-json',
  'bad-message',
  'refused',
  'no-recording',
  'too-many-replays',
  'too-many-viewers',
  'unknown-host',
  'foreign-origin',
  'not-found',
  'failed',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** The same shape answers a bad message on the socket and a bad request over HTTP. */
export interface ErrorMessage {
  type: 'error'
  code: ErrorCode
  /** What happened and what to do. */
  message: string
}

/**
 * From the server to a viewer. `recent` is a fresh start: forget what was shown and begin from these. It opens every
 * connection, answers `watch`, and follows when a slow viewer's backlog was dropped.
 */
export type ServerMessage =
  | { type: 'recent'; recording: string | null; messages: FeedMessage[] }
  | ErrorMessage
  | FeedMessage
