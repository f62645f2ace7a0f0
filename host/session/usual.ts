import type { Side } from '../../shared/places.ts'
import { SIDES } from '../../shared/places.ts'
import type { Stride } from '../analysis/document.ts'
import type { Baseline } from './feed.ts'
import { stretchOf } from './stretch.ts'

/** Good strides of each leg that make a baseline, at most and at least. */
const STRIDES = 20
const LEAST_STRIDES = 5

/** What this runner usually does, when somebody says that it is now. */
export class Usual {
  baseline: Baseline | null = null
  readonly #last: Record<Side, Stride[]> = { left: [], right: [] }

  stride(stride: Stride): void {
    if (!stride.quality.ok) return
    const last = this.#last[stride.leg]
    last.push(stride)
    if (last.length > STRIDES) last.shift()
  }

  /** Why no baseline can be set now, in words; `null` when one can. */
  get problem(): string | null {
    return baselineProblem([...this.#last.left, ...this.#last.right])
  }

  set(setS: number): void {
    const { left, right } = this.#last
    this.baseline = { setS, legs: { left: stretchOf(left), right: stretchOf(right) } }
  }
}

/** Why these strides make no baseline, in words; `null` when they do. */
export function baselineProblem(strides: readonly Stride[]): string | null {
  const good = (side: Side) => strides.filter(({ leg, quality }) => leg === side && quality.ok).length
  const most = Math.max(...SIDES.map(good))
  return most >= LEAST_STRIDES
    ? null
    : `${most} good strides so far: a baseline needs ${LEAST_STRIDES} of a leg at least, run on`
}
