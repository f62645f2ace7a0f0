import type { LegStretch, Overview, SessionSegment, Side } from '../../server/messages.ts'
import { number } from '../format.ts'
import { LegMark, legClass } from '../marks.tsx'
import { useSize } from '../use-size.ts'
import { SIDE_WORDS, words } from '../words.ts'

/** Ticks drawn of each, the last ones: more would run together. */
const TICKS = 60
/** As in the plots above. */
const LEFT = 38
const RIGHT = 26
const ROW = 22

export interface RailOf {
  overview: Overview
  segment: SessionSegment
}

/** When the shoe peaked in A and in B: a tick a stride, the mean with its SD. */
export function Rails({ side, a, b }: { side: Side; a: RailOf; b: RailOf }) {
  const { ref, width } = useSize<HTMLDivElement>()
  const [inA, inB] = [a, b].map(({ segment }) => segment.legs[side].metrics.peakEversionPct)
  const pct = (value: number | undefined) => `${number(value)} %`
  return (
    <div
      class={`rails ${legClass(side)}`}
      ref={ref}
      role="img"
      aria-label={words.recordings.rail(SIDE_WORDS[side], pct(inA?.mean), pct(inB?.mean))}
    >
      {width > 0 && (
        <svg class="c" viewBox={`0 0 ${width} ${2 * ROW + 4}`} aria-hidden="true">
          <Rail letter="A" rail={a} side={side} y={ROW / 2 + 2} width={width} />
          <Rail letter="B" rail={b} side={side} y={ROW * 1.5 + 2} width={width} />
        </svg>
      )}
    </div>
  )
}

interface RailProps {
  letter: 'A' | 'B'
  rail: RailOf
  side: Side
  y: number
  width: number
}

function Rail({ letter, rail: { overview, segment }, side, y, width }: RailProps) {
  const x = (pct: number): number => LEFT + ((width - LEFT - RIGHT) * pct) / 100
  const peak: LegStretch['metrics'][keyof LegStretch['metrics']] = segment.legs[side].metrics.peakEversionPct
  return (
    <>
      <text x={LEFT - 8} y={y + 4} text-anchor="end">
        {letter}
      </text>
      <rect class="rail" x={x(0)} y={y - 7} width={x(100) - x(0)} height={14} rx={3} />
      {peaksIn(overview, segment, side).map((pct, i, all) => (
        <line
          key={i}
          class={letter === 'A' ? 'was' : 'tick'}
          x1={x(pct)}
          x2={x(pct)}
          y1={y - 5}
          y2={y + 5}
          opacity={0.2 + (0.5 * (i + 1)) / all.length}
        />
      ))}
      {peak && (
        <>
          <line class="whisk" x1={x(peak.mean - peak.sd)} x2={x(peak.mean + peak.sd)} y1={y} y2={y} />
          {letter === 'A' ? (
            <path class="hollow" d={`M${x(peak.mean)} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5 -5.5z`} />
          ) : (
            <LegMark side={side} x={x(peak.mean)} y={y} size={4.5} />
          )}
          <text class={letter === 'A' ? 'mid' : 'legt'} x={x(100) + 8} y={y + 4}>
            {number(peak.mean)}
          </text>
        </>
      )}
    </>
  )
}

function peaksIn({ strides }: Overview, { fromS, toS }: SessionSegment, side: Side): number[] {
  return strides
    .filter(
      ({ leg, ok, icS }) => leg === side && ok && icS >= fromS && icS < (toS ?? Number.POSITIVE_INFINITY),
    )
    .map(({ peakEversionPct }) => peakEversionPct)
    .filter((pct) => pct !== null)
    .slice(-TICKS)
}
