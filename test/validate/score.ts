import { type AnalysisDocument, CURVE_POINTS, type Stride } from '../../host/analysis/document.ts'
import { matchEvents, matchStrides } from './match.ts'
import { mean, rms } from './statistics.ts'
import type { TrueStride, Truth } from './truth.ts'

/** Metrics held against the truth where it knows them. */
export const METRICS = [
  'contactTimeMs',
  'strikeAngleDeg',
  'footProgressionDeg',
  'heelRisePct',
  'toeOffAngleDeg',
  'pushOffVelocityDegPerS',
  'footLiftM',
  'toeClearanceM',
  'eversionAtContactDeg',
  'peakEversionDeg',
  'peakEversionPct',
  'eversionExcursionDeg',
  'peakEversionVelocityDegPerS',
  'tibialRotationExcursionDeg',
  'peakTibialRotationPct',
  'peakDorsiflexionDeg',
  'peakTibialAxialG',
  'strideLengthM',
] as const
export type ScoredMetric = (typeof METRICS)[number]
/** Scored apart: without the belt speed; and where the tibia hardly turns, so that its peak is flat. */
export type SplitMetric = 'strideLengthWithheldM' | 'peakTibialRotationSmallPct'
const SMALL_ROTATION_DEG = 6

export const SCORED_CURVES = ['eversion', 'tibialRotation', 'dorsiflexion'] as const
export type ScoredCurve = (typeof SCORED_CURVES)[number]
export const SCORED_KINDS = ['initial-contact', 'toe-off'] as const
export type ScoredKind = (typeof SCORED_KINDS)[number]

export interface EventScore {
  truth: number
  missed: number
  extra: number
  errorsMs: number[]
  /** From when it happened to when it was announced. */
  delaysMs: number[]
}

/** Found and true values, stride by stride. */
export interface MetricPairs {
  found: number[]
  truth: number[]
  /** 1 SD as the analysis states it. */
  stated: (number | null)[]
}

export interface CurveScore {
  /** Root mean square over the stance; and with each stride's own mean difference taken off. */
  rms: number[]
  shape: number[]
  /** Sums over strides, point by point. */
  found: number[]
  truth: number[]
}

/** One session held against its truth. Plain data. */
export interface SessionScore {
  name: string
  lagMs: number
  events: Record<ScoredKind, EventScore>
  strides: { truth: number; matched: number; doubted: number }
  metrics: Partial<Record<ScoredMetric | SplitMetric, MetricPairs>>
  curves: Partial<Record<ScoredCurve, CurveScore>>
  /** Why strides were doubted, and what was noticed of the session, with how often. */
  reasons: Record<string, number>
  notes: string[]
}

/** @param withheld the same session analysed without its belt speed */
export function score(
  name: string,
  truth: Truth,
  document: AnalysisDocument,
  withheld: AnalysisDocument | null = null,
): SessionScore {
  const matched = matchEvents(document, truth)
  const { lagS } = matched
  const events = Object.fromEntries(
    SCORED_KINDS.map((kind): [ScoredKind, EventScore] => {
      const pairs = matched.pairs.filter((pair) => pair.truth.kind === kind)
      const missed = matched.missed.filter((event) => event.kind === kind).length
      return [
        kind,
        {
          truth: pairs.length + missed,
          missed,
          extra: matched.extra.filter((event) => event.kind === kind).length,
          errorsMs: pairs.map((pair) => 1000 * pair.errorS),
          delaysMs: pairs.map((pair) => 1000 * (pair.found.announcedS - lagS - pair.truth.timeS)),
        },
      ]
    }),
  ) as Record<ScoredKind, EventScore>
  const strides = matchStrides(document.strides, truth, lagS)
  const small = strides.filter((s) => Number(s.truth.tibialRotationExcursionDeg) < SMALL_ROTATION_DEG)
  const large = strides.filter((s) => !small.includes(s))
  const metrics: SessionScore['metrics'] = {}
  const put = (name: ScoredMetric | SplitMetric, of: readonly StridePair[], metric: ScoredMetric): void => {
    const pairs = metricPairs(of, metric)
    if (pairs !== null) metrics[name] = pairs
  }
  for (const metric of METRICS) put(metric, metric === 'peakTibialRotationPct' ? large : strides, metric)
  put('peakTibialRotationSmallPct', small, 'peakTibialRotationPct')
  if (withheld !== null)
    put('strideLengthWithheldM', matchStrides(withheld.strides, truth, lagS), 'strideLengthM')
  const curves: SessionScore['curves'] = {}
  for (const curve of SCORED_CURVES) {
    const held = curveScore(strides, curve)
    if (held !== null) curves[curve] = held
  }
  return {
    name,
    lagMs: 1000 * lagS,
    events,
    strides: {
      truth: truth.strides.length,
      matched: strides.length,
      doubted: strides.filter(({ found }) => !found.quality.ok).length,
    },
    metrics,
    curves,
    reasons: reasonsOf(document.strides),
    notes: document.session.notes,
  }
}

type StridePair = { found: Stride; truth: TrueStride }

function metricPairs(strides: readonly StridePair[], metric: ScoredMetric): MetricPairs | null {
  const out: MetricPairs = { found: [], truth: [], stated: [] }
  for (const { found, truth } of strides) {
    const f = found[metric]
    const t = truth[metric]
    if (typeof f !== 'number' || typeof t !== 'number') continue
    out.found.push(f)
    out.truth.push(t)
    out.stated.push(found.uncertainty[metric] ?? null)
  }
  return out.found.length > 0 ? out : null
}

function curveScore(strides: readonly StridePair[], curve: ScoredCurve): CurveScore | null {
  const zero = (): number[] => new Array<number>(CURVE_POINTS).fill(0)
  const out: CurveScore = { rms: [], shape: [], found: zero(), truth: zero() }
  for (const { found, truth } of strides) {
    const f = found.curves[`${curve}Deg`]
    const t = truth[`${curve}CurveDeg`] as number[] | undefined
    if (f?.length !== CURVE_POINTS || t?.length !== CURVE_POINTS) continue
    const error = f.map((v, i) => v - t[i]!)
    const offset = mean(error)
    out.rms.push(rms(error))
    out.shape.push(rms(error.map((v) => v - offset)))
    for (let i = 0; i < CURVE_POINTS; i++) {
      out.found[i]! += f[i]!
      out.truth[i]! += t[i]!
    }
  }
  return out.rms.length > 0 ? out : null
}

function reasonsOf(strides: readonly Stride[]): Record<string, number> {
  const count: Record<string, number> = {}
  for (const { quality } of strides)
    for (const reason of quality.reasons) count[reason] = (count[reason] ?? 0) + 1
  return count
}
