import { SIDES } from '../../../shared/places.ts'
import type { Side } from '../../server/messages.ts'
import { number } from '../format.ts'
import { LegMark, legClass } from '../marks.tsx'
import { useSize } from '../use-size.ts'
import { words } from '../words.ts'
import { MEAN_OF, mean, type Progress } from './progress.ts'
import { RULES, type Target } from './target.ts'

const w = words.run
/** Of the text that stands beside the tube. */
const TEXT = 1.15

/** A tube with the target's zone filled, each leg's mark at its own mean, its last steps faint behind. Better is where the zone is. */
export function Gauge({ target, progress }: { target: Target; progress: Progress }) {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const { better, digits, gaugePct } = RULES[target.aim]
  const lowest = (target.usual * gaugePct[0]) / 100
  const highest = (target.usual * gaugePct[1]) / 100
  const size = Math.max(36, Math.min(44, height * 0.075))
  const y = (value: number): number => {
    const share = (Math.min(highest, Math.max(lowest, value)) - lowest) / (highest - lowest)
    return size / 2 + (height - size) * (1 - share)
  }
  const wide = Math.min(112, width * 0.24)
  const tube = { x: width / 2 - wide / 2, top: y(highest), bottom: y(lowest) }
  const goalY = y(target.goal)
  const means = { left: mean(progress.left), right: mean(progress.right) }
  const figures = layOut(means, target.goal, y, size * TEXT)
  const figure = (value: number | null): string => number(value, digits)
  return (
    <div
      class="gauge"
      ref={ref}
      role="img"
      aria-label={w.gauge(
        w.aims[target.aim].measured(MEAN_OF),
        figure(target.goal),
        figure(means.left),
        figure(means.right),
      )}
    >
      {width > 0 && height > size && (
        <svg
          class="c"
          viewBox={`0 0 ${width} ${height}`}
          aria-hidden="true"
          style={{ fontSize: `${size}px` }}
        >
          <defs>
            <clipPath id="tube">
              <rect x={tube.x} y={tube.top} width={wide} height={tube.bottom - tube.top} rx={wide / 2} />
            </clipPath>
          </defs>
          <g clip-path="url(#tube)">
            <rect class="tube" x={tube.x} y={tube.top} width={wide} height={tube.bottom - tube.top} />
            <rect
              class="zone1"
              x={tube.x}
              y={better < 0 ? goalY : tube.top}
              width={wide}
              height={better < 0 ? tube.bottom - goalY : goalY - tube.top}
            />
          </g>
          <line class="goal" x1={tube.x - 14} x2={tube.x + wide + 14} y1={goalY} y2={goalY} />
          {SIDES.map((side) => (
            <Leg key={side} side={side} x={width / 2} wide={wide} y={y} values={progress[side]} />
          ))}
          {figures.map(({ side, text, at, end }) => (
            <text
              key={text}
              class={side === null ? 'goalt' : `legt ${legClass(side)}`}
              x={end === 'left' ? tube.x - 24 : tube.x + wide + 24}
              y={at + size * 0.36}
              text-anchor={end === 'left' ? 'end' : 'start'}
            >
              {side === null ? figure(target.goal) : `${w.letter(side)} ${figure(means[side])}`}
            </text>
          ))}
        </svg>
      )}
    </div>
  )
}

interface Label {
  side: Side | null
  text: string
  at: number
  end: Side
}

/** Left's figure stands on the left, right's on the right, the target's on the side with more room, pushed clear of the other. */
function layOut(
  means: Record<Side, number | null>,
  goal: number,
  y: (value: number) => number,
  apart: number,
): Label[] {
  const labels: Label[] = SIDES.flatMap((side) =>
    means[side] === null ? [] : [{ side, text: side, at: y(means[side]), end: side }],
  )
  const away = (side: Side): number =>
    means[side] === null ? Number.POSITIVE_INFINITY : Math.abs(y(means[side]) - y(goal))
  const end: Side = away('left') >= away('right') ? 'left' : 'right'
  const beside = labels.find((label) => label.side === end)
  const at = y(goal)
  const crowd = beside === undefined ? 0 : Math.max(0, apart - Math.abs(beside.at - at)) / 2
  const down = beside !== undefined && beside.at > at ? 1 : -1
  if (beside !== undefined) beside.at += crowd * down
  return [...labels, { side: null, text: 'goal', at: at - crowd * down, end }]
}

function Leg({
  side,
  x,
  wide,
  y,
  values,
}: {
  side: Side
  x: number
  wide: number
  y: (value: number) => number
  values: readonly number[]
}) {
  const at = mean(values)
  if (at === null) return null
  const lane = x + (side === 'left' ? -1 : 1) * wide * 0.23
  return (
    <g class={legClass(side)}>
      {values.map((value, i) => (
        <g key={i} opacity={0.1 + 0.05 * i}>
          <LegMark side={side} x={lane} y={y(value)} size={wide * 0.13} filled />
        </g>
      ))}
      <LegMark side={side} x={lane} y={y(at)} size={wide * 0.19} filled />
    </g>
  )
}
