import type { LeftRight, MetricSummary, StrideMetric } from '../analysis/document.ts'
import { minimalDetectableDifference } from './detectable.ts'

/** 100 (R − L) / ½ (R + L), %; `null` unless both have the same sign: about zero the index means nothing. */
export function symmetryIndex(left: number, right: number): number | null {
  return left * right <= 0 ? null : (100 * (right - left)) / (0.5 * (right + left))
}

/** One metric of both legs against each other, and what their uncertainties let one say. */
export function leftRight(
  metric: StrideMetric,
  left: Omit<MetricSummary, 'cvPct'>,
  right: Omit<MetricSummary, 'cvPct'>,
): LeftRight {
  const difference = right.mean - left.mean
  const detectable = minimalDetectableDifference(metric, left, right, 'leg')
  const index = symmetryIndex(left.mean, right.mean)
  // the index' derivatives by either mean: 400 times the other over the square of the sum
  const indexUncertainty =
    index === null || left.uncertainty === null || right.uncertainty === null
      ? null
      : (400 * Math.hypot(left.mean * right.uncertainty, right.mean * left.uncertainty)) /
        (left.mean + right.mean) ** 2
  return {
    difference,
    detectable,
    differs: detectable === null ? null : Math.abs(difference) > detectable,
    symmetryUncertaintyPct: indexUncertainty,
  }
}
