/** A trend needs this many values. */
const LEAST_FOR_TREND = 8

/** Running moments of one number with time: mean, spread, slope. Nothing grows with the session. */
export class Moments {
  n = 0
  mean = 0
  private squares = 0
  private meanTime = 0
  private timeSquares = 0
  private products = 0

  /** Welford's update (1962), extended to the time it happened, s. */
  add(value: number, timeS: number): void {
    this.n++
    const off = value - this.mean
    const offTime = timeS - this.meanTime
    this.mean += off / this.n
    this.meanTime += offTime / this.n
    this.squares += off * (value - this.mean)
    this.timeSquares += offTime * (timeS - this.meanTime)
    this.products += offTime * (value - this.mean)
  }

  /** Sample standard deviation; 0 for a single value. */
  get sd(): number {
    return this.n > 1 ? Math.sqrt(this.squares / (this.n - 1)) : 0
  }

  /** Least squares. */
  get slopePerMinute(): number | null {
    return this.n >= LEAST_FOR_TREND && this.timeSquares > 0 ? (60 * this.products) / this.timeSquares : null
  }
}
