import type { StrideMetric } from '../analysis/document.ts'

/** A stretch of strides of one leg: a `MetricSummary` is one. */
export interface Stretch {
  sd: number
  n: number
  /** Of the mean, 1 SD; `null` when the metric states none. */
  uncertainty: number | null
}

/**
 * What two stretches have in common. `wearing`: the same leg, pods untouched: what belongs to leg and mounting drops out. `leg`: the left
 * against the right of one session. `session`: pods taken off and put on again.
 */
export type Kept = 'wearing' | 'leg' | 'session'

/**
 * How far means of a minute wander off the truth within one wearing, 1 SD: the worst of twelve legs on six-minute simulated runs with pods at
 * their worst (`test/tools/wander.ts`), rounded up for longer ones (`docs/methods/uncertainty.md`). Not named: nothing beyond the strides' scatter
 * was found.
 */
const WANDER: Partial<Record<StrideMetric, number>> = {
  contactTimeMs: 0.8,
  flightTimeMs: 0.8,
  swingTimeMs: 0.8,
  stepTimeMs: 0.2,
  dutyFactor: 0.001,
  cadenceSpm: 0.1,
  strikeAngleDeg: 0.15,
  footProgressionDeg: 0.6,
  heelRisePct: 0.15,
  toeOffAngleDeg: 0.3,
  pushOffVelocityDegPerS: 1.2,
  footLiftM: 0.0004,
  toeClearanceM: 0.001,
  eversionAtContactDeg: 0.35,
  peakEversionDeg: 0.4,
  peakEversionPct: 1.2,
  timeToPeakEversionMs: 3.5,
  eversionExcursionDeg: 0.25,
  peakEversionVelocityDegPerS: 6,
  peakEversionVelocityPct: 0.25,
  evertedPct: 1.5,
  resupinationDeg: 0.7,
  tibialRotationExcursionDeg: 0.1,
  peakTibialRotationPct: 0.9,
  couplingRatio: 0.03,
  couplingLagPct: 1.2,
  couplingAngleDeg: 2.2,
  peakDorsiflexionDeg: 0.15,
  peakDorsiflexionPct: 0.2,
  peakTibialAxialG: 0.05,
  timeToPeakTibialMs: 1.2,
  peakTibialResultantG: 0.05,
  tibialRateGPerS: 12,
  brakingG: 0.03,
  shoePeakG: 0.04,
}

/** A change within one wearing that is no more than this may be the measurement's own, 95 %, however many strides say so. */
export const leastChange = (metric: StrideMetric): number => 1.96 * Math.SQRT2 * (WANDER[metric] ?? 0)

/** Day to day with the pods put on anew: from published minimal detectable differences over 1.96 √2. */
const DAY_TO_DAY: Partial<Record<StrideMetric, number>> = {
  // 2 g and 1.5 g, 19 runners at 3.0 m/s
  peakTibialAxialG: 2 / (1.96 * Math.SQRT2),
  peakTibialResultantG: 1.5 / (1.96 * Math.SQRT2),
}

/**
 * The smallest difference between two means that is more than the measurement's own: t √(v_a + v_b), the 95 % bound of a difference of
 * independent measurements (GUM, JCGM 100:2008, 5.1.2 and G.4). Within one wearing v = sd²/n + wander²; otherwise v is the square of the mean's
 * whole uncertainty, or of the published day-to-day repeatability where that is larger. `null` when it cannot be said.
 */
export function minimalDetectableDifference(
  metric: StrideMetric,
  a: Stretch,
  b: Stretch,
  kept: Kept,
): number | null {
  if (kept === 'wearing') return withinWearing(metric, a, b)
  if (a.uncertainty === null || b.uncertainty === null) return null
  const least = kept === 'session' ? (DAY_TO_DAY[metric] ?? 0) : 0
  return 1.96 * Math.hypot(Math.max(a.uncertainty, least), Math.max(b.uncertainty, least))
}

function withinWearing(metric: StrideMetric, a: Stretch, b: Stretch): number | null {
  if (a.n < 2 || b.n < 2) return null
  const wander = 2 * (WANDER[metric] ?? 0) ** 2
  const scatterA = (a.sd * a.sd) / a.n
  const scatterB = (b.sd * b.sd) / b.n
  const variance = scatterA + scatterB + wander
  if (variance === 0) return 0
  // Welch–Satterthwaite; what wanders is known well
  const freedom = (variance * variance) / (scatterA ** 2 / (a.n - 1) + scatterB ** 2 / (b.n - 1))
  return studentT(freedom) * Math.sqrt(variance)
}

/** Two-sided 95 % point of Student's t by its expansion about the normal's (Abramowitz & Stegun 1964, 26.7.5), from four degrees of freedom on. */
export function studentT(freedom: number): number {
  const z = 1.959964
  const v = Math.max(1, freedom)
  const g1 = (z ** 3 + z) / 4
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  return z + g1 / v + g2 / v ** 2 + g3 / v ** 3
}
