import { SIDES } from '../../../shared/places.ts'
import type { Mark, Overview, Side } from '../../server/messages.ts'
import { meanSd } from '../statistics.ts'

/** What the list says of a session that was looked through. */
export interface SessionSummary {
  /** Means of good strides. */
  peakEversionPct: Record<Side, number | null>
  peakTibialAxialG: Record<Side, number | null>
  steps: number
  tags: Mark[]
  /** Together, s. */
  missingS: number
}

export function summarise({ strides, marks, gaps }: Overview): SessionSummary {
  const mean = (leg: Side, name: 'peakEversionPct' | 'peakTibialAxialG'): number | null =>
    meanSd(strides.filter((stride) => stride.leg === leg && stride.ok).map((stride) => stride[name]))?.mean ??
    null
  const both = (name: 'peakEversionPct' | 'peakTibialAxialG') =>
    Object.fromEntries(SIDES.map((side) => [side, mean(side, name)])) as Record<Side, number | null>
  return {
    peakEversionPct: both('peakEversionPct'),
    peakTibialAxialG: both('peakTibialAxialG'),
    steps: strides.length,
    tags: marks.filter((mark) => mark.kind === 'tag'),
    missingS: gaps.reduce((sum, gap) => sum + gap.toS - gap.fromS, 0),
  }
}
