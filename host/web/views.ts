import { computed, effect, signal } from '@preact/signals'
import { SIDES } from '../../shared/places.ts'
import type { CurveName } from '../server/messages.ts'
import { session, shown } from './app.ts'
import { CURVE_LOOK, type LowerCurve } from './curves.ts'
import { visibleSteps } from './freeze.ts'
import { legView, type Range, widen } from './leg-view.ts'

/** The curve under the eversion, the same for both legs. */
export const lower = signal<LowerCurve>('tibialRotationDeg')
/** Both legs in one plot instead of side by side. */
export const inOne = signal(false)

const curvesShown = computed<CurveName[]>(() => [
  ...new Set<CurveName>(['eversionDeg', 'tibialRotationDeg', lower.value]),
])

/** Each leg as it stands on the page, reckoned once for all that show it. */
export const legViews = {
  left: computed(() => legView(visibleSteps.left.value, shown.value, curvesShown.value)),
  right: computed(() => legView(visibleSteps.right.value, shown.value, curvesShown.value)),
}

export type Ranges = Record<CurveName, Range>

const FIRST: Ranges = {
  eversionDeg: CURVE_LOOK.eversionDeg.range,
  tibialRotationDeg: CURVE_LOOK.tibialRotationDeg.range,
  dorsiflexionDeg: CURVE_LOOK.dorsiflexionDeg.range,
  tibialAxialG: CURVE_LOOK.tibialAxialG.range,
}

/** Axes are the same for both legs and only ever widen within a recording. */
export const ranges = signal<Ranges>(FIRST)

effect(() => {
  let next = session.stances.value === 0 ? FIRST : ranges.peek()
  for (const name of curvesShown.value)
    for (const side of SIDES) {
      const wide = widen(next[name], legViews[side].value.bands[name]?.mean)
      if (wide !== next[name]) next = { ...next, [name]: wide }
    }
  ranges.value = next
})
