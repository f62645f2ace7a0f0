/**
 * A smooth course of one quantity through knots: piecewise quintic, twice continuously differentiable everywhere.
 *
 * Knot slopes and curvatures come from the clamped cubic spline through the values (de Boor 1978, chapter IV). A knot that
 * states its own slope is a clamp; the spline is solved on either side of it. Both end knots must be clamps with a curvature,
 * so that two courses that share an end knot join without any break.
 */
export interface Knot {
  t: number
  value: number
  /** First derivative here; makes the knot a clamp. */
  slope?: number
  /** Second derivative here; default the mean of what the two sides would have. */
  curvature?: number
}

/** Value, first and second derivative, in that order; three numbers a quantity. */
export type Jet = Float64Array

export class Curve {
  readonly #t: Float64Array
  /** Six coefficients a segment, in powers of the time since its start. */
  readonly #c: Float64Array

  constructor(knots: readonly Knot[]) {
    const { slope, curvature } = derivatives(knots)
    const segments = knots.length - 1
    this.#t = Float64Array.from(knots, (k) => k.t)
    this.#c = new Float64Array(6 * segments)
    for (let i = 0; i < segments; i++) {
      const h = this.#t[i + 1]! - this.#t[i]!
      const rise = knots[i + 1]!.value - knots[i]!.value
      const v0 = slope[i]! * h
      const v1 = slope[i + 1]! * h
      const a0 = curvature[i]! * h * h
      const a1 = curvature[i + 1]! * h * h
      this.#c.set(
        [
          knots[i]!.value,
          v0 / h,
          a0 / (2 * h ** 2),
          (20 * rise - 8 * v1 - 12 * v0 - 3 * a0 + a1) / (2 * h ** 3),
          (-30 * rise + 14 * v1 + 16 * v0 + 3 * a0 - 2 * a1) / (2 * h ** 4),
          (12 * rise - 6 * v1 - 6 * v0 - a0 + a1) / (2 * h ** 5),
        ],
        6 * i,
      )
    }
  }

  /** Writes value, slope and curvature at `t` to `out[at…at+2]`. Allocates nothing. */
  eval(t: number, out: Jet, at: number): void {
    let i = this.#t.length - 2
    while (i > 0 && t < this.#t[i]!) i--
    const u = t - this.#t[i]!
    const c = this.#c
    const k = 6 * i
    const c2 = c[k + 2]!
    const c3 = c[k + 3]!
    const c4 = c[k + 4]!
    const c5 = c[k + 5]!
    out[at] = c[k]! + u * (c[k + 1]! + u * (c2 + u * (c3 + u * (c4 + u * c5))))
    out[at + 1] = c[k + 1]! + u * (2 * c2 + u * (3 * c3 + u * (4 * c4 + u * 5 * c5)))
    out[at + 2] = 2 * c2 + u * (6 * c3 + u * (12 * c4 + u * 20 * c5))
  }
}

/** Slope and curvature at every knot. */
function derivatives(knots: readonly Knot[]): { slope: Float64Array; curvature: Float64Array } {
  const n = knots.length
  const slope = new Float64Array(n)
  const left = new Float64Array(n)
  const right = new Float64Array(n)
  let from = 0
  for (let i = 1; i < n; i++) {
    if (knots[i]!.slope === undefined) continue
    solveClamped(knots, from, i, slope, left, right)
    from = i
  }
  const curvature = Float64Array.from(knots, (k, i) => k.curvature ?? 0.5 * (left[i]! + right[i]!))
  return { slope, curvature }
}

/**
 * Slopes of the cubic spline between two clamps (tridiagonal, Thomas's algorithm) and, from them, the second derivative at
 * each knot as seen from the left and from the right.
 */
function solveClamped(
  knots: readonly Knot[],
  from: number,
  to: number,
  slope: Float64Array,
  left: Float64Array,
  right: Float64Array,
): void {
  const width = (i: number): number => knots[i + 1]!.t - knots[i]!.t
  const rise = (i: number): number => (knots[i + 1]!.value - knots[i]!.value) / width(i)
  slope[from] = knots[from]!.slope!
  slope[to] = knots[to]!.slope!
  const upper = new Float64Array(to + 1)
  for (let i = from + 1; i < to; i++) {
    const a = 1 / width(i - 1)
    const b = 1 / width(i)
    const pivot = 2 * (a + b) - a * upper[i - 1]!
    upper[i] = b / pivot
    slope[i] = (3 * (rise(i - 1) * a + rise(i) * b) - a * slope[i - 1]!) / pivot
  }
  for (let i = to - 1; i > from; i--) slope[i]! -= upper[i]! * slope[i + 1]!
  for (let i = from; i < to; i++) {
    right[i] = (6 * rise(i) - 4 * slope[i]! - 2 * slope[i + 1]!) / width(i)
    left[i + 1] = (-6 * rise(i) + 2 * slope[i]! + 4 * slope[i + 1]!) / width(i)
  }
}
