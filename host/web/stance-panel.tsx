import { type Signal, useComputed, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Side } from '../server/messages.ts'
import { asTable, shown } from './app.ts'
import { CurvePlot, type Layers } from './curve-plot.tsx'
import { CurveTable } from './curve-table.tsx'
import { number, plusMinus } from './format.ts'
import { visibleSteps } from './freeze.ts'
import { type PanelGeometry, panelGeometry } from './geometry.ts'
import type { LegStatus } from './leg-status.ts'
import { type LegView, legView, metric, type Range, stanceCurve } from './leg-view.ts'
import { legClass } from './marks.tsx'
import { legStatus } from './now.ts'
import { PhaseColumns } from './phase-columns.tsx'
import { Readouts } from './readouts.tsx'
import { StanceCursor, useStanceCursor } from './stance-cursor.tsx'
import { StanceGrid, StanceMarks } from './stance-overlay.tsx'
import { StatusLine } from './status-line.tsx'
import { isSettling, isUsable, type Step } from './steps.ts'
import { useSize } from './use-size.ts'
import { SIDE_WORDS, words } from './words.ts'

export interface Ranges {
  eversion: Range
  rotation: Range
}

/** One leg's stance: readouts, eversion, timing rail, tibial rotation, phases. Left and right share their y ranges. */
export function StancePanel({ side, ranges }: { side: Side; ranges: Signal<Ranges> }) {
  const view = useComputed(() => legView(visibleSteps[side].value, shown.value)).value
  const status = legStatus(side)
  return (
    <section class={`card panel ${legClass(side)}`} data-state={status.kind} aria-label={SIDE_WORDS[side]}>
      <Readouts side={side} view={view} held={status.kind === 'lost'} />
      {/* before the first stance the words stand in the chart */}
      <StatusLine tag={status.tag} look={status.look} what={view.last === null ? '' : status.what} />
      {asTable.value ? (
        <CurveTable side={side} view={view} />
      ) : (
        <Chart side={side} view={view} ranges={ranges.value} status={status} />
      )}
      <PhaseColumns view={view} />
    </section>
  )
}

interface ChartProps {
  side: Side
  view: LegView
  ranges: Ranges
  status: LegStatus
}

function Chart({ side, view, ranges, status }: ChartProps) {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const cursor = useSignal<number | null>(null)
  const geometry = panelGeometry(width, height)
  const keys = useStanceCursor(cursor, geometry)
  const held = status.kind === 'lost'
  const overlay = { side, view, geometry, ranges, held }
  return (
    // a chart is an image with a sentence; it takes the focus so that arrow keys can step through it
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read the curve out, point by point
    <div class="chart" ref={ref} role="img" aria-label={finding(side, view)} tabIndex={0} {...keys}>
      {width > 0 && height > 0 && (
        <>
          <Layer geometry={geometry}>
            <StanceGrid {...overlay} />
          </Layer>
          <CurvePlot
            box={geometry.eversion}
            range={ranges.eversion}
            layers={layers(view, 'eversionDeg', held)}
          />
          <CurvePlot
            box={geometry.rotation}
            range={ranges.rotation}
            layers={layers(view, 'tibialRotationDeg', held)}
          />
          <Layer geometry={geometry}>
            <StanceMarks {...overlay} />
            <StanceCursor pct={cursor.value} {...overlay} />
          </Layer>
          {status.what && view.last === null && <p class="says">{status.what}</p>}
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

function layers(view: LegView, name: 'eversionDeg' | 'tibialRotationDeg', held: boolean): Layers {
  const trace = (step: Step) => {
    const values = stanceCurve(step, name)
    return values && { values, flagged: !isUsable(step) }
  }
  return {
    band: name === 'eversionDeg' ? view.eversion : view.rotation,
    faded: held ? [] : view.steps.slice(0, -1).flatMap((step) => trace(step) ?? []),
    last: held || !view.last ? null : trace(view.last),
    provisional: view.last !== null && isSettling(view.last),
  }
}

function finding(side: Side, view: LegView): string {
  const peak = metric(view.usable, 'peakEversionPct')
  if (!peak) return words.chart.noFinding(side)
  return words.chart.finding(side, number(peak.mean), plusMinus(peak.sd), peak.n)
}
