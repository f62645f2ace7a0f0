import { batch, signal } from '@preact/signals'
import { SIDES } from '../../shared/places.ts'
import type {
  Alert,
  AssignMessage,
  Baseline,
  FeedMessage,
  FeedState,
  Mark,
  PodLive,
  PoseMessage,
  SessionSegment,
  Side,
  StandingMessage,
  StrideMetric,
  UnplacedPod,
} from '../server/messages.ts'
import { isUsable, type Step, stepOfStance, stepOfStride, withStep } from './steps.ts'
import { Trend } from './trend.ts'

export interface Note {
  timeS: number
  text: string
}

const KEPT_MARKS = 200
const KEPT_NOTES = 50
const KEPT_SEGMENTS = 60

/** Drawn once a frame, however fast a replay runs. */
export type Schedule = (draw: () => void) => void

/**
 * What the page knows of a session, made from the messages of its feed. Live or replay is the same to it.
 *
 * Curves change only when a stance ends: the records that arrive in between wait for the next one.
 */
export class SessionView {
  readonly state = signal<FeedState | null>(null)
  /** When `state` arrived, by the page's own clock in ms: what the time is now can be reckoned from it. */
  readonly stateAtMs = signal(0)
  readonly pods = signal<PodLive[]>([])
  readonly marks = signal<Mark[]>([])
  readonly notes = signal<Note[]>([])
  /** In order; the last one may still go on. */
  readonly segments = signal<SessionSegment[]>([])
  readonly baseline = signal<Baseline | null>(null)
  /** Where the legs point, while they are watched. */
  readonly pose = signal<PoseMessage | null>(null)
  /** Those that stand now, oldest first. */
  readonly alerts = signal<Alert[]>([])
  readonly standing = signal<StandingMessage | null>(null)
  readonly assigning = signal<AssignMessage | null>(null)
  readonly unplaced = signal<UnplacedPod[]>([])
  readonly steps = { left: signal<Step[]>([]), right: signal<Step[]>([]) }
  /** Stances seen, both legs. */
  readonly stances = signal(0)
  /** Time to peak eversion over the session, % of stance. */
  trends: Record<Side, Trend> = { left: new Trend(), right: new Trend() }

  /** Called with each gait event as it arrives; events are not kept. */
  onEvent: (event: Extract<FeedMessage, { type: 'event' }>['event'], receivedMs: number) => void = () => {}

  readonly #schedule: Schedule
  readonly #nowMs: () => number
  #newest: Record<Side, Step[]> = { left: [], right: [] }
  #stances = 0
  #scheduled: boolean = false

  constructor(schedule: Schedule, nowMs: () => number) {
    this.#schedule = schedule
    this.#nowMs = nowMs
  }

  /** Forgets everything and begins from these messages. */
  restart(messages: readonly FeedMessage[]): void {
    batch(() => {
      this.#forget()
      this.pods.value = []
      this.marks.value = []
      this.notes.value = []
      this.alerts.value = []
      this.standing.value = null
      this.pose.value = null
      this.assigning.value = null
      this.unplaced.value = []
      this.state.value = null
      for (const message of messages) this.receive(message)
      this.#draw()
    })
  }

  receive(message: FeedMessage): void {
    switch (message.type) {
      case 'state':
        this.#takeState(message)
        break
      case 'pods':
        this.pods.value = message.pods
        this.unplaced.value = message.unplaced ?? []
        break
      case 'stance':
        this.#take(stepOfStance(message.stance, { arrivedS: message.arrivedS, receivedMs: this.#nowMs() }))
        this.#requestDraw()
        break
      case 'stride':
        this.#take(stepOfStride(message.stride))
        break
      case 'mark':
        this.marks.value = withMark(this.marks.value, message.mark)
        break
      case 'note':
        this.notes.value = [...this.notes.value, { timeS: message.timeS, text: message.text }].slice(
          -KEPT_NOTES,
        )
        break
      case 'segment':
        this.#takeSegment(message.segment)
        break
      case 'baseline':
        this.baseline.value = message.baseline
        break
      case 'pose':
        this.pose.value = message
        break
      case 'alert':
        this.alerts.value = [
          ...this.alerts.value.filter(({ key }) => key !== message.alert.key),
          message.alert,
        ]
        break
      case 'alert-cleared':
        this.alerts.value = this.alerts.value.filter(({ key }) => key !== message.key)
        break
      case 'standing':
        this.standing.value = message
        break
      case 'assign':
        this.assigning.value = message
        break
      case 'event':
        this.onEvent(message.event, this.#nowMs())
        break
    }
  }

  /** The newest of an index holds. */
  #takeSegment(segment: SessionSegment): void {
    const others = this.segments.value.filter(({ index }) => index !== segment.index)
    this.segments.value = [...others, segment].sort((a, b) => a.index - b.index).slice(-KEPT_SEGMENTS)
  }

  #takeState(state: FeedState): void {
    const before = this.state.value
    const another = before !== null && before.recording !== null && state.recording !== before.recording
    // a replay that begins again, or another recording: its strides count from 0 anew
    if (before && (another || state.timeS < before.timeS - 1)) this.#forget()
    if (another) {
      this.marks.value = []
      this.notes.value = []
      this.alerts.value = []
    }
    this.stateAtMs.value = this.#nowMs()
    this.state.value = state
    if (before?.phase !== state.phase) this.#draw()
  }

  #take(step: Step): void {
    const known = this.#newest[step.leg]
    if (!known.some(({ index }) => index === step.index)) this.#stances++
    this.#newest[step.leg] = withStep(known, step)
    const peakPct = step.metrics['peakEversionPct' satisfies StrideMetric]
    if (typeof peakPct === 'number' && isUsable(step)) this.trends[step.leg].push(step.toS, peakPct)
  }

  #forget(): void {
    this.#newest = { left: [], right: [] }
    this.#stances = 0
    this.trends = { left: new Trend(), right: new Trend() }
    this.segments.value = []
    this.baseline.value = null
    this.#draw()
  }

  #requestDraw(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#schedule(() => {
      this.#scheduled = false
      this.#draw()
    })
  }

  #draw(): void {
    batch(() => {
      for (const side of SIDES) this.steps[side].value = this.#newest[side]
      this.stances.value = this.#stances
    })
  }
}

/** With one more, and of its own kind so many at most: gaps push no other mark out. */
function withMark(marks: readonly Mark[], mark: Mark): Mark[] {
  const isAlike = (other: Mark): boolean => Boolean(other.gap) === Boolean(mark.gap)
  const alike = marks.filter(isAlike)
  return [...marks.filter((other) => alike.length < KEPT_MARKS || other !== alike[0]), mark]
}
