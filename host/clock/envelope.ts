/** Far above what rounding does to device times of months, far below what they can tell, s. */
const HULL_MARGIN = 1e-8

/** Of so many points nearest to the line their mean distance from one to the next is taken. */
const NEAREST = 9

/**
 * The last `capacity` points of one kind of fact about two clocks, and which of them matters: seen along a slope, the lowest
 * (`side` 1: the true line passes below every point) or the highest (`side` −1: above). Allocates nothing after construction.
 */
export class Envelope {
  count = 0
  /** The point a line of the slope last asked for rests on. */
  x = 0
  y = 0

  private readonly side: 1 | -1
  private readonly xs: Float64Array
  private readonly ys: Float64Array
  /** Slots of the points that can matter at all, once `narrow` has found them. */
  private readonly hull: Int32Array
  private hullCount = 0
  private next = 0
  private sumX = 0
  private readonly nearest = new Float64Array(NEAREST)

  constructor(side: 1 | -1, capacity: number) {
    this.side = side
    this.xs = new Float64Array(capacity)
    this.ys = new Float64Array(capacity)
    this.hull = new Int32Array(capacity)
  }

  clear(): void {
    this.count = 0
    this.next = 0
    this.sumX = 0
  }

  add(x: number, y: number): void {
    const i = this.next
    if (this.count === this.xs.length) this.sumX -= this.xs[i]!
    else this.count++
    this.sumX += x
    this.xs[i] = x
    this.ys[i] = y
    this.next = (i + 1) % this.xs.length
  }

  get meanX(): number {
    return this.sumX / this.count
  }

  /**
   * How far beyond the points the bound they show still is, seen along a slope: the mean step between those nearest to it (Robson and Whitlock
   * 1964, "Estimation of a truncation point", with more than two points). Next to their bound, delays of any distribution lie as
   * if thrown evenly, and the bound is one step further. With few points it is of a third of them; of fewer than three, 0.
   */
  step(slope: number): number {
    const near = this.nearest
    const n = Math.min(NEAREST, Math.floor(this.count / 3) + 1)
    if (this.count < 3) return 0
    let held = 0
    for (let i = 0; i < this.count; i++) {
      const height = this.side * (this.ys[i]! - slope * this.xs[i]!)
      if (held === n && height >= near[n - 1]!) continue
      let at = held < n ? held++ : n - 1
      while (at > 0 && near[at - 1]! > height) {
        near[at] = near[at - 1]!
        at--
      }
      near[at] = height
    }
    return (near[n - 1]! - near[0]!) / (n - 1)
  }

  /**
   * Finds the convex hull of the points at hand, on which any line comes to rest, for `restOnHull` (Andrew 1979, monotone chain). A
   * point stays when it is less than `HULL_MARGIN` inside, so that rounding cannot let a line rest elsewhere than on all points.
   */
  narrow(): void {
    const hull = this.hull
    const xs = this.xs
    const oldest = this.count < xs.length ? 0 : this.next
    let n = 0
    for (let k = 0; k < this.count; k++) {
      const slot = oldest + k < xs.length ? oldest + k : oldest + k - xs.length
      while (n > 1 && this.isInside(hull[n - 2]!, hull[n - 1]!, slot)) n--
      hull[n++] = slot
    }
    this.hullCount = n
  }

  /** Whether `b` lies between `a` and `c` and clear of the straight line from one to the other. */
  private isInside(a: number, b: number, c: number): boolean {
    const xs = this.xs
    const ys = this.ys
    const span = xs[c]! - xs[a]!
    const ahead = xs[b]! - xs[a]!
    if (!(ahead > 0 && ahead < span)) return false
    const chord = ys[a]! + ((ys[c]! - ys[a]!) * ahead) / span
    return this.side * (ys[b]! - chord) > HULL_MARGIN
  }

  /** `rest`, on the points `narrow` left. */
  restOnHull(slope: number): number {
    let best = Number.POSITIVE_INFINITY
    let at = 0
    for (let k = 0; k < this.hullCount; k++) {
      const i = this.hull[k]!
      const height = this.side * (this.ys[i]! - slope * this.xs[i]!)
      // of equal heights the lowest slot, as when all points are gone through
      if (height < best || (height === best && i < at)) {
        best = height
        at = i
      }
    }
    this.x = this.xs[at]!
    this.y = this.ys[at]!
    return this.side * best
  }

  /** Lays a line of this slope against the points: sets `x`, `y` and returns the line's height at 0. */
  rest(slope: number): number {
    let best = Number.POSITIVE_INFINITY
    for (let i = 0; i < this.count; i++) {
      const height = this.side * (this.ys[i]! - slope * this.xs[i]!)
      if (height < best) {
        best = height
        this.x = this.xs[i]!
        this.y = this.ys[i]!
      }
    }
    return this.side * best
  }
}

/** The root of a falling function's sign between `low` and `high`, to 2⁻³² of their distance. */
export function bisect(low: number, high: number, rises: (at: number) => boolean): number {
  let from = low
  let to = high
  for (let i = 0; i < 32; i++) {
    const middle = 0.5 * (from + to)
    if (rises(middle)) from = middle
    else to = middle
  }
  return 0.5 * (from + to)
}
