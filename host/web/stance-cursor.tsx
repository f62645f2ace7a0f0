import type { Signal } from '@preact/signals'
import { CURVE_LOOK } from './curves.ts'
import { NONE, number } from './format.ts'
import { type PanelGeometry, yIn } from './geometry.ts'
import { metric } from './leg-view.ts'
import { LegMark, legClass } from './marks.tsx'
import type { LegShown, OverlayProps } from './stance-grid.tsx'
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

/** The means' values under the cursor, spoken once per stop. */
export function StanceCursor({
  pct,
  legs,
  lower,
  geometry: g,
  ranges,
}: OverlayProps & { pct: number | null }) {
  const known = legs.filter(({ view }) => view.bands.eversionDeg)
  if (pct === null || known.length === 0) return null
  const x = g.x(pct)
  return (
    <g class="at">
      <line class="cursor" x1={x} x2={x} y1={g.eversion.top} y2={g.axisY} />
      {known.map((leg, i) => (
        <LegAt key={leg.side} leg={leg} pct={pct} row={i} lower={lower} geometry={g} ranges={ranges} />
      ))}
    </g>
  )
}

type LegAtProps = Omit<OverlayProps, 'legs'> & { leg: LegShown; pct: number; row: number }

function LegAt({ leg: { side, view }, pct, row, lower, geometry: g, ranges }: LegAtProps) {
  const eversion = view.bands.eversionDeg!.mean[pct]!
  const below = view.bands[lower]?.mean[pct]
  const contactMs = metric(view.usable, 'contactTimeMs')?.mean ?? null
  const ms = contactMs === null ? NONE : number((contactMs * pct) / 100)
  const x = g.x(pct)
  const right = pct > 50
  const anchor = { x: right ? x - 8 : x + 8, 'text-anchor': right ? 'end' : 'start' } as const
  const { unit } = CURVE_LOOK[lower]
  const bottom = g.eversion.top + g.eversion.height - 40 * row
  return (
    <g class={legClass(side)}>
      <LegMark side={side} x={x} y={yIn(g.eversion, ranges.eversionDeg, eversion)} size={4} filled />
      <text class="strong halo" {...anchor} y={bottom - 24}>
        {number(eversion, 1)}°
      </text>
      <text class="halo" {...anchor} y={bottom - 8}>
        {pct} % · {ms} ms
      </text>
      {below !== undefined && (
        <>
          <LegMark side={side} x={x} y={yIn(g.lower, ranges[lower], below)} size={4} filled />
          <text class="strong halo" {...anchor} y={g.axisY - 8 - 18 * row}>
            {number(below, 1)}
            {unit}
          </text>
        </>
      )}
      <title>{words.chart.cursor(pct, ms, number(eversion, 1), lower, number(below, 1) + unit)}</title>
    </g>
  )
}
