import { SIDES, type Side } from '../../shared/places.ts'
import type { Mark, Overview, OverviewStride } from './feed.ts'

/** What a list says of a recording that was looked through. */
export interface RecordingSummary {
  /** Means of good strides. */
  peakEversionPct: Record<Side, number | null>
  peakTibialAxialG: Record<Side, number | null>
  steps: number
  tags: Mark[]
  /** What is missing of all pods together, s. */
  missingS: number
}

type Number = 'peakEversionPct' | 'peakTibialAxialG'

export function summarise({ strides, marks, gaps }: Overview): RecordingSummary {
  const good = strides.filter(({ ok }) => ok)
  const both = (name: Number): Record<Side, number | null> => {
    const [left, right] = SIDES.map((side) =>
      meanOf(
        good.filter(({ leg }) => leg === side),
        name,
      ),
    )
    return { left: left!, right: right! }
  }
  return {
    peakEversionPct: both('peakEversionPct'),
    peakTibialAxialG: both('peakTibialAxialG'),
    steps: strides.length,
    tags: marks.filter(({ kind }) => kind === 'tag'),
    missingS: gaps.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0),
  }
}

function meanOf(strides: readonly OverviewStride[], name: Number): number | null {
  const values = strides.map((stride) => stride[name]).filter((value) => value !== null)
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
