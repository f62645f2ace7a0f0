import type { Signal } from '@preact/signals'
import { number } from './format.ts'
import type { PanelGeometry } from './geometry.ts'
import { yIn } from './geometry.ts'
import { metric } from './leg-view.ts'
import { LegMark } from './marks.tsx'
import type { OverlayProps } from './stance-overlay.tsx'
import { words } from './words.ts'

const clamp = (pct: number): number => Math.min(100, Math.max(0, Math.round(pct)))

/** Pointer and arrow keys move a cursor over the stance, in whole per cent. */
export function useStanceCursor(cursor: Signal<number | null>, geometry: PanelGeometry) {
  const width = geometry.x(100) - geometry.x(0)
  return {
    onPointerMove(event: PointerEvent & { currentTarget: HTMLElement }) {
      const pct =
        (100 * (event.clientX - event.currentTarget.getBoundingClientRect().left - geometry.x(0))) / width
      cursor.value = pct < -3 || pct > 103 ? null : clamp(pct)
    },
    onPointerLeave() {
      cursor.value = null
    },
    onBlur() {
      cursor.value = null
    },
    onKeyDown(event: KeyboardEvent) {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -100, End: 100 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      event.stopPropagation()
      cursor.value = cursor.value === null ? (step > 0 ? 0 : 100) : clamp(cursor.value + step)
    },
  }
}

/** The mean's values under the cursor, spoken once per stop. */
export function StanceCursor({
  pct,
  side,
  view,
  geometry: g,
  ranges,
}: OverlayProps & { pct: number | null }) {
  const eversion = pct === null ? undefined : view.eversion?.mean[pct]
  if (pct === null || eversion === undefined) return null
  const rotation = view.rotation?.mean[pct]
  const contactMs = metric(view.usable, 'contactTimeMs')?.mean ?? null
  const ms = contactMs === null ? '—' : number((contactMs * pct) / 100)
  const x = g.x(pct)
  const right = pct > 50
  const anchor = { x: right ? x - 8 : x + 8, 'text-anchor': right ? 'end' : 'start' } as const
  return (
    <g class="at">
      <line class="cursor" x1={x} x2={x} y1={g.eversion.top} y2={g.axisY} />
      <LegMark side={side} x={x} y={yIn(g.eversion, ranges.eversion, eversion)} size={4} filled />
      <text class="strong halo" {...anchor} y={g.eversion.top + g.eversion.height - 24}>
        {number(eversion, 1)}°
      </text>
      <text class="halo" {...anchor} y={g.eversion.top + g.eversion.height - 8}>
        {pct} % · {ms} ms
      </text>
      {rotation !== undefined && (
        <>
          <LegMark side={side} x={x} y={yIn(g.rotation, ranges.rotation, rotation)} size={4} filled />
          <text class="strong halo" {...anchor} y={g.axisY - 8}>
            {number(rotation, 1)}°
          </text>
        </>
      )}
      <title>{words.chart.cursor(pct, ms, number(eversion, 1), number(rotation, 1))}</title>
    </g>
  )
}
