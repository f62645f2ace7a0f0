import type { Place } from '../../shared/places.ts'
import type { Alignment, LiveStance, Stride } from '../analysis/document.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { GaitEvent } from '../gait/events.ts'

/** A moment somebody wanted to find again. */
export interface Mark {
  timeS: number
  kind: 'mark' | 'tag' | 'start' | 'stop'
  text: string
}

/** One pod as the pods panel shows it. `null`: not known (yet). */
export interface PodLive {
  place: Place
  id: string
  /** Heard in the last second. */
  streaming: boolean
  rateHz: number | null
  nominalRateHz: number
  /** Lost samples, % of those due. */
  lossPct: number
  lostSamples: number
  batteryPct: number | null
  clockErrorMs: number | null
  clippedSamples: number
  alignment: Alignment | null
  /** What is wrong, in words with what to do; `null` when nothing is. */
  problem: string | null
}

export interface FeedState {
  type: 'state'
  source: 'live' | 'replay'
  phase: 'waiting' | 'recording' | 'stopped' | 'playing' | 'paused' | 'ended'
  /** Session time now, s. */
  timeS: number
  /** Replay: how long the recording is. */
  durationS: number | null
  /** Replay: 1 = as it happened; `null` = as fast as possible. */
  speed: number | null
  /** File name of the recording, once there is one. */
  recording: string | null
  info: SessionInfo
}

export type FeedMessage =
  | FeedState
  | { type: 'pods'; timeS: number; pods: PodLive[] }
  | { type: 'stance'; stance: LiveStance }
  | { type: 'stride'; stride: Stride }
  | { type: 'event'; event: GaitEvent }
  | { type: 'mark'; mark: Mark }
  | { type: 'note'; timeS: number; text: string }

/** A running session, wherever its frames come from. The page that shows it does not know which. */
export interface SessionFeed {
  /** Calls back with every message from now on; returns how to stop. A listener that throws does not stop the others. */
  subscribe(listener: (message: FeedMessage) => void): () => void
  /** What a viewer who comes late needs: state, pods, marks, notes and the last stances and strides. */
  recent(): FeedMessage[]
  mark(kind: Mark['kind'], text: string): void
  /** Live: begins a recording; replay: plays. */
  start(): Promise<void>
  /** Live: ends the recording; replay: pauses. */
  stop(): Promise<void>
  /** Replay only; live refuses with an error that says so. */
  setSpeed(speed: number | null): void
  close(): Promise<void>
}
