import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { SIDES } from '../../../shared/places.ts'
import type { Gap, Mark, OverviewStride } from '../../server/messages.ts'
import { session } from '../app.ts'
import { clock, NONE, number, spokenClock } from '../format.ts'
import { timeTicks } from '../geometry.ts'
import { legClass, pathThrough } from '../marks.tsx'
import { sessionClock } from '../now.ts'
import { markWords } from '../tag-form.tsx'
import { useSize } from '../use-size.ts'
import { PLACE_WORDS, SIDE_WORDS, words } from '../words.ts'
import { type LaneValue, laneOf, rangeOf } from './lanes.ts'
import { followOverview, noOverview, overview } from './overview.ts'
import { moveBy, seek } from './replay-actions.ts'

const w = words.replay
const LANES: readonly LaneValue[] = ['peakEversionPct', 'peakTibialAxialG', 'cadenceSpm']
const DIGITS: Record<LaneValue, number> = { peakEversionPct: 0, peakTibialAxialG: 1, cadenceSpm: 0 }
const EDGE = { left: 10, right: 62, top: 14, bottom: 18 }
/** A lane lower than this has both figures of its range in one line, px. */
const TWO_LINES = 26
/** While a pointer drags, the host is asked to go there no oftener than this, ms. */
const SEEK_EVERY_MS = 150

/** The whole recording at a glance, and where in it the page stands: drag, press, or the keyboard. */
export function Scrubber() {
  useEffect(followOverview, [])
  const { ref, width, height } = useSize<HTMLDivElement>()
  const durationS = overview.value?.durationS ?? session.state.value?.durationS ?? null
  const plot = { x0: EDGE.left, x1: Math.max(EDGE.left + 1, width - EDGE.right) }
  const x = (s: number): number =>
    plot.x0 + ((plot.x1 - plot.x0) * Math.min(s, durationS ?? s)) / Math.max(durationS ?? 1, 1e-3)
  return (
    <section class="scrubber">
      <Names />
      <div class="lane" ref={ref}>
        {width > 0 && durationS !== null && (
          <>
            <Lanes x={x} durationS={durationS} width={width} height={height} />
            <Slider x={x} plot={plot} durationS={durationS} height={height} />
          </>
        )}
        {overview.value === null && <Waiting />}
      </div>
    </section>
  )
}

function Names() {
  return (
    <div class="names">
      {LANES.map((name) => (
        <div key={name}>
          <b>{w.lanes[name].name}</b> <small>{w.lanes[name].unit}</small>
        </div>
      ))}
      <div class="small">
        {SIDES.map((side) => (
          <span key={side} class={`${legClass(side)} leg`}>
            {SIDE_WORDS[side]}
          </span>
        ))}
      </div>
    </div>
  )
}

function Waiting() {
  const share = session.state.value?.analysed
  return (
    <p class="what small" role="status">
      {noOverview.value
        ? w.noOverview
        : typeof share === 'number' && share < 1
          ? w.analysing(number(100 * share))
          : ''}
    </p>
  )
}

interface LanesProps {
  x: (s: number) => number
  durationS: number
  width: number
  height: number
}

/** Drawn once for an overview and a size: the cursor moves over it. */
function Lanes({ x, durationS, width, height }: LanesProps) {
  const whole = overview.value
  const bottom = height - EDGE.bottom
  return useMemo(
    () => (
      <svg class="c" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {timeTicks(durationS, width - EDGE.left - EDGE.right).map((s) => (
          <g key={s}>
            <line class="grid" x1={x(s)} x2={x(s)} y1={EDGE.top} y2={bottom} />
            {/* beside the grip, where that stands to begin with */}
            <text x={s === 0 ? x(s) + 9 : x(s)} y={height - 4} text-anchor={s === 0 ? 'start' : 'middle'}>
              {clock(s)}
            </text>
          </g>
        ))}
        {whole?.gaps.map((gap) => (
          <GapBlock key={`${gap.place}${gap.fromS}`} gap={gap} x={x} bottom={bottom} />
        ))}
        {whole !== null &&
          LANES.map((name, i) => {
            const high = (bottom - EDGE.top) / LANES.length
            return (
              <Lane
                key={name}
                name={name}
                strides={whole.strides}
                x={x}
                durationS={durationS}
                top={EDGE.top + i * high + 3}
                bottom={EDGE.top + (i + 1) * high - 3}
                right={width - EDGE.right}
              />
            )
          })}
        {(whole?.marks ?? session.marks.value).map((mark) => (
          <Flag key={`${mark.timeS}${mark.kind}`} mark={mark} x={x} bottom={bottom} />
        ))}
      </svg>
    ),
    [whole, whole === null && session.marks.value, durationS, width, height],
  )
}

interface LaneProps {
  name: LaneValue
  strides: readonly OverviewStride[]
  x: (s: number) => number
  durationS: number
  top: number
  bottom: number
  right: number
}

function Lane({ name, strides, x, durationS, top, bottom, right }: LaneProps) {
  const range = rangeOf(strides, name)
  if (range === null)
    return (
      <text x={right + 6} y={(top + bottom) / 2 + 4}>
        {NONE}
      </text>
    )
  const y = (value: number): number =>
    Math.min(bottom, Math.max(top, bottom - ((bottom - top) * (value - range.min)) / (range.max - range.min)))
  return (
    <>
      {SIDES.map((side) => (
        <g key={side} class={legClass(side)}>
          {laneOf(strides, side, name, durationS, Math.max(1, Math.round(right / 2))).map((line) => (
            <path
              key={line[0]!.timeS}
              class={side === 'right' ? 'trend dash' : 'trend'}
              d={pathThrough(line.map(({ timeS, value }) => [x(timeS), y(value)]))}
            />
          ))}
        </g>
      ))}
      {bottom - top < TWO_LINES ? (
        <text x={right + 6} y={(top + bottom) / 2 + 4}>
          {number(range.min, DIGITS[name])}–{number(range.max, DIGITS[name])}
        </text>
      ) : (
        <>
          <text x={right + 6} y={top + 8}>
            {number(range.max, DIGITS[name])}
          </text>
          <text x={right + 6} y={bottom}>
            {number(range.min, DIGITS[name])}
          </text>
        </>
      )}
    </>
  )
}

function GapBlock({ gap, x, bottom }: { gap: Gap; x: (s: number) => number; bottom: number }) {
  return (
    <rect
      class="missing"
      x={x(gap.fromS)}
      width={Math.max(2, x(gap.toS) - x(gap.fromS))}
      y={EDGE.top}
      height={bottom - EDGE.top}
    >
      <title>{w.gap(PLACE_WORDS[gap.place], w.seconds(number(gap.toS - gap.fromS, 1)))}</title>
    </rect>
  )
}

function Flag({ mark, x, bottom }: { mark: Mark; x: (s: number) => number; bottom: number }) {
  const at = x(mark.timeS)
  return (
    <g class="flag">
      <path d={`M${at - 4} 2h8l-4 7z`} />
      <line class="lead" x1={at} x2={at} y1={9} y2={bottom} />
      {markWords(mark) !== '' && (
        <text class="mid" x={at + 7} y={11}>
          {markWords(mark)}
        </text>
      )}
    </g>
  )
}

interface SliderProps {
  x: (s: number) => number
  plot: { x0: number; x1: number }
  durationS: number
  height: number
}

function Slider({ x, plot, durationS, height }: SliderProps) {
  // where the pointer holds it; the host follows
  const held = useSignal<number | null>(null)
  const askedMs = useSignal(0)
  const now = held.value ?? sessionClock() ?? 0
  const loop = session.state.value?.loop
  const timeAt = (event: PointerEvent & { currentTarget: HTMLElement }): number => {
    const share =
      (event.clientX - event.currentTarget.getBoundingClientRect().left - plot.x0) / (plot.x1 - plot.x0)
    return durationS * Math.min(1, Math.max(0, share))
  }
  const goTo = (timeS: number, atOnce: boolean): void => {
    held.value = timeS
    if (!atOnce && performance.now() - askedMs.value < SEEK_EVERY_MS) return
    askedMs.value = performance.now()
    seek(timeS)
  }
  const KEYS: Record<string, () => void> = {
    PageDown: moveBy(-10),
    PageUp: moveBy(10),
    Home: () => seek(0),
    End: () => seek(durationS),
  }
  return (
    <div
      class="slider1"
      role="slider"
      tabIndex={0}
      aria-label={w.position}
      aria-description={w.positionKeys}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationS)}
      aria-valuenow={Math.round(now)}
      aria-valuetext={spokenClock(now)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        goTo(timeAt(event), true)
      }}
      onPointerMove={(event) => {
        if (held.value !== null) goTo(timeAt(event), false)
      }}
      onPointerUp={(event) => {
        if (held.value === null) return
        goTo(timeAt(event), true)
        held.value = null
      }}
      onPointerCancel={() => {
        held.value = null
      }}
      onKeyDown={(event) => {
        const act = KEYS[event.key]
        if (act === undefined) return
        event.preventDefault()
        act()
      }}
    >
      <svg class="c" aria-hidden="true">
        {loop && (
          <rect
            class="looped"
            x={x(loop.fromS)}
            width={Math.max(3, x(loop.toS) - x(loop.fromS))}
            y={EDGE.top}
            height={height - EDGE.top - EDGE.bottom}
          />
        )}
        <line class="cursor" x1={x(now)} x2={x(now)} y1={4} y2={height - EDGE.bottom + 4} />
        <rect class="grip" x={x(now) - 6} y={height - EDGE.bottom - 6} width={12} height={14} rx={4} />
      </svg>
    </div>
  )
}
