import type { ComponentChildren } from 'preact'
import { SIDES } from '../../shared/places.ts'
import type { Kept } from '../metrics/detectable.ts'
import type { CurveName, LegStretch, SessionSegment, Side, StrideMetric } from '../server/messages.ts'
import { session } from './app.ts'
import { Choice } from './choice.tsx'
import { curveDifference, keptSince } from './difference.ts'
import { comparedCurve, DifferencePanel } from './difference-panel.tsx'
import { number, plusMinus, signed } from './format.ts'
import { legClass } from './marks.tsx'
import { METRICS } from './metrics.ts'
import { chosen, compared, runSegments, segmentName, swapCompared } from './segments.ts'
import { type Beside, beside } from './usual.ts'
import { METRIC_WORDS, SIDE_WORDS, words } from './words.ts'

const CURVES: readonly CurveName[] = ['eversionDeg', 'tibialRotationDeg', 'dorsiflexionDeg', 'tibialAxialG']

/** Did it really change, and where in stance? Two stretches of this session, before and after what was tagged. */
export function BeforeAfter() {
  const pair = compared.value
  if (pair === null)
    return (
      <main id="main" class="nothing">
        <b>{words.compare.none}</b>
        {words.compare.noneWhat}
      </main>
    )
  const { before, after } = pair
  const [first, last] = before.fromS < after.fromS ? [before, after] : [after, before]
  const kept = keptSince(session.marks.value, first.fromS, last.fromS)
  return (
    <main id="main" class="before-after">
      <div class="say">
        <h1>{sentence({ before, after, kept })}</h1>
      </div>
      <div class="ab">
        <SegmentChoice label="A" which="before" value={before} />
        <button type="button" class="btn quiet" aria-label={words.compare.swap} onClick={swapCompared}>
          ⇄
        </button>
        <SegmentChoice label="B" which="after" value={after} />
        <span class="grow" />
        <CurveChoice />
      </div>
      {SIDES.map((side) => (
        <DifferencePanel
          key={side}
          side={side}
          before={before.legs[side]}
          after={after.legs[side]}
          kept={kept}
        />
      ))}
      <NumbersTable before={before} after={after} kept={kept}>
        {kept === 'wearing' ? words.compare.wearing : words.compare.puton}
      </NumbersTable>
    </main>
  )
}

export const CurveChoice = () => (
  <Choice
    label={words.compare.curve}
    quiet
    options={CURVES.map((name) => [name, words.curveShort[name]] as const)}
    value={comparedCurve.value}
    onChoose={(name) => {
      comparedCurve.value = name
    }}
  />
)

function SegmentChoice({
  label,
  which,
  value,
}: {
  label: string
  which: 'before' | 'after'
  value: SessionSegment
}) {
  return (
    <label class="abchoice">
      <svg viewBox="0 0 28 12" aria-hidden="true">
        <line x1="0" y1="6" x2="28" y2="6" class={which} />
      </svg>
      <b>{label}</b>
      <select
        onChange={(event) => {
          chosen[which].value = Number(event.currentTarget.value)
        }}
      >
        {runSegments.value.map((segment) => (
          <option key={segment.index} value={segment.index} selected={segment.index === value.index}>
            {segmentName(segment)}
          </option>
        ))}
      </select>
    </label>
  )
}

type Legs = { legs: Record<Side, LegStretch> }

/** Two stretches of strides, of one session or of two. */
export interface Pair {
  before: Legs
  after: Legs
  kept: Kept
}

const changeOf = (side: Side, name: StrideMetric, { before, after, kept }: Pair): Beside | null =>
  beside(name, before.legs[side].metrics[name], after.legs[side].metrics[name], kept)

/** Did it change beyond what can be told, and where in stance? */
export const sentence = (pair: Pair): string =>
  words.compare.sentence(foundOf('left', pair), foundOf('right', pair))

function foundOf(side: Side, pair: Pair) {
  const { before, after, kept } = pair
  const numbers = METRICS.map((metric) => ({ ...metric, change: changeOf(side, metric.name, pair) }))
  const curves = CURVES.map((name) => ({
    name,
    change: curveDifference(name, before.legs[side], after.legs[side], kept),
  }))
  const told =
    numbers.some(({ change }) => change !== null && change.differs !== null) ||
    curves.some(({ change }) => change !== null && change.zone !== null)
  if (!told) return null
  return {
    moved: numbers.flatMap(({ name, digits, unit, change }) =>
      change?.differs
        ? [words.compare.finding(name, number(Math.abs(change.difference), digits) + unit, change.difference)]
        : [],
    ),
    curves: curves.flatMap(({ name, change }) =>
      change && change.stretches.length > 0 ? [{ name, stretches: change.stretches }] : [],
    ),
  }
}

interface TableProps extends Pair {
  /** There is room for uncertainties, and for what could have been told. */
  wide?: boolean
  /** What is said below it. */
  children: ComponentChildren
}

export function NumbersTable({ wide = false, children, ...pair }: TableProps) {
  const { before, after } = pair
  return (
    <section class="card tab" aria-label={words.compare.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.compare.what}</th>
            <th scope="col" class="n">
              A
            </th>
            <th scope="col" class="n">
              B
            </th>
            <th scope="col" class="n">
              {words.compare.change}
            </th>
            <th scope="col" />
          </tr>
        </thead>
        {SIDES.map((side) => (
          <tbody key={side} class={legClass(side)}>
            <tr class="lg">
              <th colSpan={5} scope="colgroup">
                <span class="leg">{SIDE_WORDS[side]}</span>{' '}
                <small>
                  {words.compare.strides(number(before.legs[side].strides), number(after.legs[side].strides))}
                </small>
              </th>
            </tr>
            {METRICS.map((metric) => (
              <ChangeRow key={metric.name} {...metric} side={side} pair={pair} wide={wide} />
            ))}
          </tbody>
        ))}
      </table>
      <p>{children}</p>
    </section>
  )
}

function ChangeRow({
  name,
  unit,
  digits,
  side,
  pair,
  wide,
}: (typeof METRICS)[number] & { side: Side; pair: Pair; wide: boolean }) {
  const found = changeOf(side, name, pair)
  const cell = ({ legs }: Legs) => {
    const value = legs[side].metrics[name]
    return (
      <td class="n" title={value ? words.compare.sd(plusMinus(value.sd, digits)) : undefined}>
        {number(value?.mean, digits)}
        {wide && value && (
          <small>
            {' '}
            {plusMinus(value.uncertainty, (value.uncertainty ?? 0) < 10 ? Math.max(1, digits) : digits)}
          </small>
        )}
      </td>
    )
  }
  const least = found?.detectable == null ? null : number(found.detectable, Math.max(1, digits)) + unit
  return (
    <tr class={found?.differs ? '' : 'no'}>
      <th scope="row">
        {METRIC_WORDS[name]} <span class="faint">{unit.trim()}</span>
      </th>
      {cell(pair.before)}
      {cell(pair.after)}
      <td class="n chg">{signed(found?.difference, digits)}</td>
      <td class="verdict">
        {words.compare.verdict(found?.differs ?? null, least)}
        {wide && found?.differs === false && <small>{words.compare.under(least ?? '')}</small>}
      </td>
    </tr>
  )
}
