/** How far found lies from true: errors are found minus true. */
export interface Agreement {
  n: number
  bias: number
  /** Of the population, as everywhere here. */
  sd: number
  rms: number
  /** Limits of agreement, bias ∓ 1.96 SD (Bland and Altman 1986). */
  loaLow: number
  loaHigh: number
  /** 95th percentile of the absolute error. */
  p95: number
}

export const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length

export function sd(x: readonly number[]): number {
  const m = mean(x)
  return Math.sqrt(mean(x.map((v) => (v - m) ** 2)))
}

export const rms = (x: readonly number[]): number => Math.sqrt(mean(x.map((v) => v * v)))

const sorted = (x: readonly number[]): number[] => [...x].sort((a, b) => a - b)

/** Nearest rank: the smallest value that at least `p` of all do not exceed. */
export function quantile(x: readonly number[], p: number): number {
  const s = sorted(x)
  return s[Math.max(0, Math.min(s.length, Math.ceil(p * s.length)) - 1)] ?? Number.NaN
}

export function median(x: readonly number[]): number {
  const s = sorted(x)
  const half = s.length >> 1
  return (s.length % 2 ? s[half] : (s[half - 1]! + s[half]!) / 2) ?? Number.NaN
}

export function agreement(errors: readonly number[]): Agreement | null {
  if (errors.length === 0) return null
  const bias = mean(errors)
  const spread = sd(errors)
  return {
    n: errors.length,
    bias,
    sd: spread,
    rms: rms(errors),
    loaLow: bias - 1.96 * spread,
    loaHigh: bias + 1.96 * spread,
    p95: quantile(errors.map(Math.abs), 0.95),
  }
}

/** Errors of several trials: how they scatter within one, and how the trials' own biases scatter. */
export interface Pooled extends Agreement {
  /** √(Σ n σ² / Σ n). */
  sdWithin: number
  /** SD of the trials' biases; 0 with a single trial. */
  sdBetween: number
  /** The trial's bias furthest from zero. */
  worstBias: number
}

export function pooled(trials: readonly (readonly number[])[]): Pooled | null {
  const some = trials.filter((errors) => errors.length > 0)
  const all = agreement(some.flat())
  if (all === null) return null
  const biases = some.map(mean)
  const square = some.reduce((sum, errors) => sum + errors.length * sd(errors) ** 2, 0)
  return {
    ...all,
    sdWithin: Math.sqrt(square / all.n),
    sdBetween: sd(biases),
    worstBias: biases.reduce((worst, b) => (Math.abs(b) > Math.abs(worst) ? b : worst), 0),
  }
}
