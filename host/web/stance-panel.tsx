import { useComputed, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { CurveName, Side } from '../server/messages.ts'
import { asTable } from './app.ts'
import type { Drawing, Layers } from './curve-layers.ts'
import { CurvePlot } from './curve-plot.tsx'
import { CurveTable } from './curve-table.tsx'
import { number, plusMinus } from './format.ts'
import { type PanelGeometry, panelGeometry } from './geometry.ts'
import type { LegStatus } from './leg-status.ts'
import { metric, stanceCurve } from './leg-view.ts'
import { legClass } from './marks.tsx'
import { NormTip } from './norm-tip.tsx'
import { normBand, norms } from './norms.ts'
import { isHeld, legStatus } from './now.ts'
import { PhaseColumns } from './phase-columns.tsx'
import { Readouts } from './readouts.tsx'
import { StanceCursor, useStanceCursor } from './stance-cursor.tsx'
import { type LegShown, StanceGrid } from './stance-grid.tsx'
import { StanceMarks } from './stance-marks.tsx'
import { StatusLine } from './status-line.tsx'
import { isSettling, isUsable, type Step } from './steps.ts'
import { useSize } from './use-size.ts'
import { usuals } from './usual.ts'
import { legViews, lower, ranges } from './views.ts'
import { SIDE_WORDS, words } from './words.ts'

/** A stance of one leg, or of both in one plot: readouts, eversion, timing rail, the curve below, phases. */
export function StancePanel({ sides }: { sides: readonly Side[] }) {
  const legs = useComputed<LegShown[]>(() =>
    sides.map((side) => ({
      side,
      view: legViews[side].value,
      held: isHeld[side].value,
      usual: usuals[side].value,
    })),
  ).value
  const statuses = sides.map((side) => legStatus[side].value)
  const status = statuses.find(({ look }) => look === 'bad' || look === 'attn') ?? statuses[0]!
  const empty = legs.every(({ view }) => view.last === null)
  const [only] = sides.length === 1 ? sides : []
  const without =
    !empty && legs.every(({ view }) => view.steps.every(({ curves }) => curves.eversionDeg === null))
  return (
    <section
      class={`card panel ${only ? legClass(only) : 'both'}`}
      data-state={status.kind}
      aria-label={sides.map((side) => SIDE_WORDS[side]).join(', ')}
    >
      <div class="rds">
        {legs.map((leg) => (
          <Readouts key={leg.side} {...leg} />
        ))}
      </div>
      {/* before the first stance the words stand in the chart */}
      <StatusLine tag={status.tag} look={status.look} what={empty ? '' : status.what}>
        <NormTip />
      </StatusLine>
      {asTable.value ? (
        <CurveTable legs={legs} lower={lower.value} />
      ) : (
        <Chart
          legs={legs}
          status={status}
          says={empty ? status.what : without ? words.state.needsBoth : ''}
        />
      )}
      <PhaseColumns legs={legs} />
    </section>
  )
}

function Chart({ legs, status, says }: { legs: readonly LegShown[]; status: LegStatus; says: string }) {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const cursor = useSignal<number | null>(null)
  const geometry = panelGeometry(width, height)
  const keys = useStanceCursor(cursor, geometry)
  const shown = ranges.value
  const overlay = { legs, geometry, ranges: shown, lower: lower.value }
  const above = useMemo(() => drawingOf(legs, 'eversionDeg'), [legs, norms.value])
  const below = useMemo(() => drawingOf(legs, lower.value), [legs, norms.value, lower.value])
  return (
    // a chart is an image with a sentence; it takes the focus so that arrow keys can step through it
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the curve out, point by point
    <div class="chart" ref={ref} role="img" aria-label={legs.map(finding).join(' ')} tabIndex={0} {...keys}>
      {width > 0 && height > 0 && (
        <>
          <Layer geometry={geometry}>
            <StanceGrid {...overlay} />
          </Layer>
          <CurvePlot box={geometry.eversion} range={shown.eversionDeg} drawing={above} />
          <CurvePlot box={geometry.lower} range={shown[lower.value]} drawing={below} />
          <Layer geometry={geometry}>
            <StanceMarks {...overlay} />
            <StanceCursor pct={cursor.value} {...overlay} />
          </Layer>
          {says !== '' && (
            <p class="says" data-state={status.kind}>
              <span>{says}</span>
            </p>
          )}
        </>
      )}
    </div>
  )
}

const Layer = ({ geometry, children }: { geometry: PanelGeometry; children: ComponentChildren }) => (
  <svg class="c" viewBox={`0 0 ${geometry.width} ${geometry.height}`} aria-hidden="true">
    {children}
  </svg>
)

function drawingOf(legs: readonly LegShown[], name: CurveName): Drawing {
  const layers = ({ side, view, held, usual }: LegShown): Layers => {
    const trace = (step: Step) => {
      const values = stanceCurve(step, name)
      return values && { values, flagged: !isUsable(step) }
    }
    return {
      side,
      band: view.bands[name] ?? null,
      faded: held ? [] : view.steps.slice(0, -1).flatMap((step) => trace(step) ?? []),
      usual: usual?.curves[name]?.mean ?? null,
      last: held || !view.last ? null : trace(view.last),
      provisional: view.last !== null && isSettling(view.last),
      dashed: legs.length > 1 && side === 'right',
    }
  }
  return { norm: normBand(name), legs: legs.map(layers) }
}

function finding({ side, view, usual }: LegShown): string {
  const peak = metric(view.usable, 'peakEversionPct')
  if (!peak) return words.chart.noFinding(side)
  const before = usual?.metrics.peakEversionPct?.mean
  return words.chart.finding(
    side,
    number(peak.mean),
    plusMinus(peak.sd),
    peak.n,
    before === undefined ? null : number(before),
  )
}
