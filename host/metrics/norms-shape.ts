import type { CurveName, Phase, StrideMetric } from '../analysis/document.ts'

export type MeanSd = [mean: number, sd: number]
export type NormCurve = Exclude<CurveName, 'tibialAxialG'>

/** What the captured legs did at one speed. */
export interface CapturedSpeed {
  speedMPerS: number
  metrics: Partial<Record<StrideMetric, MeanSd>>
  curves: Record<NormCurve, { mean: number[]; sd: number[] }>
  phases: readonly { name: Phase['name']; eversionDeg: MeanSd; tibialRotationDeg: MeanSd }[]
}
