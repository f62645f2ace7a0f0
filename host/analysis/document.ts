import type { Place, Side } from '../../shared/places.ts'
import type { GaitEvent, StrideEvents } from '../gait/events.ts'

/**
 * `analysis/1`: what a session's bytes come to. The same objects go live to the browser, into the JSON of `footfall analyze`
 * and out of a replay. Units are in the names; what cannot be known is `null`, with its reason in `quality.reasons`.
 */
export const ANALYSIS_FORMAT = 'analysis/1'

/** Numbers of one stride, by the names of `docs/measure.md`. */
export const STRIDE_METRICS = [
  'contactTimeMs',
  'flightTimeMs',
  'swingTimeMs',
  'strideTimeMs',
  'stepTimeMs',
  'dutyFactor',
  'cadenceSpm',
  'strideLengthM',
  'speedMPerS',
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
  'timeToPeakEversionMs',
  'eversionExcursionDeg',
  'peakEversionVelocityDegPerS',
  'peakEversionVelocityPct',
  'evertedPct',
  'resupinationDeg',
  'tibialRotationExcursionDeg',
  'peakTibialRotationPct',
  'couplingRatio',
  'couplingLagPct',
  'couplingAngleDeg',
  'peakDorsiflexionDeg',
  'peakDorsiflexionPct',
  'peakTibialAxialG',
  'timeToPeakTibialMs',
  'peakTibialResultantG',
  'tibialRateGPerS',
  'brakingG',
  'shoePeakG',
  'attenuationDb',
  'activePower',
  'impactPower',
  'medianPowerFrequencyHz',
] as const

export type StrideMetric = (typeof STRIDE_METRICS)[number]

export const CURVE_POINTS = 101
export const CURVES = ['eversionDeg', 'tibialRotationDeg', 'dorsiflexionDeg', 'tibialAxialG'] as const
export type CurveName = (typeof CURVES)[number]
export type Curves = Record<CurveName, number[] | null>

export type StrikeType = 'rearfoot' | 'midfoot' | 'forefoot'

export interface Phase {
  name: 'strike' | 'suspension' | 'transition' | 'shift' | 'propulsion'
  startPct: number
  endPct: number
  /** Travel within the phase, deg; `null` without both pods. */
  eversionDeg: number | null
  tibialRotationDeg: number | null
}

export interface Quality {
  ok: boolean
  /** Why not, or what to know: `settling`, `gap`, `clipped: left-shin`, `no shin pod`, … */
  reasons: string[]
}

export interface Stride extends StrideEvents, Record<StrideMetric, number | null> {
  strikeType: StrikeType | null
  strideLengthSource: 'belt' | 'estimated' | null
  clippedSamples: Partial<Record<Place, number>>
  phases: Phase[] | null
  /** 1-SD uncertainty of the metrics that have one. */
  uncertainty: Partial<Record<StrideMetric, number>>
  curves: Curves
  quality: Quality
}

/** How hard a foot came down, told while it still stands, for a cue within the same step. The stride that follows is the record. */
export interface Landing {
  leg: Side
  icS: number
  /** A clipped one is at least this. */
  peakTibialAxialG: number
}

/** A stance as it ends: for the live curve only. Alignment may still be settling; the stride that follows is the record. */
export interface LiveStance {
  leg: Side
  /** The stride this stance begins. */
  index: number
  icS: number
  toS: number
  footFlatS: number | null
  heelRiseS: number | null
  /** Session time of the sample that completed it. */
  announcedS: number
  curves: Curves
  metrics: Partial<Record<StrideMetric, number | null>>
  quality: Quality
}

export interface Alignment {
  method: string
  qualityPct: number
}

export interface PodReport {
  samples: number
  rateHz: number | null
  lostSamples: number
  clippedSamples: number
  clockErrorMs: number | null
  alignment: Alignment | null
}

export interface MetricSummary {
  mean: number
  /** Stride to stride, sample. */
  sd: number
  /** 100 sd / mean, of metrics that count from a true zero; else `null`. */
  cvPct: number | null
  /** Of the mean, 1 SD: what all strides share, and their scatter over √n; `null` for a metric that states none. */
  uncertainty: number | null
  n: number
}

/** Steps by their axial peak. */
export interface Intensity {
  low: number
  medium: number
  high: number
}

/** Travel of shoe or tibia in a phase, beside what captured runners do at this speed (`docs/norms.md`). */
export interface Movement {
  meanDeg: number
  sdDeg: number
  /** `null` where no norm covers activity and speed. */
  usualDeg: number | null
  usualSdDeg: number | null
  /** Well below the usual, beyond the measurement's own uncertainty; `null` where there is no usual way to move. */
  missing: boolean | null
}

export interface PhaseSummary {
  name: Phase['name']
  startPct: number
  endPct: number
  eversion: Movement | null
  tibialRotation: Movement | null
}

export type LegSummary = {
  strides: number
  /** (Σ peakTibialAxialG^m)^(1/m), no unit; `null` without a shin pod. */
  cumulativeLoad: number | null
  intensity: Intensity | null
  phases: PhaseSummary[] | null
} & Partial<Record<StrideMetric, MetricSummary>>

export interface LeftRight {
  /** Right minus left. */
  difference: number
  /** The least difference that is more than the measurement's own, 95 %; `null` when it cannot be said. */
  detectable: number | null
  differs: boolean | null
  /** 1 SD of the symmetry index, %. */
  symmetryUncertaintyPct: number | null
}

/** A number that stayed and then went: level until `fromS`, from there another level, or a straight line to the end. */
export interface Onset {
  kind: 'step' | 'slope'
  /** Session time. */
  fromS: number
  /** 0 for a step. */
  perMinute: number
  /** From the first level to the second, or to the end of the session; and its 1-SD uncertainty. */
  change: number
  uncertainty: number
}

export interface AnalysisDocument {
  format: typeof ANALYSIS_FORMAT
  software: { name: 'footfall'; version: string }
  session: {
    id: string
    activity: string | null
    durationS: number
    startedAt: string | null
    subject: Record<string, unknown>
    treadmill: Record<string, unknown>
    /** What the numbers were made with. */
    settings: Record<string, unknown>
    /** What was noticed: a pod that is missing, no standing period, gaps. */
    notes: string[]
  }
  pods: Partial<Record<Place, PodReport>>
  events: GaitEvent[]
  strides: Stride[]
  summary: {
    left: LegSummary
    right: LegSummary
    /** 100 · (right − left) / (½ (right + left)). */
    symmetryPct: Partial<Record<StrideMetric, number>>
    leftRight: Partial<Record<StrideMetric, LeftRight>>
    /** Change per minute over the session, least squares. */
    drift: Partial<Record<Side, Partial<Record<StrideMetric, number>>>>
    /** When it began, for those metrics that changed beyond chance: a steady run has none. */
    onset: Partial<Record<Side, Partial<Record<StrideMetric, Onset>>>>
  }
}
