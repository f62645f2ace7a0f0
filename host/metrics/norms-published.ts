import type { StrideMetric } from '../analysis/document.ts'
import type { Sex, SOURCES } from './norms-sources.ts'

export interface PublishedBand {
  metric: StrideMetric
  source: keyof typeof SOURCES
  /** Of whom it holds; `null`: both. */
  sex: Sex | null
  at: readonly { speedMPerS: number; mean: number; sd: number }[]
}

/** Bands from the literature. How each figure was come by is in `docs/norms.md`. */
export const PUBLISHED: readonly PublishedBand[] = [
  {
    metric: 'cadenceSpm',
    source: 'spatiotemporal',
    sex: null,
    at: [
      { speedMPerS: 2.5, mean: 162, sd: 12 },
      { speedMPerS: 3.5, mean: 171, sd: 12 },
    ],
  },
  {
    metric: 'dutyFactor',
    source: 'spatiotemporal',
    sex: null,
    at: [
      { speedMPerS: 2.5, mean: 0.394, sd: 0.029 },
      { speedMPerS: 3.5, mean: 0.348, sd: 0.029 },
    ],
  },
  {
    metric: 'contactTimeMs',
    source: 'spatiotemporal',
    sex: null,
    at: [
      { speedMPerS: 2.5, mean: 292, sd: 24 },
      { speedMPerS: 3.5, mean: 244, sd: 24 },
    ],
  },
  {
    metric: 'flightTimeMs',
    source: 'spatiotemporal',
    sex: null,
    at: [
      { speedMPerS: 2.5, mean: 78, sd: 24 },
      { speedMPerS: 3.5, mean: 107, sd: 24 },
    ],
  },
  {
    metric: 'peakTibialResultantG',
    source: 'sheerin2020',
    sex: null,
    at: [
      { speedMPerS: 2.7, mean: 10, sd: 2.9 },
      { speedMPerS: 3.7, mean: 13.8, sd: 2.9 },
    ],
  },
  {
    metric: 'peakTibialAxialG',
    source: 'milner2006',
    sex: 'female',
    at: [
      { speedMPerS: 3.6, mean: 5.8, sd: 1.7 },
      { speedMPerS: 3.8, mean: 5.8, sd: 1.7 },
    ],
  },
]
