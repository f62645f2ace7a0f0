import { SIDES, type Side } from '../../shared/places.ts'
import {
  type AnalysisDocument,
  type LegSummary,
  STRIDE_METRICS,
  type Stride,
  type StrideMetric,
} from '../analysis/document.ts'
import { type MetricsSettings, metricsDefaults } from './settings.ts'

/** A trend needs this many strides. */
const LEAST_FOR_TREND = 8

/** Running moments of one metric with time: mean, spread, slope and the part of its uncertainty that does not average out. */
class Moments {
  n = 0
  mean = 0
  #squares = 0
  #meanTime = 0
  #timeSquares = 0
  #products = 0
  #uncertainty2 = 0

  /** Welford's update, extended to the time it happened. */
  add(value: number, timeS: number, uncertainty: number): void {
    this.n++
    const off = value - this.mean
    const offTime = timeS - this.#meanTime
    this.mean += off / this.n
    this.#meanTime += offTime / this.n
    this.#squares += off * (value - this.mean)
    this.#timeSquares += offTime * (timeS - this.#meanTime)
    this.#products += offTime * (value - this.mean)
    this.#uncertainty2 += (uncertainty * uncertainty - this.#uncertainty2) / this.n
  }

  get sd(): number {
    return this.n > 1 ? Math.sqrt(this.#squares / (this.n - 1)) : 0
  }

  /** Of the mean: what is common to all strides, and the scatter over √n. */
  get uncertainty(): number {
    return Math.hypot(Math.sqrt(this.#uncertainty2), this.n > 0 ? this.sd / Math.sqrt(this.n) : 0)
  }

  get slopePerMinute(): number | null {
    return this.n >= LEAST_FOR_TREND && this.#timeSquares > 0
      ? (60 * this.#products) / this.#timeSquares
      : null
  }
}

/** A session in a few numbers. Sums only: memory does not grow with it. Strides whose quality is not ok are left out. */
export class SessionSummary {
  readonly #exponent: number
  readonly #legs: Record<Side, { strides: number; metrics: Map<StrideMetric, Moments>; load: number }> = {
    left: { strides: 0, metrics: new Map(), load: 0 },
    right: { strides: 0, metrics: new Map(), load: 0 },
  }

  constructor(settings: MetricsSettings = metricsDefaults) {
    this.#exponent = settings.loadExponent
  }

  add(stride: Stride): void {
    if (!stride.quality.ok) return
    const leg = this.#legs[stride.leg]
    leg.strides++
    leg.load += Math.max(0, stride.peakTibialAxialG ?? 0) ** this.#exponent
    for (const name of STRIDE_METRICS) {
      const value = stride[name]
      if (value === null) continue
      let moments = leg.metrics.get(name)
      if (moments === undefined) {
        moments = new Moments()
        leg.metrics.set(name, moments)
      }
      moments.add(value, stride.icS, stride.uncertainty[name] ?? 0)
    }
  }

  /** (Σ peakTibialAxialG^m)^(1/m) per leg, an index without a unit (Beaupré et al. 1990); `null` without a shin pod. */
  cumulativeLoad(side: Side): number | null {
    const leg = this.#legs[side]
    return leg.metrics.has('peakTibialAxialG') ? leg.load ** (1 / this.#exponent) : null
  }

  result(): AnalysisDocument['summary'] {
    const symmetryPct: Partial<Record<StrideMetric, number>> = {}
    for (const name of STRIDE_METRICS) {
      const index = symmetryIndex(
        this.#legs.left.metrics.get(name)?.mean,
        this.#legs.right.metrics.get(name)?.mean,
      )
      if (index !== null) symmetryPct[name] = index
    }
    const drift: AnalysisDocument['summary']['drift'] = {}
    for (const side of SIDES) drift[side] = this.#drift(side)
    return { left: this.#leg('left'), right: this.#leg('right'), symmetryPct, drift }
  }

  #leg(side: Side): LegSummary {
    const { strides, metrics } = this.#legs[side]
    const out: LegSummary = { strides }
    for (const [name, m] of metrics)
      out[name] = { mean: m.mean, sd: m.sd, uncertainty: m.uncertainty, n: m.n }
    return out
  }

  #drift(side: Side): Partial<Record<StrideMetric, number>> {
    const out: Partial<Record<StrideMetric, number>> = {}
    for (const [name, moments] of this.#legs[side].metrics) {
      const slope = moments.slopePerMinute
      if (slope !== null) out[name] = slope
    }
    return out
  }
}

/** 100 (R − L) / ½ (R + L), %; `null` unless both have the same sign: about zero the index means nothing. */
export function symmetryIndex(left: number | undefined, right: number | undefined): number | null {
  if (left === undefined || right === undefined || left * right <= 0) return null
  return (100 * (right - left)) / (0.5 * (right + left))
}
