import type { CurveName, Side } from '../server/messages.ts'
import type { LowerCurve } from './curves.ts'
import { type PanelGeometry, ticks, yIn } from './geometry.ts'
import type { LegView, Range } from './leg-view.ts'
import type { LegUsual } from './usual.ts'

export interface LegShown {
  side: Side
  view: LegView
  /** A pod of the leg is silent: no last stance is shown. */
  held: boolean
  /** This runner's own, when it is set and wanted. */
  usual: LegUsual | null
}

export interface OverlayProps {
  /** One leg, or both in one plot. */
  legs: readonly LegShown[]
  lower: LowerCurve
  geometry: PanelGeometry
  ranges: Record<CurveName, Range>
}

/** Behind the curves: grid, track of the timing rail, and of a leg alone its phases. */
export function StanceGrid({ legs, lower, geometry: g, ranges }: OverlayProps) {
  const left = g.x(0)
  const right = g.x(100)
  const [leg, another] = legs
  const grid = (values: number[], y: (value: number) => number) =>
    values.map((value) => (
      <line
        key={value}
        x1={left}
        x2={right}
        y1={y(value)}
        y2={y(value)}
        class={value === 0 ? 'zero' : 'grid'}
      />
    ))
  return (
    <>
      {leg && another === undefined && <Phases view={leg.view} geometry={g} />}
      {grid(ticks(ranges.eversionDeg), (v) => yIn(g.eversion, ranges.eversionDeg, v))}
      {grid(ticks(ranges[lower]), (v) => yIn(g.lower, ranges[lower], v))}
      <line class="zero" x1={left} x2={left} y1={g.eversion.top} y2={g.axisY} />
      <line class="grid" x1={right} x2={right} y1={g.eversion.top} y2={g.axisY} />
      <rect class="track" x={left} y={g.railY - 9} width={right - left} height={18} rx={4} />
    </>
  )
}

/** Alternate phases shaded, their bounds dotted through both plots. */
function Phases({ view, geometry: g }: { view: LegView; geometry: PanelGeometry }) {
  return (
    <>
      {view.phases?.map((phase, i) =>
        i % 2 === 1
          ? null
          : [g.eversion, g.lower].map((box) => (
              <rect
                key={`${phase.name}${box.top}`}
                class="phase"
                x={g.x(phase.startPct)}
                y={box.top}
                width={Math.max(0, g.x(phase.endPct) - g.x(phase.startPct))}
                height={box.height}
              />
            )),
      )}
      {view.phases?.slice(1).map((phase) => (
        <line
          key={phase.name}
          class="pedge"
          x1={g.x(phase.startPct)}
          x2={g.x(phase.startPct)}
          y1={g.eversion.top}
          y2={g.axisY}
        />
      ))}
    </>
  )
}
