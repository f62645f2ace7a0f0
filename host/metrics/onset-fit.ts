import type { Onset } from '../analysis/document.ts'

/** A level and what comes behind it. */
export interface Fit {
  kind: Onset['kind']
  /** First value behind the onset. */
  at: number
  fromS: number
  /** Of the step; of the slope per second. */
  size: number
  /** Of the regressor, and of the values. */
  meanX: number
  meanY: number
  /** What is left, squared and summed; and the same of the regressor. */
  squares: number
  spread: number
}

/** The regressor: 0, and behind the onset 1 or the seconds since. */
const behind = (times: readonly number[], kind: Onset['kind'], at: number, k: number): number =>
  k < at ? 0 : kind === 'step' ? 1 : times[k]! - times[at]!

/** Least squares of a level and, from a value on, another level or a slope; of the level alone when nothing lies behind. */
export function fitted(
  times: readonly number[],
  values: readonly number[],
  kind: Onset['kind'],
  at: number,
): Fit {
  const m = times.length
  const fromS = kind === 'step' ? 0.5 * ((times[at - 1] ?? 0) + (times[at] ?? 0)) : times[at]!
  let meanX = 0
  let meanY = 0
  for (let k = 0; k < m; k++) {
    meanX += behind(times, kind, at, k) / m
    meanY += values[k]! / m
  }
  let xx = 0
  let xy = 0
  let yy = 0
  for (let k = 0; k < m; k++) {
    const x = behind(times, kind, at, k) - meanX
    const y = values[k]! - meanY
    xx += x * x
    xy += x * y
    yy += y * y
  }
  const size = xx > 0 ? xy / xx : 0
  return { kind, at, fromS, size, meanX, meanY, squares: Math.max(0, yy - size * xy), spread: xx }
}

/** Autocorrelation of what a fit leaves, from one value to the next: too high where the change has another shape. */
export function memoryOfRest(
  times: readonly number[],
  values: readonly number[],
  { kind, at, size, meanX, meanY }: Fit,
): number {
  let products = 0
  let squares = 0
  let before = 0
  for (let k = 0; k < values.length; k++) {
    const rest = values[k]! - meanY - size * (behind(times, kind, at, k) - meanX)
    if (k > 0) products += rest * before
    squares += rest * rest
    before = rest
  }
  return squares > 0 ? products / squares : 0
}

/**
 * The same out of the steps between values, which knows of no fit but is less sure: for noise with memory r neighbouring steps correlate by −(1 − r)/2. A trend
 * or a jump hardly shows in steps, which are cut at two SD (1.4826 medians each), so what is looked for does not hide itself.
 */
export function memory(values: readonly number[]): number {
  const steps = values.slice(1).map((v, k) => v - values[k]!)
  const sizes = steps.map(Math.abs).sort((a, b) => a - b)
  const most = 2 * 1.4826 * sizes[sizes.length >> 1]!
  let products = 0
  let squares = 0
  let before = 0
  for (const [k, step] of steps.entries()) {
    const cut = Math.max(-most, Math.min(most, step))
    if (k > 0) products += cut * before
    squares += cut * cut
    before = cut
  }
  return squares > 0 ? 1 + (2 * products) / squares : 0
}
