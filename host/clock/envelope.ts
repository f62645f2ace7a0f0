/**
 * The last `capacity` points of one kind of fact about two clocks, and which of them matters: seen along a slope, the lowest
 * (`side` 1: the true line passes below every point) or the highest (`side` −1: above). Allocates nothing after construction.
 */
export class Envelope {
  count = 0
  /** The point a line of the slope last asked for rests on. */
  x = 0
  y = 0

  readonly #side: 1 | -1
  readonly #xs: Float64Array
  readonly #ys: Float64Array
  #next = 0
  #sumX = 0
  #sumY = 0

  constructor(side: 1 | -1, capacity: number) {
    this.#side = side
    this.#xs = new Float64Array(capacity)
    this.#ys = new Float64Array(capacity)
  }

  clear(): void {
    this.count = 0
    this.#next = 0
    this.#sumX = 0
    this.#sumY = 0
  }

  add(x: number, y: number): void {
    const i = this.#next
    if (this.count === this.#xs.length) {
      this.#sumX -= this.#xs[i]!
      this.#sumY -= this.#ys[i]!
    } else this.count++
    this.#sumX += x
    this.#sumY += y
    this.#xs[i] = x
    this.#ys[i] = y
    this.#next = (i + 1) % this.#xs.length
  }

  get meanX(): number {
    return this.#sumX / this.count
  }

  /** Height at 0 of the line of this slope through the points' mean. */
  meanAt(slope: number): number {
    return (this.#sumY - slope * this.#sumX) / this.count
  }

  /** Lays a line of this slope against the points: sets `x`, `y` and returns the line's height at 0. */
  rest(slope: number): number {
    let best = Number.POSITIVE_INFINITY
    for (let i = 0; i < this.count; i++) {
      const height = this.#side * (this.#ys[i]! - slope * this.#xs[i]!)
      if (height < best) {
        best = height
        this.x = this.#xs[i]!
        this.y = this.#ys[i]!
      }
    }
    return this.#side * best
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
