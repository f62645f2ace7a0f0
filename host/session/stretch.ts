import {
  CURVE_POINTS,
  CURVES,
  type CurveName,
  STRIDE_METRICS,
  type Stride,
  type StrideMetric,
} from '../analysis/document.ts'
import { MetricCourse, nearOnCircle } from '../metrics/summary.ts'
import type { LegStretch } from './feed.ts'

/** Mean and scatter of a curve's points. */
class CurveSums {
  n = 0
  readonly #mean = new Float64Array(CURVE_POINTS)
  readonly #squares = new Float64Array(CURVE_POINTS)

  /** Welford's update (1962), point by point. */
  add(curve: readonly number[]): void {
    this.n++
    for (let i = 0; i < CURVE_POINTS; i++) {
      const off = curve[i]! - this.#mean[i]!
      this.#mean[i]! += off / this.n
      this.#squares[i]! += off * (curve[i]! - this.#mean[i]!)
    }
  }

  result(): { mean: number[]; sd: number[] } {
    const free = Math.max(1, this.n - 1)
    return { mean: [...this.#mean], sd: Array.from(this.#squares, (sum) => Math.sqrt(sum / free)) }
  }
}

/** Good strides of one leg in running sums: what it holds does not grow with them. */
export class StretchSums {
  #strides = 0
  readonly #metrics = new Map<StrideMetric, MetricCourse>()
  readonly #curves = new Map<CurveName, CurveSums>()

  /** A stride whose quality is ok. */
  add(stride: Stride): void {
    this.#strides++
    for (const name of STRIDE_METRICS) {
      const value = stride[name]
      if (value === null) continue
      const course = this.#metrics.get(name) ?? new MetricCourse()
      this.#metrics.set(name, course)
      const at = name === 'couplingAngleDeg' ? nearOnCircle(value, course.moments) : value
      course.add(at, stride.icS, stride.uncertainty[name])
    }
    for (const name of CURVES) {
      const curve = stride.curves[name]
      if (curve === null) continue
      const sums = this.#curves.get(name) ?? new CurveSums()
      this.#curves.set(name, sums)
      sums.add(curve)
    }
  }

  result(): LegStretch {
    const metrics: LegStretch['metrics'] = {}
    for (const [name, course] of this.#metrics) {
      const { mean, sd, n, uncertainty } = course.summary(name)
      metrics[name] = { mean, sd, n, uncertainty }
    }
    const curves: LegStretch['curves'] = {}
    for (const [name, sums] of this.#curves) curves[name] = sums.result()
    return { strides: this.#strides, metrics, curves }
  }
}

export const stretchOf = (strides: readonly Stride[]): LegStretch => {
  const sums = new StretchSums()
  for (const stride of strides) sums.add(stride)
  return sums.result()
}
