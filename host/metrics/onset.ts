import type { Onset } from '../analysis/document.ts'
import { fitted, memory, memoryOfRest } from './onset-fit.ts'

/** Strides whose median makes one value: a single wild stride does not count. */
const MEDIAN_OF = 8
/** Values kept: at this many, neighbours are joined and every later one stands for twice as many strides. */
const MOST_BINS = 64
/** Fewer values than this show no trend: about a hundred strides of a leg. */
const LEAST_BINS = 12
/** Values that must lie behind the onset. */
const LEAST_BEHIND = 4
/** Chance at which noise without a longer memory is called changing, per metric: some eighty are looked at in a session. */
const CHANCE = 1e-5

/**
 * When a number began to change, and by how much: a level, then a straight line or another level. Memory is bounded: at most 64 bins however long the session.
 *
 * The onset is the bin at which level-then-slope or level-then-level fits best by least squares (Hinkley 1969; Feder 1975). Against no change the F statistic has
 * two more parameters, so its chance is (S₁/S₀)^(ν/2) with the sums of squares S and ν = m′ − 3; m′ is the number of bins less what
 * neighbours tell of each other, m (1 − r)/(1 + r) with the lag-one autocorrelation r (Santer et al. 2000).
 */
export class OnsetFinder {
  private readonly times: number[] = []
  private readonly values: number[] = []
  /** Medians that make a bin, and those that wait for the others of theirs. */
  private perBin = 1
  private waiting = 0
  private waitingTime = 0
  private waitingValue = 0
  /** The strides since then, in ascending order. */
  private readonly strides: number[] = []
  private strideTime = 0

  add(value: number, timeS: number): void {
    this.sortIn(value)
    this.strideTime += timeS / MEDIAN_OF
    if (this.strides.length < MEDIAN_OF) return
    this.waitingValue += 0.5 * (this.strides[MEDIAN_OF / 2 - 1]! + this.strides[MEDIAN_OF / 2]!)
    this.waitingTime += this.strideTime
    this.waiting++
    this.strides.length = 0
    this.strideTime = 0
    if (this.waiting === this.perBin) this.close()
  }

  private sortIn(value: number): void {
    const { strides } = this
    let at = strides.length
    strides.push(value)
    for (; at > 0 && strides[at - 1]! > value; at--) strides[at] = strides[at - 1]!
    strides[at] = value
  }

  private close(): void {
    this.times.push(this.waitingTime / this.perBin)
    this.values.push(this.waitingValue / this.perBin)
    this.waiting = 0
    this.waitingTime = 0
    this.waitingValue = 0
    if (this.times.length < MOST_BINS) return
    for (const kept of [this.times, this.values]) {
      for (let k = 0; k < MOST_BINS / 2; k++) kept[k] = 0.5 * (kept[2 * k]! + kept[2 * k + 1]!)
      kept.length = MOST_BINS / 2
    }
    this.perBin *= 2
  }

  /** @returns `null` when a steady run explains the values as well, or there are too few */
  find(): Onset | null {
    const m = this.times.length
    if (m < LEAST_BINS) return null
    const flat = fitted(this.times, this.values, 'step', m).squares
    let best = fitted(this.times, this.values, 'slope', 0)
    for (const kind of ['slope', 'step'] as const)
      for (let k = 1; k <= m - LEAST_BEHIND; k++) {
        const other = fitted(this.times, this.values, kind, k)
        if (other.squares < best.squares) best = other
      }
    const r = Math.max(0, Math.min(memory(this.values), memoryOfRest(this.times, this.values, best)))
    const independent = (m * (1 - r)) / (1 + r)
    if (independent <= 4 || (best.squares / flat) ** ((independent - 3) / 2) > CHANCE) return null
    const slopes = best.kind === 'slope'
    const spanS = slopes ? this.times[m - 1]! - best.fromS : 1
    const variance = (best.squares / (m - 3)) * (m / independent)
    return {
      kind: best.kind,
      fromS: best.fromS,
      perMinute: slopes ? 60 * best.size : 0,
      change: best.size * spanS,
      uncertainty: spanS * Math.sqrt(variance / best.spread),
    }
  }
}
