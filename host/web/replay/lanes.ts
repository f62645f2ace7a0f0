import type { OverviewStride, Side } from '../../server/messages.ts'

/** What a lane shows of each stride. */
export type LaneValue = 'peakEversionPct' | 'peakTibialAxialG' | 'cadenceSpm'

export interface Point {
  timeS: number
  value: number
}

/** Strides further apart than this are not joined by a line, s. */
const APART_S = 5

/**
 * One leg's lane over a whole session, as lines to draw: good strides only, averaged so that each line has at most one point a
 * bin, broken where nothing is known for a while.
 *
 * @param bins as many as there are pixels to draw them on
 */
export function laneOf(
  strides: readonly OverviewStride[],
  leg: Side,
  name: LaneValue,
  durationS: number,
  bins: number,
): Point[][] {
  const binS = durationS / bins
  const lines: Point[][] = []
  let bin = -1
  let n = 0
  for (const stride of strides) {
    const value = stride[name]
    if (stride.leg !== leg || !stride.ok || value === null) continue
    const line = lines.at(-1)
    const last = line?.at(-1)
    const at = Math.floor(stride.icS / binS)
    if (line === undefined || last === undefined || stride.icS - last.timeS > Math.max(APART_S, 2 * binS)) {
      lines.push([{ timeS: stride.icS, value }])
      n = 1
    } else if (at === bin) {
      n++
      last.value += (value - last.value) / n
    } else {
      line.push({ timeS: stride.icS, value })
      n = 1
    }
    bin = at
  }
  return lines
}

/** The range that holds all but the outermost 2 % on either side, and a little room; `null` without values. */
export function rangeOf(
  strides: readonly OverviewStride[],
  name: LaneValue,
): { min: number; max: number } | null {
  const values = strides
    .filter((stride) => stride.ok)
    .map((stride) => stride[name])
    .filter((value) => value !== null)
    .sort((a, b) => a - b)
  if (values.length === 0) return null
  const at = (q: number): number => values[Math.round(q * (values.length - 1))]!
  const [min, max] = [at(0.02), at(0.98)]
  const room = Math.max((max - min) * 0.25, Math.abs(max) * 0.02)
  return { min: min - room, max: max + room }
}

/** The moment before or after `timeS`, in s, that is far enough away not to be the one it stands at; `null` when there is none. */
export function neighbour(times: readonly number[], timeS: number, by: 1 | -1): number | null {
  const near = 0.25
  const found =
    by > 0 ? times.filter((time) => time > timeS + near) : times.filter((time) => time < timeS - near)
  return found.length === 0 ? null : by > 0 ? Math.min(...found) : Math.max(...found)
}
