import type { CurveName, StrideMetric } from '../server/messages.ts'
import type { Range } from './leg-view.ts'

interface CurveLook {
  /** Its axis before anything has left it. */
  range: Range
  unit: string
  /** How far it goes, and when. */
  peak: StrideMetric
  peakPct: StrideMetric | null
}

export const CURVE_LOOK: Record<CurveName, CurveLook> = {
  eversionDeg: {
    range: { min: -10, max: 16 },
    unit: '°',
    peak: 'peakEversionDeg',
    peakPct: 'peakEversionPct',
  },
  tibialRotationDeg: {
    range: { min: -3, max: 13 },
    unit: '°',
    peak: 'tibialRotationExcursionDeg',
    peakPct: 'peakTibialRotationPct',
  },
  dorsiflexionDeg: {
    range: { min: -20, max: 30 },
    unit: '°',
    peak: 'peakDorsiflexionDeg',
    peakPct: 'peakDorsiflexionPct',
  },
  tibialAxialG: {
    range: { min: -3, max: 9 },
    unit: ' g',
    peak: 'peakTibialAxialG',
    peakPct: null,
  },
}

/** What can stand under the eversion. */
export const LOWER_CURVES = ['tibialRotationDeg', 'tibialAxialG', 'dorsiflexionDeg'] as const
export type LowerCurve = (typeof LOWER_CURVES)[number]
