import { useMemo } from 'preact/hooks'
import { SIDES } from '../../shared/places.ts'
import type { Side } from '../server/messages.ts'
import { number } from './format.ts'
import { ticks } from './geometry.ts'
import { type LegView, metric, stanceCurve } from './leg-view.ts'
import { LegMark, legClass, pathThrough } from './marks.tsx'
import { useSize } from './use-size.ts'
import { usuals } from './usual.ts'
import { ranges } from './views.ts'
import { words } from './words.ts'

/** Faint strides behind each loop. */
const FAINT = 5

/** Eversion against tibial rotation: how far the shin turns with the shoe, both legs in one plot. */
export function CouplingCard({ views }: { views: Record<Side, LegView> }) {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const X = ranges.value.tibialRotationDeg
  const Y = ranges.value.eversionDeg
  const left = 26
  const bottom = 18
  // the same for as long as it is: a stance draws its own leg's loop alone
  const scale = useMemo<Scale>(
    () => ({
      x: (v) => left + ((width - left - 8) * (v - X.min)) / (X.max - X.min),
      y: (v) => 4 + ((height - bottom - 4) * (Y.max - v)) / (Y.max - Y.min),
      right: width,
    }),
    [X, Y, width, height],
  )
  const { x, y } = scale
  const some = SIDES.some((side) => views[side].bands.tibialRotationDeg)
  const ratios = SIDES.map((side) => metric(views[side].usable, 'couplingRatio')?.mean ?? null)
  const label = SIDES.map((side, i) => `${side} ${words.card.ratio(number(ratios[i], 1))}`).join(', ')
  return (
    <section class="card cardfig coupling">
      <header>
        <h2>{words.card.coupling}</h2>
        <span class="aside">{words.card.couplingAside}</span>
      </header>
      <div class="fig" ref={ref} role="img" aria-label={`${words.card.coupling}: ${label}`}>
        {height > 0 && (
          <svg class="c" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {ticks(Y).map((v, i, all) => (
              <g key={v}>
                <line class={v === 0 ? 'zero' : 'grid'} x1={left} x2={width - 8} y1={y(v)} y2={y(v)} />
                <text x={left - 6} y={y(v) + 4} text-anchor="end">
                  {number(v)}
                  {i === all.length - 1 ? '°' : ''}
                </text>
              </g>
            ))}
            {ticks(X).map((v, i, all) => (
              <g key={v}>
                <line class={v === 0 ? 'zero' : 'grid'} x1={x(v)} x2={x(v)} y1={4} y2={height - bottom} />
                <text x={x(v)} y={height - 3} text-anchor="middle">
                  {number(v)}
                  {i === all.length - 1 ? '°' : ''}
                </text>
              </g>
            ))}
            {SIDES.toReversed().map((side) => (
              <Loop key={side} side={side} view={views[side]} scale={scale} />
            ))}
          </svg>
        )}
        {!some && (
          <p class="says">
            <span>{words.card.waiting}</span>
          </p>
        )}
      </div>
    </section>
  )
}

interface Scale {
  x(rotationDeg: number): number
  y(eversionDeg: number): number
  /** Edge of the picture, px. */
  right: number
}

function Loop({ side, view, scale: { x, y, right } }: { side: Side; view: LegView; scale: Scale }) {
  const path = (rotation: readonly number[], eversion: readonly number[]): string =>
    pathThrough(rotation.map((value, i) => [x(value), y(eversion[i]!)] as const))
  const eversion = view.bands.eversionDeg?.mean
  const rotation = view.bands.tibialRotationDeg?.mean
  if (!eversion || !rotation) return null
  const peak = eversion.indexOf(Math.max(...eversion))
  const ratio = metric(view.usable, 'couplingRatio')
  const tip = { x: x(rotation[peak]!), y: y(eversion[peak]!) }
  const rightward = tip.x < right - 64
  const usual = usuals[side].value?.curves
  const turned = usual?.tibialRotationDeg?.mean.map((value, _, all) => value - all[0]!)
  return (
    <g class={legClass(side)}>
      {turned && usual?.eversionDeg && <path class="base" d={path(turned, usual.eversionDeg.mean)} />}
      {view.usable.slice(-FAINT).map((step) => {
        const ev = stanceCurve(step, 'eversionDeg')
        const ro = stanceCurve(step, 'tibialRotationDeg')
        return ev && ro && <path key={step.index} class="fade" opacity="0.3" d={path(ro, ev)} />
      })}
      <path
        class={side === 'right' ? 'last dash' : 'last'}
        style={{ strokeWidth: '2' }}
        d={path(rotation, eversion)}
      />
      <LegMark side={side} x={x(rotation[0]!)} y={y(eversion[0]!)} size={3.5} filled />
      <LegMark side={side} x={tip.x} y={tip.y} size={5} />
      {ratio && (
        <text
          class="legt halo"
          x={rightward ? tip.x + 10 : tip.x - 10}
          y={tip.y + (side === 'left' ? -3 : 12)}
          text-anchor={rightward ? 'start' : 'end'}
        >
          {words.card.ratio(number(ratio.mean, 1))}
        </text>
      )}
    </g>
  )
}
