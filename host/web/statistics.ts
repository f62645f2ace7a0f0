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
  const mean = first.map(() => 0)
  const sd = first.map(() => 0)
  for (const [k, curve] of curves.entries())
    for (let i = 0; i < mean.length; i++) {
      const delta = curve[i]! - mean[i]!
      mean[i]! += delta / (k + 1)
      sd[i]! += delta * (curve[i]! - mean[i]!)
    }
  for (let i = 0; i < sd.length; i++) sd[i] = curves.length > 1 ? Math.sqrt(sd[i]! / (curves.length - 1)) : 0
  return { mean, sd, n: curves.length }
}

/** Root of the mean square of the values that are known; `null` when none is. */
export function rootMeanSquare(values: readonly (number | undefined)[]): number | null {
  const squares = meanSd(values.map((value) => (value === undefined ? undefined : value * value)))
  return squares === null ? null : Math.sqrt(squares.mean)
}

/** Share `q` (0…1) of sorted ranks, nearest rank; `null` of nothing. */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null
}
