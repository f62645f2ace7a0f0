import { placeOf, SIDES } from '../../shared/places.ts'
import type { Place, Side } from '../server/messages.ts'
import { legClass } from './marks.tsx'
import { useSize } from './use-size.ts'
import { words } from './words.ts'

/** Lower legs from behind, each pod drawn where it is worn: filled when it streams, dashed when not. */
export function LegsFigure({ on }: { on: ReadonlySet<Place> }) {
  const { ref, width, height } = useSize<HTMLDivElement>()
  const unit = Math.min(width / 224, height / 530)
  const ground = height - 24 * unit
  const top = Math.min((ground - 16) / (unit || 1), 500)
  return (
    <div class="figure" ref={ref} role="img" aria-label={words.pods.figure}>
      {height > 0 && (
        <svg class="c" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          <line
            class="zero"
            x1={width / 2 - 104 * unit}
            x2={width / 2 + 104 * unit}
            y1={ground}
            y2={ground}
          />
          {SIDES.map((side) => (
            <g
              key={side}
              class={legClass(side)}
              transform={`translate(${width / 2 + (side === 'left' ? -52 : 52) * unit} ${ground}) scale(${unit} ${-unit})`}
            >
              <Leg side={side} top={top} on={on} />
            </g>
          ))}
        </svg>
      )}
    </div>
  )
}

/** In units of about a millimetre, y up from the ground, mirrored for the left leg. */
function Leg({ side, top, on }: { side: Side; top: number; on: ReadonlySet<Place> }) {
  const d = side === 'left' ? -1 : 1
  const p = (x: number, y: number): string => `${d * x} ${y}`
  const shin = on.has(placeOf(side, 'shin'))
  const shoe = on.has(placeOf(side, 'shoe'))
  return (
    <>
      <path
        class="skin"
        d={`M${p(-14, 52)}C${p(-13, 130)} ${p(-32, 170)} ${p(-28, 230)}C${p(-26, 262)} ${p(-24, 270)} ${p(-26, 290)}C${p(-30, 330)} ${p(-40, 400)} ${p(-38, top)}L${p(42, top)}C${p(44, 400)} ${p(30, 330)} ${p(26, 290)}C${p(24, 270)} ${p(28, 262)} ${p(30, 230)}C${p(34, 170)} ${p(15, 130)} ${p(14, 52)}`}
      />
      <path
        class="shoe"
        d="M-30 0L-30 12C-27 24 -26 40 -22 58C-10 66 10 66 22 58C26 40 27 24 30 12L30 0ZM-30 12L30 12"
      />
      <path class={shin ? 'strap' : 'strap off'} d="M-24 120L24 120L25 134L-25 134Z" />
      <Pod side={side} y={140} width={22} height={26} on={shin} />
      <Pod side={side} y={26} width={20} height={18} on={shoe} />
    </>
  )
}

function Pod({
  side,
  y,
  width,
  height,
  on,
}: {
  side: Side
  y: number
  width: number
  height: number
  on: boolean
}) {
  // the shin pod hangs from its strap, the shoe pod sits on the heel
  const bottom = y === 140 ? 114 : y
  return (
    <>
      <rect class={on ? 'pod1' : 'pod1 off'} x={-width / 2} y={bottom} width={width} height={height} rx="4" />
      <text
        transform="scale(1 -1)"
        x="0"
        y={-(bottom + height / 2 - 4.5)}
        text-anchor="middle"
        class={on ? 'letter' : 'letter off'}
      >
        {side === 'left' ? 'L' : 'R'}
      </text>
    </>
  )
}
