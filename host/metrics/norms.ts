import type { Phase, StrideMetric } from '../analysis/document.ts'
import { CAPTURED } from './norms-captured.ts'
import { PUBLISHED } from './norms-published.ts'
import type { CapturedSpeed, MeanSd, NormCurve } from './norms-shape.ts'
import type { Sex, Source } from './norms-sources.ts'
import { SOURCES } from './norms-sources.ts'

/** What people did, mean ± SD from one to the next, and who says so. Not what anyone should do. */
export interface Norm {
  mean: number
  sd: number
  source: Source
}
export interface CurveBand {
  mean: readonly number[]
  sd: readonly number[]
  source: Source
}

export interface Pace {
  activity: string | null
  speedMPerS: number | null
  sex?: Sex | null
}

/** A speed is known to about this; so far beyond the fastest or slowest measured a band still holds, m/s. */
const BEYOND = 0.05

/** @returns `null` for another activity, a speed outside those that were measured, or a number nobody published */
export function norms(name: StrideMetric, pace: Pace): Norm | null
export function norms(name: NormCurve, pace: Pace): CurveBand | null
export function norms(name: StrideMetric | NormCurve, pace: Pace): Norm | CurveBand | null {
  if (pace.activity !== 'running' || pace.speedMPerS === null) return null
  if (isCurve(name)) {
    const found = between(CAPTURED, pace.speedMPerS)
    if (found === null) return null
    const [low, high, share] = found
    const [a, b] = [low.curves[name], high.curves[name]]
    return {
      mean: a.mean.map((v, k) => mix(v, b.mean[k]!, share)),
      sd: a.sd.map((v, k) => mix(v, b.sd[k]!, share)),
      source: SOURCES.fukuchi2017,
    }
  }
  return published(name, pace.speedMPerS, pace.sex ?? null) ?? captured(name, pace.speedMPerS)
}

const isCurve = (name: string): name is NormCurve =>
  name === 'eversionDeg' || name === 'tibialRotationDeg' || name === 'dorsiflexionDeg'

/** How far shoe and tibia travelled in a phase of stance. */
export function phaseNorm(
  name: Phase['name'],
  travel: 'eversionDeg' | 'tibialRotationDeg',
  { activity, speedMPerS }: Pace,
): Norm | null {
  const found = activity === 'running' && speedMPerS !== null ? between(CAPTURED, speedMPerS) : null
  if (found === null) return null
  const [low, high, share] = found
  const of = (at: CapturedSpeed) => at.phases.find((phase) => phase.name === name)![travel]
  return mixed(of(low), of(high), share, SOURCES.fukuchi2017)
}

function captured(name: StrideMetric, speedMPerS: number): Norm | null {
  const found = between(CAPTURED, speedMPerS)
  if (found === null) return null
  const [low, high, share] = found
  const [a, b] = [low.metrics[name], high.metrics[name]]
  return a && b ? mixed(a, b, share, SOURCES.fukuchi2017) : null
}

function published(name: StrideMetric, speedMPerS: number, sex: Sex | null): Norm | null {
  for (const band of PUBLISHED) {
    if (band.metric !== name || (band.sex !== null && band.sex !== sex)) continue
    const found = between(band.at, speedMPerS)
    if (found === null) continue
    const [low, high, share] = found
    return mixed([low.mean, low.sd], [high.mean, high.sd], share, SOURCES[band.source])
  }
  return null
}

/** The two measured speeds around one, and how far it lies from the first to the second. */
function between<T extends { speedMPerS: number }>(
  list: readonly T[],
  speedMPerS: number,
): [low: T, high: T, share: number] | null {
  const first = list[0]!
  const last = list.at(-1)!
  if (speedMPerS < first.speedMPerS - BEYOND || speedMPerS > last.speedMPerS + BEYOND) return null
  const at = Math.min(last.speedMPerS, Math.max(first.speedMPerS, speedMPerS))
  const k = Math.max(
    1,
    list.findIndex((one) => one.speedMPerS >= at),
  )
  const low = list[k - 1]!
  const high = list[k] ?? low
  const gap = high.speedMPerS - low.speedMPerS
  return [low, high, gap > 0 ? (at - low.speedMPerS) / gap : 0]
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share
const mixed = (a: MeanSd, b: MeanSd, share: number, source: Source): Norm => ({
  mean: mix(a[0], b[0], share),
  sd: mix(a[1], b[1], share),
  source,
})
