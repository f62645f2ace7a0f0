import * as z from 'zod'
import { PLACES } from '../../shared/places.ts'
import type { FeedMessage, SessionFeed } from '../session/feed.ts'
import type { RecordingEntry } from '../session/recordings.ts'
import type { ErrorMessage } from './errors.ts'

/** What travels between the server and whoever watches, as `docs/api.md` documents it. */

export type { Place, Segment, Side } from '../../shared/places.ts'
export type {
  Alignment,
  CurveName,
  Curves,
  Landing,
  LiveStance,
  Phase,
  Quality,
  Stride,
  StrideMetric,
} from '../analysis/document.ts'
export type {
  Alert,
  AlertCode,
  AssignMessage,
  Baseline,
  FeedMessage,
  FeedState,
  Gap,
  LegPose,
  LegStretch,
  Mark,
  Overview,
  OverviewStride,
  PodLive,
  PoseMessage,
  Quaternion,
  SessionSegment,
  StandingMessage,
  Tag,
  UnplacedPod,
} from '../session/feed.ts'
export type { RecordingEntry } from '../session/recordings.ts'
export type { RecordingSummary } from '../session/summary.ts'
export type { ErrorCode, ErrorMessage } from './errors.ts'
export type { PairedScreen, Role } from './pairing.ts'

/** The recordings that can be listed and opened; a name is only ever one of the list. */
export interface Recordings {
  /** At once, however many and however long. */
  list(): Promise<RecordingEntry[]>
  /** `null` when there is none of that name. */
  open(name: string): Promise<SessionFeed | null>
}

const MAX_TEXT = 200
const words = z.string().trim().min(1).max(MAX_TEXT)
const tag = z.strictObject({
  shoe: words.optional(),
  orthotic: words.optional(),
  speedMPerS: z.number().min(0.1).max(15).optional(),
  inclinePct: z.number().min(-30).max(40).optional(),
  pain: z.number().min(0).max(10).optional(),
  note: words.optional(),
})
const timeS = z.number()

/** From a viewer to the server. Unknown fields are refused, so that a misspelt one does not pass for a default. */
export const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('mark'),
    kind: z.enum(['mark', 'tag']).default('mark'),
    text: z.string().max(MAX_TEXT).default(''),
    tag: tag.optional(),
  }),
  z.strictObject({ type: z.literal('start') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('speed'), speed: z.number().min(0.1).max(16).nullable() }),
  z.strictObject({ type: z.literal('seek'), timeS }),
  z.discriminatedUnion('off', [
    z.strictObject({ type: z.literal('loop'), off: z.undefined().optional(), fromS: timeS, toS: timeS }),
    z.strictObject({ type: z.literal('loop'), off: z.literal(true) }),
  ]),
  z.strictObject({ type: z.literal('step'), by: z.union([z.literal(1), z.literal(-1)]) }),
  z.strictObject({ type: z.literal('baseline'), action: z.enum(['set', 'clear']) }),
  z.strictObject({ type: z.literal('stand') }),
  z.strictObject({ type: z.literal('stand-cancel') }),
  z.strictObject({ type: z.literal('assign'), place: z.enum(PLACES) }),
  z.strictObject({ type: z.literal('assign-cancel') }),
  z.strictObject({ type: z.literal('blink'), id: z.string().min(1).max(100).nullable() }),
  z.strictObject({ type: z.literal('pose'), on: z.boolean() }),
  z.strictObject({ type: z.literal('watch'), recording: z.string().min(1).max(255).nullable() }),
])

export type ClientMessage = z.input<typeof clientMessage>
/** As it was understood: what was left out is filled in. */
export type ReadMessage = z.output<typeof clientMessage>

/**
 * From the server to a viewer. `recent` is a fresh start: forget what was shown and begin from these. It opens every
 * connection, answers `watch`, and follows when a slow viewer's backlog was dropped.
 */
export type ServerMessage =
  | { type: 'recent'; recording: string | null; messages: FeedMessage[] }
  | ErrorMessage
  | FeedMessage
