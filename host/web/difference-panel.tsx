import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Kept } from '../metrics/detectable.ts'
import type { CurveName, LegStretch, Side } from '../server/messages.ts'
import { CURVE_LOOK } from './curves.ts'
import { type CurveDifference, curveDifference } from './difference.ts'
import { number, signed } from './format.ts'
import { type Box, ticks, yIn } from './geometry.ts'
import { type Range, widen } from './leg-view.ts'
import { LegMark, legClass, pathThrough } from './marks.tsx'
import { useSize } from './use-size.ts'
import { SIDE_WORDS, words } from './words.ts'

/** The curve whose difference is shown. */
export const comparedCurve = signal<CurveName>('eversionDeg')

interface Props {
  side: Side
  /** Stands below the two plots. */
  children?: ComponentChildren
  before: LegStretch
  after: LegStretch
  kept: Kept
}

/** One leg: the two mean curves, and below them their difference with its 95 % band and the zone of what cannot be told. */
export function DifferencePanel({ side, before, after, kept, children }: Props) {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const name = comparedCurve.value
  const found = curveDifference(name, before, after, kept)
  const where = found === null ? words.compare.unknown : words.compare.where(found.stretches)
  return (
    <section class={`card diffpanel ${legClass(side)}`}>
      <header>
        <h2 class="leg">{SIDE_WORDS[side]}</h2>
        <span class="aside">{where}</span>
      </header>
      <div
        class="fig"
        ref={ref}
        role="img"
        aria-label={`${SIDE_WORDS[side]}, ${words.curve[name]}: ${where}`}
      >
        {height > 60 && found !== null && (
          <svg class="c" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            <Figure
              side={side}
              name={name}
              before={before}
              after={after}
              found={found}
              width={width}
              height={height}
            />
          </svg>
        )}
        {found === null && <p class="says">{words.compare.unknown}</p>}
      </div>
      {children}
    </section>
  )
}

const LEFT = 38
const RIGHT = 26
const AXIS = 22
const BETWEEN = 40
/** In less there is no room for both lines above the difference, px. */
const NARROW = 400

interface FigureProps {
  side: Side
  name: CurveName
  before: LegStretch
  after: LegStretch
  found: CurveDifference
  width: number
  height: number
}

function Figure({ side, name, before, after, found, width, height }: FigureProps) {
  const plots = height - AXIS - BETWEEN - 8
  const box = { left: LEFT, width: width - LEFT - RIGHT }
  const above: Box = { ...box, top: 8, height: plots * 0.6 }
  const below: Box = { ...box, top: 8 + plots * 0.6 + BETWEEN, height: plots * 0.4 }
  const x = (pct: number): number => LEFT + (box.width * pct) / 100
  const a = fromContact(name, before.curves[name]!.mean)
  const b = fromContact(name, after.curves[name]!.mean)
  const range = widen(widen(CURVE_LOOK[name].range, a), b)
  const most = Math.max(
    ...found.mean.map((value, i) => Math.abs(value) + found.half[i]!),
    1.6 * (found.zone ?? 0),
    1,
  )
  const span = Math.ceil(most / 2) * 2
  return (
    <>
      {found.stretches.map(({ fromPct, toPct }) => (
        <g key={fromPct}>
          <rect
            class="sd"
            x={x(fromPct)}
            y={above.top}
            width={Math.max(2, x(toPct) - x(fromPct))}
            height={below.top + below.height - above.top}
          />
          <line
            class="differs"
            x1={x(fromPct)}
            x2={Math.max(x(fromPct) + 2, x(toPct))}
            y1={below.top + below.height + 2}
            y2={below.top + below.height + 2}
          />
        </g>
      ))}
      <Grid box={above} range={range} unit={CURVE_LOOK[name].unit} write={(value) => number(value)} />
      <Grid
        box={below}
        range={{ min: -span, max: span }}
        unit={CURVE_LOOK[name].unit}
        write={(value) => signed(value)}
        at={[-span / 2, 0, span / 2]}
      />
      <text class="mid halo" x={LEFT + 8} y={above.top + 14}>
        {words.curve[name]}
      </text>
      <text class="mid" x={LEFT} y={below.top - 10}>
        {width < NARROW ? words.compare.change : words.compare.difference}
      </text>
      <text x={x(100)} y={below.top - 10} text-anchor="end">
        {words.compare.zone}
      </text>
      <Curves
        side={side}
        a={a}
        b={b}
        sdA={before.curves[name]!.sd}
        sdB={after.curves[name]!.sd}
        box={above}
        range={range}
        x={x}
      />
      <Difference found={found} box={below} range={{ min: -span, max: span }} x={x} />
      {[0, 20, 40, 60, 80, 100].map((pct) => (
        <text key={pct} x={x(pct)} y={height - 4} text-anchor="middle">
          {pct === 0 ? words.chart.ic : pct === 100 ? '100 %' : pct}
        </text>
      ))}
    </>
  )
}

const fromContact = (name: CurveName, mean: readonly number[]): number[] =>
  mean.map((value) => (name === 'tibialRotationDeg' ? value - mean[0]! : value))

interface GridProps {
  box: Box
  range: Range
  unit: string
  write(value: number): string
  at?: readonly number[]
}

function Grid({ box, range, unit, write, at = ticks(range) }: GridProps) {
  return (
    <>
      {at.map((value, i) => {
        const y = yIn(box, range, value)
        return (
          <g key={value}>
            <line
              class={value === 0 ? 'zero' : 'grid'}
              x1={box.left}
              x2={box.left + box.width}
              y1={y}
              y2={y}
            />
            <text x={box.left - 8} y={y + 4} text-anchor="end">
              {write(value)}
              {i === at.length - 1 ? unit.trim() : ''}
            </text>
          </g>
        )
      })}
    </>
  )
}

interface CurvesProps {
  side: Side
  a: readonly number[]
  b: readonly number[]
  sdA: readonly number[]
  sdB: readonly number[]
  box: Box
  range: Range
  x(pct: number): number
}

function Curves({ side, a, b, sdA, sdB, box, range, x }: CurvesProps) {
  const y = (value: number): number => yIn(box, range, value)
  const top = (curve: readonly number[]): number => curve.indexOf(Math.max(...curve))
  const [peakA, peakB] = [top(a), top(b)]
  const [endA, endB] = [y(a.at(-1)!), y(b.at(-1)!)]
  const apart = Math.max(0, 14 - Math.abs(endA - endB)) / 2
  const up = endB <= endA ? -1 : 1
  return (
    <>
      <path class="zone" d={bandPath(a, sdA, x, y)} />
      <path class="sd" d={bandPath(b, sdB, x, y)} />
      <path class="base" style={{ strokeWidth: '2' }} d={linePath(a, x, y)} />
      <path class="last" d={linePath(b, x, y)} />
      <path class="hollow" d={`M${x(peakA)} ${y(a[peakA]!) - 6}l6 6l-6 6l-6 -6z`} />
      <LegMark side={side} x={x(peakB)} y={y(b[peakB]!)} size={5.5} />
      <text class="mid" x={x(100) + 8} y={endA + 4 - up * apart}>
        A
      </text>
      <text class="legt" x={x(100) + 8} y={endB + 4 + up * apart}>
        B
      </text>
    </>
  )
}

function Difference({
  found: { mean, half, zone },
  box,
  range,
  x,
}: {
  found: CurveDifference
  box: Box
  range: Range
  x(pct: number): number
}) {
  const y = (value: number): number => yIn(box, range, value)
  return (
    <>
      {zone !== null && (
        <rect
          class="zone"
          x={box.left}
          y={y(zone)}
          width={box.width}
          height={Math.max(1, y(-zone) - y(zone))}
        />
      )}
      <path class="sd" d={bandPath(mean, half, x, y)} />
      <path class="last" style={{ strokeWidth: '2.25' }} d={linePath(mean, x, y)} />
    </>
  )
}

type Along = (value: number) => number

const linePath = (values: readonly number[], x: Along, y: Along): string =>
  pathThrough(values.map((value, pct) => [x(pct), y(value)] as const))

function bandPath(mean: readonly number[], half: readonly number[], x: Along, y: Along): string {
  const over = mean.map((value, pct) => [x(pct), y(value + half[pct]!)] as const)
  const under = mean.map((value, pct) => [x(pct), y(value - half[pct]!)] as const)
  return `${pathThrough([...over, ...under.reverse()])}Z`
}
