export interface MeanSd {
  mean: number
  /** Sample standard deviation; `null` for a single value. */
  sd: number | null
  n: number
}

/** Mean and sample SD of the values that are known; `null` when none is. */
export function meanSd(values: readonly (number | null | undefined)[]): MeanSd | null {
  let n = 0
  let mean = 0
  let squares = 0
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue
    n++
    const delta = value - mean
    mean += delta / n
    squares += delta * (value - mean)
  }
  return n === 0 ? null : { mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null, n }
}

export interface Band {
  mean: number[]
  sd: number[]
  n: number
}

/** Point by point mean and sample SD (0 for a single curve) of curves of one length; `null` when there is none. */
export function band(curves: readonly (readonly number[])[]): Band | null {
  const first = curves[0]
  if (first === undefined) return null
  const points = first.map((_, i) => meanSd(curves.map((curve) => curve[i])))
  return {
    mean: points.map((point) => point?.mean ?? Number.NaN),
    sd: points.map((point) => point?.sd ?? 0),
    n: curves.length,
  }
}

/** Symmetry index, %: 100 · (right − left) / (½ (right + left)); `null` where the mean is zero. */
export function symmetryPct(left: number, right: number): number | null {
  const middle = (left + right) / 2
  return middle === 0 ? null : (100 * (right - left)) / middle
}

/**
 * The smallest difference between two values that their 1-SD uncertainties let one tell: 1.96 √(uₗ² + uᵣ²), the 95 % bound
 * of the difference of two independent measurements (GUM, JCGM 100:2008, 5.1.2).
 */
export const detectableDifference = (uncertaintyA: number, uncertaintyB: number): number =>
  1.96 * Math.hypot(uncertaintyA, uncertaintyB)

/** Share `q` (0…1) of sorted ranks, nearest rank; `null` of nothing. */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null
}
