import type { Side, StrideMetric } from '../server/messages.ts'
import { type LegView, metric, uncertainty } from './leg-view.ts'
import { detectableDifference, symmetryPct } from './statistics.ts'

/** One metric of both legs, over the steps shown. */
export interface Comparison {
  left: number | null
  right: number | null
  /** Symmetry index, %; positive = right larger. */
  symmetryPct: number | null
  /** Beyond what the measurement can tell; `null` when its uncertainty is not known. */
  differs: boolean | null
}

export function compare(views: Record<Side, LegView>, name: StrideMetric): Comparison {
  const left = metric(views.left.usable, name)?.mean ?? null
  const right = metric(views.right.usable, name)?.mean ?? null
  if (left === null || right === null) return { left, right, symmetryPct: null, differs: null }
  const uncertain = [uncertainty(views.left.usable, name), uncertainty(views.right.usable, name)] as const
  const differs =
    uncertain[0] === null || uncertain[1] === null
      ? null
      : Math.abs(right - left) > detectableDifference(uncertain[0], uncertain[1])
  return { left, right, symmetryPct: symmetryPct(left, right), differs }
}
