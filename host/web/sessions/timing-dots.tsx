import { SIDES } from '../../../shared/places.ts'
import type { Side } from '../../server/messages.ts'
import { number } from '../format.ts'
import { LegMark, legClass } from '../marks.tsx'
import { SIDE_WORDS, words } from '../words.ts'

const WIDTH = 168
/** The same in every row, % of stance: what has shifted is seen down the column. */
const SCALE = { min: 20, max: 80 }
/** Figures closer than this push each other apart, px. */
const APART = 20

const x = (pct: number): number =>
  8 + ((WIDTH - 16) * (Math.min(SCALE.max, Math.max(SCALE.min, pct)) - SCALE.min)) / (SCALE.max - SCALE.min)

/** When each shoe peaked, on one line: left round, right square. */
export function TimingDots({ pct }: { pct: Record<Side, number | null> }) {
  const { left, right } = pct
  const crowd = left === null || right === null ? 0 : Math.max(0, APART - Math.abs(x(left) - x(right))) / 2
  const leftFirst = (left ?? 0) <= (right ?? 0)
  return (
    <svg
      class="c dots"
      viewBox={`0 0 ${WIDTH} 34`}
      role="img"
      aria-label={words.sessions.dots(`${number(left)} %`, `${number(right)} %`)}
    >
      <line class="zero" x1={x(SCALE.min)} x2={x(SCALE.max)} y1={25} y2={25} />
      <line class="zero" x1={x(50)} x2={x(50)} y1={21} y2={29} />
      {SIDES.map((side) => {
        const value = pct[side]
        if (value === null) return null
        const push = (side === 'left') === leftFirst ? -crowd : crowd
        return (
          <g key={side} class={legClass(side)}>
            <LegMark side={side} x={x(value)} y={25} size={4.5} filled />
            <text class="legt" x={x(value) + push} y={13} text-anchor="middle">
              <title>{SIDE_WORDS[side]}</title>
              {number(value)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
