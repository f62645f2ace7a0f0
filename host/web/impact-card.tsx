import { SIDES } from '../../shared/places.ts'
import type { Side } from '../server/messages.ts'
import { session } from './app.ts'
import { number } from './format.ts'
import { type LegView, metric, stanceCurve } from './leg-view.ts'
import { LegMark, legClass, pathThrough } from './marks.tsx'
import { isHeld } from './now.ts'
import { useSize } from './use-size.ts'
import { SIDE_WORDS, words } from './words.ts'

const END_MS = 120

/** Tibial acceleration along the shin over the first 120 ms of the last stance, with the mean peak of the strides shown. */
export function ImpactCard({ views, cutoffHz }: { views: Record<Side, LegView>; cutoffHz: number }) {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const peaks = SIDES.map((side) =>
    isHeld[side].value ? null : metric(views[side].usable, 'peakTibialAxialG'),
  )
  const top = Math.max(9, ...peaks.map((peak) => 3 * Math.ceil(((peak?.mean ?? 0) + 1) / 3)))
  const left = 26
  const plot = { right: width - 74, bottom: height - 18 }
  const x = (ms: number): number => left + ((plot.right - left) * ms) / END_MS
  const y = (g: number): number => 6 + ((plot.bottom - 6) * (top - g)) / (top + 3)
  const label = SIDES.map((side, i) => `${side} ${number(peaks[i]?.mean, 1)} g`).join(', ')
  return (
    <section class="card cardfig">
      <header>
        <h2>{words.card.impact}</h2>
        <span class="aside" title={words.card.gravity}>
          {words.card.impactAside(cutoffHz)}
        </span>
      </header>
      <div class="fig" ref={ref} role="img" aria-label={`${words.card.impact}: ${label}`}>
        {height > 0 && (
          <svg class="c" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {[0, top / 3, (2 * top) / 3].map((v) => (
              <g key={v}>
                <line class={v === 0 ? 'zero' : 'grid'} x1={left} x2={plot.right} y1={y(v)} y2={y(v)} />
                <text x={left - 6} y={y(v) + 4} text-anchor="end">
                  {v}
                </text>
              </g>
            ))}
            {[0, 40, 80, 120].map((ms) => (
              <text key={ms} x={x(ms)} y={height - 3} text-anchor="middle">
                {ms}
                {ms === END_MS ? ' ms' : ''}
              </text>
            ))}
            {SIDES.toReversed().map((side) => (
              <Trace key={side} side={side} view={views[side]} x={x} y={y} />
            ))}
            {SIDES.map((side, i) => (
              <g key={side} class={legClass(side)}>
                <text class="legt big" x={width} y={20 + 38 * i} text-anchor="end">
                  {number(peaks[i]?.mean, 1)}
                  {peaks[i] ? ' g' : ''}
                </text>
                <text x={width} y={35 + 38 * i} text-anchor="end">
                  {SIDE_WORDS[side].toLowerCase()}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
    </section>
  )
}

interface TraceProps {
  side: Side
  view: LegView
  x(ms: number): number
  y(g: number): number
}

function Trace({ side, view, x, y }: TraceProps) {
  const step = view.last
  const curve = step && stanceCurve(step, 'tibialAxialG')
  if (!step || !curve) return null
  const contactMs = 1000 * (step.toS - step.icS)
  const points = curve.map((g, pct) => [(contactMs * pct) / 100, g] as const).filter(([ms]) => ms <= END_MS)
  const peak = points.reduce(
    (best, point) => (point[1] > best[1] ? point : best),
    [0, Number.NEGATIVE_INFINITY],
  )
  return (
    <g class={legClass(side)}>
      <path
        class={side === 'right' ? 'last dash' : 'last'}
        style={{ strokeWidth: '2' }}
        d={pathThrough(points.map(([ms, g]) => [x(ms), y(g)] as const))}
      />
      <LegMark side={side} x={x(peak[0])} y={y(peak[1])} size={4} />
    </g>
  )
}

/** Bandwidth of the impact numbers, Hz: the recording's own setting, else the host's default. */
export function impactCutoffHz(): number {
  const motion = session.state.value?.info.settings.motion as { impactLowPassHz?: number } | undefined
  return motion?.impactLowPassHz ?? 60
}
