import type { Group, HeldTo } from './groups.ts'
import {
  METRICS,
  type MetricPairs,
  SCORED_CURVES,
  SCORED_KINDS,
  type ScoredCurve,
  type ScoredKind,
  type ScoredMetric,
  type SessionScore,
  type SplitMetric,
} from './score.ts'
import { agreement, mean, type Pooled, pooled, quantile } from './statistics.ts'

export interface EventSummary {
  truth: number
  missed: number
  extra: number
  errorMs: Pooled | null
  /** 95th percentile from happening to announcing. */
  announceP95Ms: number | null
}

export interface MetricSummary extends Pooled {
  /** Share of strides whose error exceeds twice the stated uncertainty, %; `null` when none is stated. */
  beyondPct: number | null
  meanFound: number
  meanTruth: number
}

export interface CurveSummary {
  n: number
  meanRms: number
  meanShape: number
  worstShape: number
  /** Mean over strides, 101 points over the stance. */
  found: number[]
  truth: number[]
}

/** A group of sessions as one. */
export interface GroupSummary {
  name: string
  heldTo: HeldTo
  sessions: number
  events: Record<ScoredKind, EventSummary>
  strides: { truth: number; matched: number; doubted: number }
  metrics: Partial<Record<ScoredMetric | SplitMetric, MetricSummary>>
  curves: Partial<Record<ScoredCurve, CurveSummary>>
  /** As {@link MetricSummary.beyondPct}, over all metrics. */
  beyondPct: number | null
  reasons: Record<string, number>
  scores: readonly SessionScore[]
}

export const ALL_METRICS = [...METRICS, 'strideLengthWithheldM', 'peakTibialRotationSmallPct'] as const
/** Errors of these are in % of the true value. */
const RELATIVE: ReadonlySet<string> = new Set(['strideLengthM', 'strideLengthWithheldM'])

export function errorsOf(metric: string, pairs: MetricPairs | undefined): number[] {
  const relative = RELATIVE.has(metric)
  return (pairs?.found ?? []).map((found, i) => {
    const truth = pairs!.truth[i]!
    return relative ? 100 * (found / truth - 1) : found - truth
  })
}

/** How many have an uncertainty, and how many err by more than twice it. */
function beyond(pairs: readonly MetricPairs[]): { stated: number; beyond: number } {
  const count = { stated: 0, beyond: 0 }
  for (const { found, truth, stated } of pairs)
    stated.forEach((sd, i) => {
      if (sd === null) return
      count.stated++
      if (Math.abs(found[i]! - truth[i]!) > 2 * sd) count.beyond++
    })
  return count
}

const share = ({ stated, beyond }: { stated: number; beyond: number }): number | null =>
  stated > 0 ? (100 * beyond) / stated : null

export function summarise(group: Omit<Group, 'jobs'>, scores: readonly SessionScore[]): GroupSummary {
  const events = Object.fromEntries(
    SCORED_KINDS.map((kind) => [kind, eventSummary(scores.map((s) => s.events[kind]))]),
  ) as Record<ScoredKind, EventSummary>
  const metrics: GroupSummary['metrics'] = {}
  for (const metric of ALL_METRICS) {
    const summary = metricSummary(metric, scores)
    if (summary !== null) metrics[metric] = summary
  }
  const curves: GroupSummary['curves'] = {}
  for (const curve of SCORED_CURVES) {
    const summary = curveSummary(curve, scores)
    if (summary !== null) curves[curve] = summary
  }
  const sum = (of: (s: SessionScore) => number): number => scores.reduce((total, s) => total + of(s), 0)
  const reasons: Record<string, number> = {}
  for (const score of scores)
    for (const [reason, n] of Object.entries(score.reasons)) reasons[reason] = (reasons[reason] ?? 0) + n
  return {
    name: group.name,
    heldTo: group.heldTo,
    sessions: scores.length,
    events,
    strides: {
      truth: sum((s) => s.strides.truth),
      matched: sum((s) => s.strides.matched),
      doubted: sum((s) => s.strides.doubted),
    },
    metrics,
    curves,
    beyondPct: share(beyond(scores.flatMap((s) => Object.values(s.metrics)))),
    reasons,
    scores,
  }
}

function eventSummary(scores: readonly SessionScore['events'][ScoredKind][]): EventSummary {
  const delays = scores.flatMap((s) => s.delaysMs)
  const sum = (of: 'truth' | 'missed' | 'extra'): number => scores.reduce((total, s) => total + s[of], 0)
  return {
    truth: sum('truth'),
    missed: sum('missed'),
    extra: sum('extra'),
    errorMs: pooled(scores.map((s) => s.errorsMs)),
    announceP95Ms: delays.length > 0 ? quantile(delays, 0.95) : null,
  }
}

function metricSummary(
  metric: ScoredMetric | SplitMetric,
  scores: readonly SessionScore[],
): MetricSummary | null {
  const pairs = scores.map((s) => s.metrics[metric]).filter((p) => p !== undefined)
  const errors = pooled(pairs.map((p) => errorsOf(metric, p)))
  if (errors === null) return null
  return {
    ...errors,
    beyondPct: share(beyond(pairs)),
    meanFound: mean(pairs.flatMap((p) => p.found)),
    meanTruth: mean(pairs.flatMap((p) => p.truth)),
  }
}

function curveSummary(curve: ScoredCurve, scores: readonly SessionScore[]): CurveSummary | null {
  const held = scores.map((s) => s.curves[curve]).filter((c) => c !== undefined)
  const all = agreement(held.flatMap((c) => c.rms))
  if (all === null) return null
  const shape = agreement(held.flatMap((c) => c.shape))!
  const over = (which: 'found' | 'truth'): number[] =>
    held[0]![which].map((_, i) => held.reduce((sum, c) => sum + c[which][i]!, 0) / all.n)
  return {
    n: all.n,
    meanRms: all.bias,
    meanShape: shape.bias,
    worstShape: Math.max(...held.flatMap((c) => c.shape)),
    found: over('found'),
    truth: over('truth'),
  }
}
