/** Reading numbers off a curve over stance. Positions are in points; on 101 points a point is one per cent. */
export interface Extreme {
  value: number
  /** Position, with the fraction a parabola through the highest point and its neighbours gives. */
  at: number
}

type Samples = ArrayLike<number>

/** The maximum between two points, inclusive; the first of equals. At an end of the curve it is the point itself. */
export function maximum(curve: Samples, from = 0, to = curve.length - 1): Extreme {
  let at = from
  for (let k = from + 1; k <= to; k++) if (curve[k]! > curve[at]!) at = k
  if (at <= 0 || at >= curve.length - 1) return { value: curve[at]!, at }
  const before = curve[at - 1]!
  const after = curve[at + 1]!
  const bend = before - 2 * curve[at]! + after
  // at the edge of the span a neighbour outside may be higher: then there is no top to find
  if (bend >= 0 || before > curve[at]! || after > curve[at]!) return { value: curve[at]!, at }
  const shift = (0.5 * (before - after)) / bend
  return { value: curve[at]! - 0.25 * (before - after) * shift, at: at + shift }
}

/** Slope per point: central differences, one-sided at the ends. */
export function slopes(curve: Samples): Float64Array {
  const last = curve.length - 1
  const out = new Float64Array(curve.length)
  for (let k = 1; k < last; k++) out[k] = (curve[k + 1]! - curve[k - 1]!) / 2
  out[0] = curve[1]! - curve[0]!
  out[last] = curve[last]! - curve[last - 1]!
  return out
}

/** Value at a fractional position, by the straight line. */
export function valueAt(curve: Samples, at: number): number {
  const k = Math.min(curve.length - 2, Math.max(0, Math.floor(at)))
  return curve[k]! + (at - k) * (curve[k + 1]! - curve[k]!)
}

/** Share of the curve's length above a level, 0…1, crossings by the straight line. */
export function shareAbove(curve: Samples, level = 0): number {
  let above = 0
  for (let k = 1; k < curve.length; k++) {
    const a = curve[k - 1]! - level
    const b = curve[k]! - level
    if (a > 0 && b > 0) above += 1
    else if (a > 0 || b > 0) above += Math.max(a, b) / (Math.max(a, b) - Math.min(a, b))
  }
  return above / (curve.length - 1)
}

/** How far a curve stays within `depth` of its maximum, from end to end of that stretch, in points: a flat top is wide. */
export function topWidth(curve: Samples, depth: number): number {
  const top = Math.round(maximum(curve).at)
  const floor = curve[top]! - depth
  let from = top
  let to = top
  while (from > 0 && curve[from - 1]! > floor) from--
  while (to < curve.length - 1 && curve[to + 1]! > floor) to++
  return to - from
}
