import { number } from './format.ts'
import { yIn } from './geometry.ts'
import { metric, summary } from './leg-view.ts'
import { LegMark, legClass } from './marks.tsx'
import type { LegShown, OverlayProps } from './stance-grid.tsx'

/** When the shoe peaks: one tick per stride, newer darker; the mean with its SD; a hollow diamond for the usual. */
export function TimingRail(props: OverlayProps) {
  const { legs } = props
  return (
    <>
      {legs.map((leg, i) => (
        <g key={leg.side} class={legClass(leg.side)}>
          <LegRail
            {...props}
            leg={leg}
            at={legs.length === 1 ? 0 : i === 0 ? -5 : 5}
            alone={legs.length === 1}
          />
        </g>
      ))}
    </>
  )
}

/** @param at px off the middle of the rail: two legs share it one above the other */
function LegRail({
  leg,
  at,
  alone,
  geometry: g,
  ranges,
}: OverlayProps & { leg: LegShown; at: number; alone: boolean }) {
  const { view, side, usual } = leg
  const peak = metric(view.usable, 'peakEversionPct')
  if (!peak) return null
  const y = g.railY + at
  const half = alone ? 6 : 4
  const x = g.x(peak.mean)
  const usualPct = usual?.metrics.peakEversionPct?.mean
  return (
    <>
      {view.usable.map((step, i, all) => {
        const pct = step.metrics.peakEversionPct
        if (typeof pct !== 'number') return null
        return (
          <line
            key={step.index}
            class="tick"
            x1={g.x(pct)}
            x2={g.x(pct)}
            y1={y - half}
            y2={y + half}
            opacity={0.25 + (0.6 * (i + 1)) / all.length}
          />
        )
      })}
      {usualPct !== undefined && <Diamond x={g.x(usualPct)} y={y} size={alone ? 5.5 : 4.5} />}
      <line
        class="whisk"
        x1={g.x(peak.mean - (peak.sd ?? 0))}
        x2={g.x(peak.mean + (peak.sd ?? 0))}
        y1={y}
        y2={y}
      />
      <LegMark side={side} x={x} y={y} size={alone ? 4.5 : 3.5} />
      <EversionPeak leg={leg} pct={peak.mean} geometry={g} range={ranges.eversionDeg} />
      <text class={alone ? 'strong' : 'legt'} x={g.x(100) + 8} y={alone ? y + 4 : y + 4 + at}>
        {number(peak.mean)} %
      </text>
    </>
  )
}

/** The mark on the mean curve above, with the uncertainty of its angle, tied to the rail. */
function EversionPeak({
  leg: { side, view },
  pct,
  geometry: g,
  range,
}: {
  leg: LegShown
  pct: number
  geometry: OverlayProps['geometry']
  range: OverlayProps['ranges']['eversionDeg']
}) {
  const mean = view.bands.eversionDeg?.mean[Math.round(pct)]
  if (mean === undefined) return null
  const spreadDeg = summary(view.usable, 'peakEversionDeg')?.uncertainty ?? null
  const x = g.x(pct)
  return (
    <>
      <line class="drop" x1={x} x2={x} y1={yIn(g.eversion, range, mean)} y2={g.railY - 9} />
      {spreadDeg !== null && (
        <line
          class="whisk"
          x1={x}
          x2={x}
          y1={yIn(g.eversion, range, mean + spreadDeg)}
          y2={yIn(g.eversion, range, mean - spreadDeg)}
        />
      )}
      <LegMark side={side} x={x} y={yIn(g.eversion, range, mean)} size={5.5} />
    </>
  )
}

const Diamond = ({ x, y, size }: { x: number; y: number; size: number }) => (
  <path class="hollow" d={`M${x} ${y - size}l${size} ${size}l${-size} ${size}l${-size} ${-size}z`} />
)
