import { SIDES, type Side } from '../../shared/places.ts'
import type { Stride, StrideMetric } from '../analysis/document.ts'
import { minimalDetectableDifference } from '../metrics/detectable.ts'
import type { AlertBoard } from './alert-board.ts'
import type { Baseline } from './feed.ts'

/** What is watched: one number for each thing a runner can change. */
const WATCHED = [
  'peakEversionPct',
  'peakEversionDeg',
  'tibialRotationExcursionDeg',
  'peakTibialAxialG',
  'contactTimeMs',
  'cadenceSpm',
  'strikeAngleDeg',
] as const satisfies StrideMetric[]

/** Strides in a row beyond the usual that raise an alert, and strides whose mean is within that lower it. */
const TO_RAISE = 12
const TO_LOWER = 24
/** At most one new one in so long, s. */
const PAUSE_S = 60

/** One metric of one leg since the baseline was set. */
interface Course {
  side: Side
  metric: StrideMetric
  usual: { mean: number; sd: number; n: number; uncertainty: number | null }
  /** The last good strides, newest last. */
  values: number[]
  times: number[]
  /** Strides since the alert was raised. */
  since: number
}

interface Beyond {
  value: number
  detectable: number
  /** How many detectable differences it is away. */
  times: number
}

/**
 * Alerts when a number leaves the usual. Raised when each of the last 12 good strides is further from the baseline's mean, on one side, than the
 * smallest detectable difference of the two stretches; so chance raises none: for steady scatter a single stride is that far on one side less than one time in four.
 * Lowered when the mean of the last 24 is within again.
 */
export class UsualAlerts {
  readonly #board: AlertBoard
  #courses: Course[] = []
  #lastRaisedS = Number.NEGATIVE_INFINITY

  constructor(board: AlertBoard) {
    this.#board = board
  }

  /** Counts from another baseline, or from none. */
  follow(baseline: Baseline | null): void {
    for (const course of this.#courses) this.#board.clear(keyOf(course))
    this.#courses = SIDES.flatMap((side) =>
      WATCHED.flatMap((metric) => {
        const usual = baseline?.legs[side].metrics[metric]
        return usual ? [{ side, metric, usual, values: [], times: [], since: 0 }] : []
      }),
    )
  }

  stride(stride: Stride): void {
    if (!stride.quality.ok) return
    let most: { course: Course; beyond: Beyond } | null = null
    for (const course of this.#courses) {
      if (course.side !== stride.leg || !take(course, stride)) continue
      if (this.#board.has(keyOf(course))) {
        course.since++
        if (course.since >= TO_LOWER && isWithin(course)) this.#board.clear(keyOf(course))
        continue
      }
      const beyond = isBeyond(course)
      if (beyond !== null && beyond.times > (most?.beyond.times ?? 0)) most = { course, beyond }
    }
    if (most !== null && stride.nextIcS - this.#lastRaisedS >= PAUSE_S)
      this.#raise(most.course, most.beyond, stride.nextIcS)
  }

  #raise(course: Course, { value, detectable }: Beyond, nowS: number): void {
    this.#lastRaisedS = nowS
    course.since = 0
    const { side, metric, usual, times } = course
    this.#board.raise({
      key: keyOf(course),
      level: 'attention',
      fromS: times.at(-TO_RAISE)!,
      code: CODE,
      side,
      metric,
      values: { value, usual: usual.mean, detectable },
    })
  }
}

const CODE = 'metric-beyond-usual'
const keyOf = ({ side, metric }: Course): string => `${CODE} ${side} ${metric}`

/** Whether an alert of this key is one of these. */
export const isUsualAlert = (key: string): boolean => key.startsWith(CODE)

/** Whether the stride has the number. */
function take(course: Course, stride: Stride): boolean {
  const value = stride[course.metric]
  if (value === null) return false
  course.values.push(value)
  course.times.push(stride.icS)
  if (course.values.length > TO_LOWER) {
    course.values.shift()
    course.times.shift()
  }
  return true
}

function isBeyond({ metric, usual, values }: Course): Beyond | null {
  if (values.length < TO_RAISE) return null
  const last = values.slice(-TO_RAISE)
  const { mean, sd } = momentsOf(last)
  const detectable = detectableOf(metric, usual, sd, TO_RAISE)
  if (detectable === null) return null
  const up = mean > usual.mean
  for (const value of last) if ((up ? value - usual.mean : usual.mean - value) <= detectable) return null
  return {
    value: mean,
    detectable,
    times: Math.abs(mean - usual.mean) / Math.max(detectable, Number.EPSILON),
  }
}

function isWithin({ metric, usual, values }: Course): boolean {
  const { mean, sd } = momentsOf(values)
  const detectable = detectableOf(metric, usual, sd, values.length)
  return detectable !== null && Math.abs(mean - usual.mean) <= detectable
}

const detectableOf = (metric: StrideMetric, usual: Course['usual'], sd: number, n: number) =>
  minimalDetectableDifference(metric, usual, { sd, n, uncertainty: null }, 'wearing')

function momentsOf(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length - 1)) }
}
