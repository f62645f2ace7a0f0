import { useComputed } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import { session } from './app.ts'
import { colours } from './colours.ts'
import { clock, number } from './format.ts'
import { missing } from './gaps.ts'
import { timeTicks } from './geometry.ts'
import { sessionClock } from './now.ts'
import { markWords } from './tag-form.tsx'
import { useSize } from './use-size.ts'
import { SIDE_WORDS, words } from './words.ts'

const MARGIN = { left: 26, right: 48, top: 12, bottom: 16 }
const Y = { min: 20, max: 80 }
const LATEST_SHOWN_S = 60

/** Peak timing over the whole session, with its marks. Its end is the length of a recording, or grows with a live session. */
export function OverviewStrip() {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const endS = useComputed(shownS).value
  const plotWidth = Math.max(1, width - MARGIN.left - MARGIN.right)
  const plotHeight = Math.max(1, height - MARGIN.top - MARGIN.bottom)
  const x = (s: number): number => MARGIN.left + (plotWidth * s) / endS
  const y = (pct: number): number => MARGIN.top + (plotHeight * (Y.max - pct)) / (Y.max - Y.min)
  return (
    <footer class="strip">
      <div>
        <div class="lab">{words.card.strip}</div>
        <div class="small">
          <span class="l leg">{SIDE_WORDS.left}</span>
          <span class="r leg">{SIDE_WORDS.right}</span>
        </div>
      </div>
      <div class="lane" ref={ref} role="img" aria-label={words.card.strip}>
        {width > 0 && (
          <>
            <svg class="c" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              {[30, 50, 70].map((pct) => (
                <g key={pct}>
                  <line class="grid" x1={x(0)} x2={x(endS)} y1={y(pct)} y2={y(pct)} />
                  <text x={MARGIN.left - 6} y={y(pct) + 4} text-anchor="end">
                    {number(pct)}
                  </text>
                </g>
              ))}
              {timeTicks(endS, plotWidth).map((s) => (
                <g key={s}>
                  <line class="grid" x1={x(s)} x2={x(s)} y1={MARGIN.top} y2={height - MARGIN.bottom} />
                  <text x={x(s)} y={height - 2} text-anchor="middle">
                    {clock(s)}
                  </text>
                </g>
              ))}
            </svg>
            <TrendPlot width={plotWidth} height={plotHeight} endS={endS} />
            <svg class="c" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
              <Gaps x={x} top={MARGIN.top} bottom={height - MARGIN.bottom} />
              {session.marks.value
                .filter(({ kind }) => kind === 'mark' || kind === 'tag' || kind === 'baseline')
                .map((mark) => (
                  <g key={mark.timeS} class="flag">
                    <path d={`M${x(mark.timeS) - 4} 0h8l-4 7z`} />
                    <line
                      class="lead"
                      x1={x(mark.timeS)}
                      x2={x(mark.timeS)}
                      y1={7}
                      y2={height - MARGIN.bottom}
                    />
                    {markWords(mark) !== '' && (
                      <text class="mid" x={x(mark.timeS) + 7} y={9}>
                        {markWords(mark)}
                      </text>
                    )}
                  </g>
                ))}
              <Now x={x} bottom={height - MARGIN.bottom} />
            </svg>
          </>
        )}
      </div>
    </footer>
  )
}

/** A recording's length; live, room for some more. */
function shownS(): number {
  const state = session.state.value
  return state?.durationS ?? Math.max(LATEST_SHOWN_S, 60 * Math.ceil((state?.timeS ?? 0) / 60 + 0.25))
}

/** What alone moves four times a second. */
function Now({ x, bottom }: { x(s: number): number; bottom: number }) {
  const state = session.state.value
  const now = sessionClock()
  if (now === null) return null
  return (
    <g>
      <line class="cursor" x1={x(now)} x2={x(now)} y1={2} y2={bottom} />
      <text class="strong" x={x(now) + 7} y={bottom - 4}>
        {state?.source === 'live' && state.phase === 'recording' ? words.card.live : ''}
      </text>
    </g>
  )
}

/** Where samples of a pod are missing: hatched, and which pod it was. */
function Gaps({ x, top, bottom }: { x(s: number): number; top: number; bottom: number }) {
  return (
    <>
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2" height="6" class="hatch" />
        </pattern>
      </defs>
      {missing(session.marks.value, session.alerts.value, sessionClock()).map(({ place, fromS, toS }) => (
        <rect
          key={`${place}${fromS}`}
          class="gap"
          x={x(fromS)}
          y={top}
          width={Math.max(3, x(toS) - x(fromS))}
          height={bottom - top}
        >
          <title>{words.card.gap(place, number(toS - fromS, 1))}</title>
        </rect>
      ))}
    </>
  )
}

function TrendPlot({ width, height, endS }: { width: number; height: number; endS: number }) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const end = useRef(endS)
  end.current = endS

  useLayoutEffect(() => {
    const element = host.current!
    const u = new uPlot(
      {
        width,
        height,
        mode: 1,
        padding: [0, 0, 0, 0],
        axes: [{ show: false }, { show: false }],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, range: () => [0, end.current] }, y: { range: [Y.min, Y.max] } },
        series: [
          {},
          {
            stroke: () => colours.peek()['--left'],
            width: 1.75,
            pxAlign: 0,
            points: { show: false },
            spanGaps: true,
          },
          {
            stroke: () => colours.peek()['--right'],
            width: 1.75,
            pxAlign: 0,
            dash: [5, 3],
            points: { show: false },
            spanGaps: true,
          },
        ],
      },
      [[], [], []],
      element,
    )
    plot.current = u
    return () => u.destroy()
  }, [])

  useLayoutEffect(() => plot.current?.setSize({ width, height }), [width, height])
  useLayoutEffect(() => plot.current?.setData(joined(), true), [session.stances.value, endS, colours.value])

  return <div class="plot" ref={host} style={{ left: `${MARGIN.left}px`, top: `${MARGIN.top}px` }} />
}

/** Both legs on one x axis, `undefined`-free: a leg without a value at a time has `null`. */
function joined(): uPlot.AlignedData {
  const { left, right } = session.trends
  return uPlot.join([
    [left.timeS, left.values],
    [right.timeS, right.values],
  ])
}
