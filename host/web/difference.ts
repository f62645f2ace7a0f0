import { type Kept, leastChange, minimalDetectableDifference, studentT } from '../metrics/detectable.ts'
import type { CurveName, LegStretch, Mark } from '../server/messages.ts'
import { CURVE_LOOK } from './curves.ts'

/** One leg's curve after, minus before, over stance. */
export interface CurveDifference {
  mean: number[]
  /** Half the width of its 95 % band: the strides' scatter. */
  half: number[]
  /** What the measurement itself may make of no change, either way; `null` when it cannot be said. */
  zone: number | null
  /** Where it differs, % of stance: out of the zone and with a band that excludes zero. */
  stretches: { fromPct: number; toPct: number }[]
}

/** @returns `null` where one of the two has no such curve, or too few strides to know their scatter */
export function curveDifference(
  name: CurveName,
  before: LegStretch,
  after: LegStretch,
  kept: Kept,
): CurveDifference | null {
  const a = before.curves[name]
  const b = after.curves[name]
  const { peak } = CURVE_LOOK[name]
  const [inA, inB] = [before.metrics[peak], after.metrics[peak]]
  if (!a || !b || !inA || !inB || inA.n < 2 || inB.n < 2) return null
  // tibial rotation counts from contact
  const zero = name === 'tibialRotationDeg' ? b.mean[0]! - a.mean[0]! : 0
  const mean = b.mean.map((value, i) => value - a.mean[i]! - zero)
  const half = a.sd.map((sd, i) => meanHalfWidth(sd, inA.n, b.sd[i]!, inB.n))
  const zone = kept === 'wearing' ? leastChange(peak) : minimalDetectableDifference(peak, inA, inB, kept)
  const differs = mean.map((value, i) => zone !== null && Math.abs(value) > Math.max(zone, half[i]!))
  return { mean, half, zone, stretches: stretchesOf(differs) }
}

/** Welch's 95 % bound of the difference of two means. */
function meanHalfWidth(sdA: number, nA: number, sdB: number, nB: number): number {
  const a = (sdA * sdA) / nA
  const b = (sdB * sdB) / nB
  const freedom = (a + b) ** 2 / (a ** 2 / (nA - 1) + b ** 2 / (nB - 1))
  return a + b === 0 ? 0 : studentT(freedom) * Math.sqrt(a + b)
}

function stretchesOf(flags: readonly boolean[]): CurveDifference['stretches'] {
  const out: CurveDifference['stretches'] = []
  for (const [pct, flag] of flags.entries()) {
    const last = out.at(-1)
    if (flag && last?.toPct === pct - 1) last.toPct = pct
    else if (flag) out.push({ fromPct: pct, toPct: pct })
  }
  return out
}

/** A pod that went to another shoe was put on anew: what its mounting adds no longer drops out. */
export const keptSince = (marks: readonly Mark[], fromS: number, toS = Number.POSITIVE_INFINITY): Kept =>
  marks.some(({ timeS, tag }) => tag?.shoe !== undefined && timeS > fromS && timeS <= toS)
    ? 'session'
    : 'wearing'
