import { impactMetrics } from '../../host/metrics/impact.ts'
import { metricsDefaults } from '../../host/metrics/settings.ts'
import type { ReadStride } from './captured-runners.ts'

/** Found minus true, degrees, %, deg/s; curve entries are RMS over the stance. `null` where there is nothing to compare. */
export type AngleErrors = Record<
  | 'peakEversion'
  | 'peakEversionPct'
  | 'eversionExcursion'
  | 'eversionCurve'
  | 'eversionShape'
  | 'eversionVelocity'
  | 'rotationExcursion'
  | 'peakRotationPct'
  | 'rotationShape'
  | 'peakDorsiflexion'
  | 'strike'
  | 'progression'
  | 'strideLengthPct'
  | 'tibialPeak'
  | 'tibialPeakMs'
  | 'tibialResultant'
  | 'tibialRatePct'
  | 'braking'
  | 'shoePeak',
  number | null
>

export function angleErrors({ truth, motion, travel }: ReadStride): AngleErrors {
  const { eversionDeg, tibialRotationDeg, dorsiflexionDeg } = motion.curves
  const t = (name: string) => truth[name] as number
  const curve = (name: string) => truth[name] as number[]
  const minus = (a: number | null | undefined, b: number | undefined) =>
    a === null || a === undefined || b === undefined ? null : a - b
  const impact = impactMetrics(motion, metricsDefaults)
  const stood = motion.fromStanding
  const contactS = truth.toS - truth.icS
  return {
    peakEversion: eversionDeg && stood ? Math.max(...eversionDeg) - t('peakEversionDeg') : null,
    peakEversionPct: eversionDeg && peakAt(eversionDeg) - t('peakEversionPct'),
    eversionExcursion: eversionDeg && Math.max(...eversionDeg) - eversionDeg[0]! - t('eversionExcursionDeg'),
    eversionCurve: eversionDeg && stood ? rms(eversionDeg, curve('eversionCurveDeg'), false) : null,
    eversionShape: eversionDeg && rms(eversionDeg, curve('eversionCurveDeg'), true),
    eversionVelocity: eversionDeg && fastest(eversionDeg, contactS) - t('peakEversionVelocityDegPerS'),
    rotationExcursion: tibialRotationDeg && Math.max(...tibialRotationDeg) - t('tibialRotationExcursionDeg'),
    peakRotationPct: tibialRotationDeg && peakAt(tibialRotationDeg) - t('peakTibialRotationPct'),
    rotationShape: tibialRotationDeg && rms(tibialRotationDeg, curve('tibialRotationCurveDeg'), true),
    peakDorsiflexion:
      dorsiflexionDeg && stood ? Math.max(...dorsiflexionDeg) - t('peakDorsiflexionDeg') : null,
    strike: minus(motion.strikeAngleDeg, t('strikeAngleDeg')),
    progression: minus(motion.footProgressionDeg, t('footProgressionDeg')),
    strideLengthPct: percent(travel?.lengthM, t('strideLengthM')),
    tibialPeak: minus(impact.peakTibialAxialG, t('peakTibialAxialG')),
    tibialPeakMs: minus(impact.timeToPeakTibialMs, t('timeToPeakTibialMs')),
    tibialResultant: minus(impact.peakTibialResultantG, t('peakTibialResultantG')),
    tibialRatePct: percent(impact.tibialRateGPerS, t('tibialRateGPerS')),
    braking: minus(impact.brakingG, t('brakingG')),
    shoePeak: minus(impact.shoePeakG, t('shoePeakG')),
  }
}

const peakAt = (curve: readonly number[]): number => curve.indexOf(Math.max(...curve))

function fastest(curve: readonly number[], contactS: number): number {
  const peak = peakAt(curve)
  let most = 0
  for (let k = 1; k < peak; k++) most = Math.max(most, ((curve[k + 1]! - curve[k - 1]!) * 50) / contactS)
  return most
}

function rms(found: readonly number[], truth: readonly number[], shapeOnly: boolean): number {
  const difference = found.map((v, k) => v - truth[k]!)
  const mean = shapeOnly ? difference.reduce((a, b) => a + b, 0) / difference.length : 0
  return Math.sqrt(difference.reduce((a, b) => a + (b - mean) ** 2, 0) / difference.length)
}

const percent = (found: number | null | undefined, truth: number | undefined): number | null =>
  found && truth ? 100 * (found / truth - 1) : null
