import type { StrideEvents } from '../gait/events.ts'
import type { PodTrack } from './track.ts'

/** What is wrong with where two pods of a leg are worn. */
export type Mix = 'exchanged' | 'apart'

/** Strides, and looks, the evidence is averaged over, and said after. */
const ENOUGH = 4
/** Stillness is looked for in every stride, and so often over so long, s: in a walker's exchanged pods no strides may be found. */
const LOOK_EVERY_S = 0.7
const LOOK_OVER_S = 1.5
/** In every part of it one of the two turns faster than this, rad/s: nobody stands. */
const PARTS = 3
const MOVING = 0.8
/** A standing foot is still for this long at least, s. */
const STILL_S = 0.08
const STILL_STEP_S = 0.01
/** Shocks are looked for from this long before contact to this long after, s. */
const SHOCK_BEFORE_S = 0.03
const SHOCK_AFTER_S = 0.07
/** Mean log₁₀ of the shoe's stillness over the shin's from which the two look exchanged, and below which they do not. */
const EXCHANGED_ABOVE = 0.085
/** Without strides it must be more; in walking it is. */
const SURELY_ABOVE = 0.3
const PROPER_BELOW = 0.06
/** The same for the shin's shock and swing: below, it moves in turns with its shoe. */
const APART_BELOW = -0.4
const TOGETHER_ABOVE = 0

/**
 * Watches whether the pods of one leg are where they are said to be. A shoe lies stiller on the ground than a shin ever is, whatever the
 * mounts: exchanged pods show the reverse. A shin is shaken at its own foot's contact and turns most in its own foot's swing: a pod from the
 * other leg does both half a stride later.
 */
export class PairWatch {
  private readonly looks: number[] = []
  private readonly exchange: number[] = []
  private readonly together: number[] = []
  private lookAtS = Number.NEGATIVE_INFINITY
  mix: Mix | null = null

  /** After every sample. @returns whether `mix` has changed */
  step(shoe: PodTrack, shin: PodTrack): boolean {
    const nowS = Math.min(newestS(shoe), newestS(shin))
    if (!(nowS >= this.lookAtS)) return false
    this.lookAtS = nowS + LOOK_EVERY_S
    const fromS = nowS - LOOK_OVER_S
    if (!moving(shoe, shin, fromS, nowS)) return false
    push(this.looks, stiller(shoe, shin, fromS, nowS))
    return this.judge()
  }

  /** @returns whether `mix` has changed */
  observe(shoe: PodTrack, shin: PodTrack, s: StrideEvents): boolean {
    push(this.exchange, stiller(shoe, shin, s.icS, s.nextIcS))
    push(this.together, Math.log10(shockRatio(shin, s)) + Math.log10(swingRatio(shin, s)))
    return this.judge()
  }

  private judge(): boolean {
    const before = this.mix
    const exchange = mean(this.exchange)
    const together = mean(this.together)
    if (together < APART_BELOW) this.mix = 'apart'
    else if (exchange > EXCHANGED_ABOVE || mean(this.looks) > SURELY_ABOVE) this.mix = 'exchanged'
    else if (together > TOGETHER_ABOVE && exchange < PROPER_BELOW) this.mix = null
    return this.mix !== before
  }
}

function push(values: number[], value: number): void {
  if (!Number.isFinite(value)) return
  values.push(value)
  if (values.length > ENOUGH) values.shift()
}

/** NaN until there are enough. */
const mean = (values: readonly number[]): number =>
  values.length < ENOUGH ? Number.NaN : values.reduce((a, b) => a + b, 0) / values.length

const newestS = (track: PodTrack): number =>
  track.count === 0 ? Number.NaN : track.timeS[track.slot(track.count - 1)]!

function moving(shoe: PodTrack, shin: PodTrack, fromS: number, toS: number): boolean {
  const partS = (toS - fromS) / PARTS
  for (let k = 0; k < PARTS; k++) {
    const startS = fromS + k * partS
    const fastest = Math.max(meanRate2(shoe, startS, startS + partS), meanRate2(shin, startS, startS + partS))
    if (!(fastest > MOVING ** 2)) return false
  }
  return true
}

const stiller = (shoe: PodTrack, shin: PodTrack, fromS: number, toS: number): number =>
  Math.log10(stillness(shoe, fromS, toS) / stillness(shin, fromS, toS))

/** Sums of the squared rate up to each sample of a span, so that every window in it costs two reads. */
let sums = new Float64Array(4096)

/** Least RMS of the rate over a short while within the span, as a share of the span's own. */
function stillness(track: PodTrack, fromS: number, toS: number): number {
  const first = track.firstAtOrAfter(fromS)
  const count = track.firstAtOrAfter(toS) - first
  if (sums.length <= count) sums = new Float64Array(2 * count)
  sums[0] = 0
  const { rate, timeS } = track
  for (let k = 0; k < count; k++) {
    const j = 3 * track.slot(first + k)
    sums[k + 1] = sums[k]! + (rate[j]! ** 2 + rate[j + 1]! ** 2 + rate[j + 2]! ** 2)
  }
  const whole = sums[count]! / count
  let least = Number.POSITIVE_INFINITY
  let low = 0
  let high = 0
  for (let startS = fromS; startS + STILL_S < toS; startS += STILL_STEP_S) {
    while (low < count && timeS[track.slot(first + low)]! < startS) low++
    while (high < count && timeS[track.slot(first + high)]! < startS + STILL_S) high++
    if (high > low) least = Math.min(least, (sums[high]! - sums[low]!) / (high - low))
  }
  return Math.sqrt(Math.max(0, least) / whole)
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
  const { rate } = track
  let sum = 0
  for (let n = first; n < last; n++) {
    const j = 3 * track.slot(n)
    sum += rate[j]! ** 2 + rate[j + 1]! ** 2 + rate[j + 2]! ** 2
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
