import type { StrideEvents } from '../gait/events.ts'
import type { PodTrack } from './track.ts'

/** What is wrong with where two pods of a leg are worn. */
export type Mix = 'exchanged' | 'apart'

/** Strides the evidence is averaged over, and said after. */
const STRIDES = 4
/** A standing foot is still for this long at least, s. */
const STILL_S = 0.08
const STILL_STEP_S = 0.01
/** Shocks are looked for from this long before contact to this long after, s. */
const SHOCK_BEFORE_S = 0.03
const SHOCK_AFTER_S = 0.07
/** Mean log₁₀ of the shoe's stillness over the shin's from which the two look exchanged, and below which they do not. */
const EXCHANGED_ABOVE = 0.05
const PROPER_BELOW = 0
/** The same for the shin's shock and swing: below, it moves in turns with its shoe. */
const APART_BELOW = -0.4
const TOGETHER_ABOVE = 0

/**
 * Watches whether the pods of one leg are where they are said to be. A shoe lies stiller on the ground than a shin ever is, whatever the
 * mounts: exchanged pods show the reverse. A shin is shaken at its own foot's contact and turns most in its own foot's swing: a pod from the
 * other leg does both half a stride later.
 */
export class PairWatch {
  #exchange: number[] = []
  #together: number[] = []
  mix: Mix | null = null

  restart(): void {
    this.#exchange = []
    this.#together = []
  }

  /** @returns whether `mix` has changed */
  observe(shoe: PodTrack, shin: PodTrack, s: StrideEvents): boolean {
    push(this.#exchange, Math.log10(stillness(shoe, s) / stillness(shin, s)))
    push(this.#together, Math.log10(shockRatio(shin, s)) + Math.log10(swingRatio(shin, s)))
    if (this.#exchange.length < STRIDES) return false
    const before = this.mix
    const exchange = mean(this.#exchange)
    const together = mean(this.#together)
    if (together < APART_BELOW) this.mix = 'apart'
    else if (exchange > EXCHANGED_ABOVE) this.mix = 'exchanged'
    else if (together > TOGETHER_ABOVE && exchange < PROPER_BELOW) this.mix = null
    return this.mix !== before
  }
}

function push(values: number[], value: number): void {
  if (!Number.isFinite(value)) return
  values.push(value)
  if (values.length > STRIDES) values.shift()
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

/** Least RMS of the rate over a short while within the stride, as a share of the stride's own. */
function stillness(track: PodTrack, { icS, nextIcS }: StrideEvents): number {
  let least = Number.POSITIVE_INFINITY
  for (let fromS = icS; fromS + STILL_S < nextIcS; fromS += STILL_STEP_S)
    least = Math.min(least, meanRate2(track, fromS, fromS + STILL_S))
  return Math.sqrt(least / meanRate2(track, icS, nextIcS))
}

/** Mean square rate in swing over that in stance. */
const swingRatio = (track: PodTrack, s: StrideEvents): number =>
  meanRate2(track, s.toS, s.nextIcS) / meanRate2(track, s.icS, s.toS)

/** Shock at contact over that half a stride later. */
function shockRatio(track: PodTrack, { icS, nextIcS }: StrideEvents): number {
  const halfS = 0.5 * (icS + nextIcS)
  return (
    shock(track, icS - SHOCK_BEFORE_S, icS + SHOCK_AFTER_S) /
    shock(track, halfS - SHOCK_BEFORE_S, halfS + SHOCK_AFTER_S)
  )
}

function meanRate2(track: PodTrack, fromS: number, toS: number): number {
  const first = track.firstAtOrAfter(fromS)
  const last = track.firstAtOrAfter(toS)
  let sum = 0
  for (let n = first; n < last; n++) {
    const j = 3 * track.slot(n)
    sum += track.rate[j]! ** 2 + track.rate[j + 1]! ** 2 + track.rate[j + 2]! ** 2
  }
  return sum / (last - first)
}

/** Σ |Δf|² from sample to sample. */
function shock(track: PodTrack, fromS: number, toS: number): number {
  const last = track.firstAtOrAfter(toS)
  let sum = 0
  for (let n = track.firstAtOrAfter(fromS) + 1; n < last; n++) {
    const j = 3 * track.slot(n)
    const i = 3 * track.slot(n - 1)
    for (let k = 0; k < 3; k++) sum += (track.accel[j + k]! - track.accel[i + k]!) ** 2
  }
  return sum
}
