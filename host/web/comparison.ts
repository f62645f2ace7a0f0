import { leftRight, symmetryIndex } from '../metrics/symmetry.ts'
import type { Side, StrideMetric } from '../server/messages.ts'
import { type LegView, type Summary, summary } from './leg-view.ts'

/** One metric of both legs, over the steps shown. */
export interface Comparison {
  left: Summary | null
  right: Summary | null
  /** Symmetry index, %; positive = right larger. */
  symmetryPct: number | null
  /** The host's own judgement of the difference; `null` without both legs. */
  verdict: ReturnType<typeof leftRight> | null
}

export function compare(views: Record<Side, LegView>, name: StrideMetric): Comparison {
  const left = summary(views.left.usable, name)
  const right = summary(views.right.usable, name)
  if (left === null || right === null) return { left, right, symmetryPct: null, verdict: null }
  return {
    left,
    right,
    symmetryPct: symmetryIndex(left.mean, right.mean),
    verdict: leftRight(name, left, right),
  }
}
