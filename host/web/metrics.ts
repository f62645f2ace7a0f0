import type { StrideMetric } from '../server/messages.ts'

/** The key numbers, in the order in which they are read. */
export const METRICS: readonly { name: StrideMetric; unit: string; digits: number }[] = [
  { name: 'peakEversionPct', unit: ' %', digits: 0 },
  { name: 'peakEversionDeg', unit: '°', digits: 1 },
  { name: 'eversionExcursionDeg', unit: '°', digits: 1 },
  { name: 'tibialRotationExcursionDeg', unit: '°', digits: 1 },
  { name: 'peakTibialAxialG', unit: ' g', digits: 1 },
  { name: 'contactTimeMs', unit: ' ms', digits: 0 },
  { name: 'cadenceSpm', unit: ' /min', digits: 0 },
]
