import type { Place, Side } from '../../shared/places.ts'
import type { Alignment, CurveName, Landing, LiveStance, Stride, StrideMetric } from '../analysis/document.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { GaitEvent } from '../gait/events.ts'
import type { Gap as LostSamples } from '../link/hole.ts'

/** What is different from now on, or was felt. */
export interface Tag {
  shoe?: string | undefined
  orthotic?: string | undefined
  /** Of the belt: lengths and speeds count from it from here on. */
  speedMPerS?: number | undefined
  inclinePct?: number | undefined
  /** 0 none … 10 worst. */
  pain?: number | undefined
  note?: string | undefined
}

/** A moment somebody wanted to find again. */
export interface Mark {
  timeS: number
  kind: 'mark' | 'tag' | 'start' | 'stop' | 'baseline' | 'gap'
  /** Of a baseline: `set` or `clear`. */
  text: string
  tag?: Tag | undefined
  /** Samples that will never come, told as soon as that is known. */
  gap?: LostSamples | undefined
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
  /** Samples that came late, because the host asked for them again. */
  refilledSamples: number
  batteryPct: number | null
  /** Strength at which its radio is received, dBm; `null` on a cable and in a replay, too. */
  signalDbm: number | null
  clockErrorMs: number | null
  clippedSamples: number
  alignment: Alignment | null
  /** What is wrong, in words with what to do; `null` when nothing is. */
  problem: string | null
}

/** A pod that has not been told where it is worn, or claims a place that another has. */
export interface UnplacedPod {
  id: string
  /** The port it is heard on. */
  port: string
  /** What it says, when another pod says so too. */
  claims: Place | null
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
  /** Replay: the stretch played over and over. */
  loop?: { fromS: number; toS: number } | null
  /** Replay: how much of the recording has been analysed, 0…1. At 1 the overview is there. */
  analysed?: number | null
  /** File name of the recording, once there is one. */
  recording: string | null
  info: SessionInfo
}

/** Good strides of one leg together. */
export interface LegStretch {
  strides: number
  /** `uncertainty` is of the mean, 1 SD; `null` for a metric that states none. */
  metrics: Partial<Record<StrideMetric, { mean: number; sd: number; n: number; uncertainty: number | null }>>
  /** Each point over the strides that had the curve. */
  curves: Partial<Record<CurveName, { mean: number[]; sd: number[] }>>
}

/** From one change of conditions to the next. */
export interface SessionSegment {
  index: number
  fromS: number
  /** `null` while it goes on. */
  toS: number | null
  /** What was said when it began. */
  label: string
  tags: Tag
  legs: Record<Side, LegStretch>
}

/** What this runner usually does: the last good strides before it was set. */
export interface Baseline {
  setS: number
  legs: Record<Side, LegStretch>
}

export type AlertCode =
  | 'pod-silent'
  | 'pod-missing'
  | 'battery-low'
  | 'clipping'
  | 'loss'
  | 'clock'
  | 'slipped'
  | 'swapped'
  | 'duplicate-place'
  | 'metric-beyond-usual'

/** Something to look at. It clears by itself. The words are the page's. */
export interface Alert {
  /** One alert has one key for as long as it stands, and again when it comes back. */
  key: string
  level: 'bad' | 'attention'
  fromS: number
  code: AlertCode
  place?: Place | undefined
  side?: Side | undefined
  metric?: StrideMetric | undefined
  /** The numbers the words need; which ones is in `docs/api.md`. */
  values: Record<string, number>
}

/** From segment to anatomical world of `conventions`: x forward along the leg's own heading, z up; w x y z. */
export type Quaternion = [w: number, x: number, y: number, z: number]

export interface LegPose {
  shin: Quaternion | null
  shoe: Quaternion | null
  /** As in the stance's curve. */
  eversionDeg: number | null
  /** How long the foot has stood, s; `null` in the air. */
  sinceContactS: number | null
  /** Alignment has not settled, or something is known against the pods. */
  provisional: boolean
}

export type PoseMessage = { type: 'pose'; timeS: number; legs: Record<Side, LegPose> }

export type StandingMessage = {
  type: 'standing'
  phase: 'counting' | 'moved' | 'done' | 'cancelled'
  /** Still to stand, s. */
  leftS: number
  /** Which pod moved, or was not heard. */
  place?: Place | undefined
}

export type AssignMessage = {
  type: 'assign'
  phase: 'waiting' | 'done' | 'failed'
  place: Place
  /** The pod that was tapped. */
  id?: string | undefined
  /** Why it failed, in words. */
  reason?: string | undefined
}

export type FeedMessage =
  | FeedState
  | { type: 'pods'; timeS: number; pods: PodLive[]; unplaced?: UnplacedPod[] }
  | { type: 'landing'; landing: Landing }
  /** `arrivedS`: when the frame that completed it reached the host, session time. */
  | { type: 'stance'; stance: LiveStance; arrivedS?: number }
  | { type: 'stride'; stride: Stride }
  | { type: 'event'; event: GaitEvent }
  | { type: 'mark'; mark: Mark }
  /** `ofGap`: of samples that are missing, which a mark says too. */
  | { type: 'note'; timeS: number; text: string; ofGap?: true }
  | { type: 'segment'; segment: SessionSegment }
  | { type: 'baseline'; baseline: Baseline | null }
  | { type: 'alert'; alert: Alert }
  | { type: 'alert-cleared'; key: string }
  | StandingMessage
  | AssignMessage
  | PoseMessage

/** What may be asked of a session. */
export type FeedCommand =
  /** Live: begins a recording; replay: plays. */
  | { type: 'start' }
  /** Live: ends the recording; replay: pauses. */
  | { type: 'stop' }
  | { type: 'mark'; kind: 'mark' | 'tag'; text: string; tag?: Tag | undefined }
  | { type: 'baseline'; action: 'set' | 'clear' }
  /** Replay only; `null` is as fast as possible. */
  | { type: 'speed'; speed: number | null }
  | { type: 'seek'; timeS: number }
  | { type: 'loop'; off?: undefined; fromS: number; toS: number }
  | { type: 'loop'; off: true }
  /** To the next or previous toe-off, and stands there. */
  | { type: 'step'; by: 1 | -1 }
  /** Live only: three seconds of standing still, counted down. */
  | { type: 'stand' }
  | { type: 'stand-cancel' }
  /** Live, not recording: the pod that is tapped gets this place. */
  | { type: 'assign'; place: Place }
  | { type: 'assign-cancel' }
  /** Live only; `null` = all pods. */
  | { type: 'blink'; id: string | null }

/** One stride as the overview strip draws it. */
export interface OverviewStride {
  leg: Side
  icS: number
  toS: number
  cadenceSpm: number | null
  peakEversionPct: number | null
  peakTibialAxialG: number | null
  ok: boolean
}

/** Samples of one pod that are not there. */
export interface Gap {
  place: Place
  fromS: number
  toS: number
  /** `wire`: lost on the way; `pod`: the pod had to give them up; `silent`: it was out of reach. */
  cause: 'wire' | 'pod' | 'silent'
}

/** `GET /api/recordings/NAME/overview` */
export interface Overview {
  durationS: number
  strides: OverviewStride[]
  marks: Mark[]
  gaps: Gap[]
  segments: SessionSegment[]
}

/** A running session, wherever its frames come from. The page that shows it does not know which. */
export interface SessionFeed {
  /**
   * Calls back with every message from now on; returns how to stop. A listener that throws does not stop the others.
   * @param restarted what was told before holds no longer: begin from `recent()`
   */
  subscribe(listener: (message: FeedMessage) => void, restarted?: () => void): () => void
  /** What a viewer who comes late needs: state, pods, marks, notes and the last stances and strides. */
  recent(): FeedMessage[]
  /** Where the legs point, up to 30 times a second for as long as somebody listens; returns how to stop. */
  poses(listener: (message: PoseMessage) => void): () => void
  /** @throws Error whose words are for the user, when the session cannot do that now */
  obey(command: FeedCommand): Promise<void>
  /** Replay: the whole recording at a glance, as soon as it has been analysed. @throws Error that says so when live */
  overview(): Promise<Overview>
  close(): Promise<void>
}
