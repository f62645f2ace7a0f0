import type { Baseline, Side, StrideMetric } from '../../../host/server/messages.ts'

/** A usual of these means, both legs. */
export function baselineOf(
  means: Partial<Record<StrideMetric, Partial<Record<Side, number>>>>,
  setS = 10,
): Baseline {
  const leg = (side: Side) => ({
    strides: 20,
    metrics: Object.fromEntries(
      Object.entries(means)
        .filter(([, legs]) => legs[side] !== undefined)
        .map(([name, legs]) => [name, { mean: legs[side]!, sd: 0.1, n: 20, uncertainty: null }]),
    ),
    curves: {},
  })
  return { setS, legs: { left: leg('left'), right: leg('right') } }
}
