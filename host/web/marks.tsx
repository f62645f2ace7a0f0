import type { Side } from '../server/messages.ts'

interface At {
  x: number
  y: number
  size?: number
}

/** The leg's own shape, hollow or filled: left round, right square. */
export function LegMark({ side, x, y, size = 5, filled = false }: At & { side: Side; filled?: boolean }) {
  const look = filled ? 'dot' : 'mark'
  const half = size * 0.9
  return side === 'left' ? (
    <circle cx={x} cy={y} r={size} class={look} />
  ) : (
    <rect x={x - half} y={y - half} width={2 * half} height={2 * half} class={look} />
  )
}

export const legClass = (side: Side): string => (side === 'left' ? 'l' : 'r')

/** An SVG path through points. */
export const pathThrough = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')
