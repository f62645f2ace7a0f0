import type { Side } from '../server/messages.ts'
import { number } from './format.ts'
import { type PanelGeometry, spread, ticks, yIn } from './geometry.ts'
import { type LegView, metric, type Range, stanceCurve, uncertainty } from './leg-view.ts'
import { LegMark } from './marks.tsx'
import type { MeanSd } from './statistics.ts'
import { words } from './words.ts'

export interface OverlayProps {
  side: Side
  view: LegView
  geometry: PanelGeometry
  ranges: { eversion: Range; rotation: Range }
  /** A pod of the leg is silent: no last stance is shown. */
  held: boolean
}

const PERCENTS = [0, 20, 40, 60, 80, 100]

/** Behind the curves: phase shades, grid, phase bounds. */
export function StanceGrid({ view, geometry: g, ranges }: OverlayProps) {
  const left = g.x(0)
  const right = g.x(100)
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
      {view.phases?.map((phase, i) =>
        i % 2 === 1
          ? null
          : [g.eversion, g.rotation].map((box) => (
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
      {grid(ticks(ranges.eversion), (v) => yIn(g.eversion, ranges.eversion, v))}
      {grid(ticks(ranges.rotation), (v) => yIn(g.rotation, ranges.rotation, v))}
      <line class="zero" x1={left} x2={left} y1={g.eversion.top} y2={g.axisY} />
      <line class="grid" x1={right} x2={right} y1={g.eversion.top} y2={g.axisY} />
      <rect class="track" x={left} y={g.railY - 9} width={right - left} height={18} rx={4} />
    </>
  )
}

/** Over the curves: words, figures, peak marks, the timing rail. */
export function StanceMarks(props: OverlayProps) {
  return (
    <>
      <AxisText {...props} />
      <Rail {...props} />
      <RotationPeak {...props} />
      <LineEnds {...props} />
      <Leaders {...props} />
    </>
  )
}

function AxisText({ view, geometry: g, ranges }: OverlayProps) {
  const figures = (range: Range, y: (value: number) => number) =>
    ticks(range).map((value, i, all) => (
      <text key={value} x={g.x(0) - 8} y={y(value) + 4} text-anchor="end">
        {number(value)}
        {i === all.length - 1 ? '°' : ''}
      </text>
    ))
  const top = g.eversion.top - 6
  const flatX = view.footFlatPct === null ? null : Math.max(g.x(view.footFlatPct), g.x(0) + 26)
  const riseX = view.heelRisePct === null ? null : Math.min(g.x(view.heelRisePct), g.x(100) - 44)
  return (
    <>
      <text class="mid" x={g.x(0)} y={top} text-anchor="middle">
        {words.chart.ic}
      </text>
      <text class="mid" x={g.x(100)} y={top} text-anchor="middle">
        {words.chart.to}
      </text>
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
      {figures(ranges.eversion, (v) => yIn(g.eversion, ranges.eversion, v))}
      {figures(ranges.rotation, (v) => yIn(g.rotation, ranges.rotation, v))}
      <text class="mid" x={g.x(0) + 8} y={g.eversion.top + 15}>
        {words.chart.eversion}
      </text>
      <text class="mid" x={g.x(0) + 8} y={g.rotation.top + 13}>
        {words.chart.rotation}
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

/** One tick per stride at its peak, newer darker; the mean with its SD, tied to the peak of the mean curve above. */
function Rail({ side, view, geometry: g, ranges }: OverlayProps) {
  const peak = metric(view.usable, 'peakEversionPct')
  if (!peak) return null
  const { railY: y } = g
  const x = g.x(peak.mean)
  const mean = view.eversion?.mean[Math.round(peak.mean)]
  const spreadDeg = uncertainty(view.usable, 'peakEversionDeg')
  const peakY = mean === undefined ? null : yIn(g.eversion, ranges.eversion, mean)
  return (
    <>
      {peakY !== null && <line class="drop" x1={x} x2={x} y1={peakY} y2={y - 9} />}
      {view.usable.map((step, i, all) => {
        const at = step.metrics.peakEversionPct
        if (typeof at !== 'number') return null
        return (
          <line
            key={step.index}
            class="tick"
            x1={g.x(at)}
            x2={g.x(at)}
            y1={y - 6}
            y2={y + 6}
            opacity={0.25 + (0.6 * (i + 1)) / all.length}
          />
        )
      })}
      <Whisker from={g.x(peak.mean - (peak.sd ?? 0))} to={g.x(peak.mean + (peak.sd ?? 0))} y={y} />
      <LegMark side={side} x={x} y={y} size={4.5} />
      {peakY !== null && mean !== undefined && spreadDeg !== null && (
        <line
          class="whisk"
          x1={x}
          x2={x}
          y1={yIn(g.eversion, ranges.eversion, mean + spreadDeg)}
          y2={yIn(g.eversion, ranges.eversion, mean - spreadDeg)}
        />
      )}
      {peakY !== null && <LegMark side={side} x={x} y={peakY} size={5.5} />}
      <text class="strong" x={g.x(100) + 8} y={y + 4}>
        {number(peak.mean)} %
      </text>
    </>
  )
}

const Whisker = ({ from, to, y }: { from: number; to: number; y: number }) => (
  <line class="whisk" x1={from} x2={to} y1={y} y2={y} />
)

function RotationPeak({ side, view, geometry: g, ranges }: OverlayProps) {
  const peak: MeanSd | null = metric(view.usable, 'peakTibialRotationPct')
  const mean = peak && view.rotation?.mean[Math.round(peak.mean)]
  if (!peak || mean === undefined || mean === null) return null
  const y = yIn(g.rotation, ranges.rotation, mean)
  return (
    <>
      <Whisker from={g.x(peak.mean - (peak.sd ?? 0))} to={g.x(peak.mean + (peak.sd ?? 0))} y={y} />
      <LegMark side={side} x={g.x(peak.mean)} y={y} size={4.5} />
    </>
  )
}

/** Lines are named at their right ends instead of in a legend. */
function LineEnds({ view, geometry: g, ranges, held }: OverlayProps) {
  const end = (values: number[] | null | undefined): number | null => values?.at(-1) ?? null
  const last = end(view.last && stanceCurve(view.last, 'eversionDeg'))
  const mean = end(view.eversion?.mean)
  const labels: { y: number; text: string; look: string }[] = []
  const y = (value: number): number => yIn(g.eversion, ranges.eversion, value)
  if (mean !== null) labels.push({ y: y(mean), text: words.chart.mean, look: 'mid' })
  if (last !== null && !held) labels.push({ y: y(last), text: words.chart.now, look: 'legt' })
  return (
    <>
      {spread(labels, 15).map(({ y, text, look }) => (
        <text key={text} class={look} x={g.x(100) + 8} y={y + 4}>
          {text}
        </text>
      ))}
    </>
  )
}

/** From each phase bound on the axis to the edge of its column below: five equal columns, so that 7 % still has room. */
function Leaders({ view, geometry: g }: OverlayProps) {
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
