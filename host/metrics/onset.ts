import type { Onset } from '../analysis/document.ts'

/** Strides whose median makes one value: a single wild stride does not count. */
const MEDIAN_OF = 8
/** Values kept: at this many, neighbours are joined and every later one stands for twice as many strides. */
const MOST_BINS = 64
/** Fewer values than this show no trend: about a hundred strides of a leg. */
const LEAST_BINS = 12
/** Values that must lie on the slope. */
const LEAST_ON_SLOPE = 4
/** Chance at which a steady run is called changing, per metric: some eighty are looked at in a session. */
const CHANCE = 1e-4

/**
 * When a number began to change, and by how much: level, then a straight line. Memory is bounded: at most 64 bins however long the session.
 *
 * The onset is the bin at which a flat-then-sloping line fits best by least squares (Hinkley 1969; Feder 1975). Against no change the F statistic has
 * two more parameters, so its chance is (S₁/S₀)^(ν/2) with the sums of squares S and ν = m′ − 3; m′ is the number of bins less what
 * neighbours tell of each other, m (1 − r)/(1 + r) with the lag-one autocorrelation r of the residuals (Santer et al. 2000).
 */
export class OnsetFinder {
  readonly #times: number[] = []
  readonly #values: number[] = []
  /** Medians that make a bin, and those that wait for the others of theirs. */
  #perBin = 1
  #waiting = 0
  #waitingTime = 0
  #waitingValue = 0
  readonly #strides: number[] = []
  #strideTime = 0

  add(value: number, timeS: number): void {
    this.#strides.push(value)
    this.#strideTime += timeS / MEDIAN_OF
    if (this.#strides.length < MEDIAN_OF) return
    this.#strides.sort((a, b) => a - b)
    this.#waitingValue += 0.5 * (this.#strides[MEDIAN_OF / 2 - 1]! + this.#strides[MEDIAN_OF / 2]!)
    this.#waitingTime += this.#strideTime
    this.#waiting++
    this.#strides.length = 0
    this.#strideTime = 0
    if (this.#waiting === this.#perBin) this.#close()
  }

  #close(): void {
    this.#times.push(this.#waitingTime / this.#perBin)
    this.#values.push(this.#waitingValue / this.#perBin)
    this.#waiting = 0
    this.#waitingTime = 0
    this.#waitingValue = 0
    if (this.#times.length < MOST_BINS) return
    for (const kept of [this.#times, this.#values]) {
      for (let k = 0; k < MOST_BINS / 2; k++) kept[k] = 0.5 * (kept[2 * k]! + kept[2 * k + 1]!)
      kept.length = MOST_BINS / 2
    }
    this.#perBin *= 2
  }

  /** @returns `null` when a steady run explains the values as well, or there are too few */
  find(): Onset | null {
    const m = this.#times.length
    if (m < LEAST_BINS) return null
    const lastS = this.#times[m - 1]!
    let best = bend(this.#times, this.#values, 0)
    for (let k = 1; k <= m - LEAST_ON_SLOPE; k++) {
      const other = bend(this.#times, this.#values, k)
      if (other.squares < best.squares) best = other
    }
    const flat = bend(this.#times, this.#values, m - 1).squares
    const r = Math.max(0, autocorrelation(this.#times, this.#values, best))
    const independent = (m * (1 - r)) / (1 + r)
    if (independent <= 4 || (best.squares / flat) ** ((independent - 3) / 2) > CHANCE) return null
    const spanS = lastS - best.fromS
    const variance = (best.squares / (m - 3)) * (m / independent)
    return {
      fromS: best.fromS,
      perMinute: 60 * best.slope,
      change: best.slope * spanS,
      uncertainty: spanS * Math.sqrt(variance / best.spread),
    }
  }
}

interface Bend {
  fromS: number
  level: number
  slope: number
  /** What is left, squared and summed; and the same of the sloping regressor. */
  squares: number
  spread: number
}

/** Least squares of level + slope · max(0, t − times[at]); flat when nothing lies behind the bend. */
function bend(times: readonly number[], values: readonly number[], at: number): Bend {
  const fromS = times[at]!
  const m = times.length
  let meanX = 0
  let meanY = 0
  for (let k = 0; k < m; k++) {
    meanX += Math.max(0, times[k]! - fromS) / m
    meanY += values[k]! / m
  }
  let xx = 0
  let xy = 0
  let yy = 0
  for (let k = 0; k < m; k++) {
    const x = Math.max(0, times[k]! - fromS) - meanX
    const y = values[k]! - meanY
    xx += x * x
    xy += x * y
    yy += y * y
  }
  const slope = xx > 0 ? xy / xx : 0
  return { fromS, level: meanY - slope * meanX, slope, squares: Math.max(0, yy - slope * xy), spread: xx }
}

function autocorrelation(times: readonly number[], values: readonly number[], b: Bend): number {
  let products = 0
  let squares = 0
  let before = 0
  for (let k = 0; k < times.length; k++) {
    const off = values[k]! - b.level - b.slope * Math.max(0, times[k]! - b.fromS)
    if (k > 0) products += off * before
    squares += off * off
    before = off
  }
  return squares > 0 ? products / squares : 0
}
