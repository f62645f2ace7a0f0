import { CURVE_LOOK } from './curves.ts'
import { number } from './format.ts'
import { spread, ticks, yIn } from './geometry.ts'
import { metric, type Range, stanceCurve } from './leg-view.ts'
import { LegMark, legClass } from './marks.tsx'
import { normBand } from './norms.ts'
import type { LegShown, OverlayProps } from './stance-grid.tsx'
import { TimingRail } from './timing-rail.tsx'
import { words } from './words.ts'

const PERCENTS = [0, 20, 40, 60, 80, 100]

/** Over the curves: words, figures, peak marks, the timing rail. */
export function StanceMarks(props: OverlayProps) {
  const { legs } = props
  const only = legs.length === 1 ? legs[0] : undefined
  return (
    <>
      <AxisText {...props} />
      {only && <EventWords {...props} leg={only} />}
      <TimingRail {...props} />
      {legs.map((leg) => (
        <g key={leg.side} class={legClass(leg.side)}>
          <LowerPeak {...props} leg={leg} />
        </g>
      ))}
      <LineEnds {...props} />
      {only && <Leaders {...props} leg={only} />}
    </>
  )
}

function AxisText({ lower, geometry: g, ranges }: OverlayProps) {
  const figures = (range: Range, unit: string, y: (value: number) => number) =>
    ticks(range).map((value, i, all) => (
      <text key={value} x={g.x(0) - 8} y={y(value) + 4} text-anchor="end">
        {number(value)}
        {i === all.length - 1 ? unit.trim() : ''}
      </text>
    ))
  const top = g.eversion.top - 6
  return (
    <>
      <text class="mid" x={g.x(0)} y={top} text-anchor="middle">
        {words.chart.ic}
      </text>
      <text class="mid" x={g.x(100)} y={top} text-anchor="middle">
        {words.chart.to}
      </text>
      {figures(ranges.eversionDeg, '°', (v) => yIn(g.eversion, ranges.eversionDeg, v))}
      {figures(ranges[lower], CURVE_LOOK[lower].unit, (v) => yIn(g.lower, ranges[lower], v))}
      <text class="mid halo" x={g.x(0) + 8} y={g.eversion.top + 15}>
        {words.curve.eversionDeg}
      </text>
      {/* over its plot: in it the curve rises to where the word would stand */}
      <text class="mid halo" x={g.x(0) + 8} y={g.lower.top - 3}>
        {words.curve[lower]}
      </text>
      {PERCENTS.map((pct) => (
        <text key={pct} x={g.x(pct)} y={g.axisY + 15} text-anchor="middle">
          {pct === 100 ? '100 %' : pct}
        </text>
      ))}
      <text x={g.x(0) - 8} y={g.railY + 4} text-anchor="end">
        {words.chart.peak}
      </text>
    </>
  )
}

interface OneLeg extends OverlayProps {
  leg: LegShown
}

function EventWords({ leg: { view }, geometry: g }: OneLeg) {
  const top = g.eversion.top - 6
  const flatX = view.footFlatPct === null ? null : Math.max(g.x(view.footFlatPct), g.x(0) + 26)
  const riseX = view.heelRisePct === null ? null : Math.min(g.x(view.heelRisePct), g.x(100) - 44)
  return (
    <>
      {flatX !== null && (
        <text x={flatX} y={top} text-anchor="middle">
          {words.chart.flat}
        </text>
      )}
      {riseX !== null && (
        <text x={riseX} y={top} text-anchor="middle">
          {words.chart.heelRise}
        </text>
      )}
    </>
  )
}

/** Where the lower curve peaks: its distance from the peak above is the lag of the shin behind the shoe. */
function LowerPeak({ leg: { side, view }, lower, geometry: g, ranges }: OneLeg) {
  const { peakPct } = CURVE_LOOK[lower]
  const peak = peakPct && metric(view.usable, peakPct)
  const mean = peak ? view.bands[lower]?.mean[Math.round(peak.mean)] : undefined
  if (!peak || mean === undefined) return null
  const y = yIn(g.lower, ranges[lower], mean)
  const sd = peak.sd ?? 0
  return (
    <>
      <line class="whisk" x1={g.x(peak.mean - sd)} x2={g.x(peak.mean + sd)} y1={y} y2={y} />
      <LegMark side={side} x={g.x(peak.mean)} y={y} size={4.5} />
    </>
  )
}

/** Lines are named at their right ends instead of in a legend. */
function LineEnds({ legs, geometry: g, ranges }: OverlayProps) {
  const y = (value: number): number => yIn(g.eversion, ranges.eversionDeg, value)
  const labels: { y: number; text: string; look: string }[] = []
  const add = (value: number | undefined, text: string, look: string): void => {
    if (value !== undefined) labels.push({ y: y(value), text, look })
  }
  const norm = normBand('eversionDeg')
  if (norm) add(norm.mean[100]! + norm.sd[100]!, words.chart.norm, '')
  for (const { side, view, held, usual } of legs) {
    const whose = legs.length === 1 ? '' : ` ${words.letter[side]}`
    add(usual?.curves.eversionDeg?.mean[100], words.chart.usual + whose, 'mid')
    if (legs.length === 1) add(view.bands.eversionDeg?.mean[100], words.chart.mean, 'mid')
    const last = view.last && stanceCurve(view.last, 'eversionDeg')
    const name = legs.length === 1 ? words.chart.now : words.side[side].toLowerCase()
    if (last && !held) add(last[100], name, `legt ${legClass(side)}`)
  }
  return (
    <>
      {spread(labels, 15).map(({ y, text, look }, i) => (
        <text key={`${text}${i}`} class={look} x={g.x(100) + 8} y={y + 4}>
          {text}
        </text>
      ))}
    </>
  )
}

/** From each phase bound on the axis to the edge of its column below: five equal columns, so that 7 % still has room. */
function Leaders({ leg: { view }, geometry: g }: OneLeg) {
  return (
    <>
      {view.phases?.slice(1).map((phase, i) => {
        const x = g.x(phase.startPct)
        const column = g.columnsLeft + ((g.width - g.columnsLeft) * (i + 1)) / 5
        return (
          <g key={phase.name} class="leaders">
            <line class="lead" x1={x} x2={x} y1={g.axisY} y2={g.axisY + 4} />
            <line class="lead" x1={x} x2={column} y1={g.axisY + 20} y2={g.height} />
          </g>
        )
      })}
    </>
  )
}
