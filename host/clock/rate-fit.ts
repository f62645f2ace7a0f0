import { bisect, Envelope } from './envelope.ts'

/** With fewer readings the slope is the best guess so far. */
const MIN_READINGS = 4

/**
 * Sample index → device time, from readings of the FIFO level: the newest sample was in the FIFO, so it was taken before the reading;
 * the one after it was not, so it was taken later. The line is the middle of the widest strip between the two kinds of points. Its
 * width as a function of the slope is a minimum minus a maximum of straight lines, hence concave: bisection finds it.
 */
export class RateFit {
  /** Device seconds a sample takes. */
  slope: number
  /** Device time of sample 0, s. */
  offset = 0
  /** What the readings leave open, s: one sample period when they all come at the same phase, less when they do not. */
  width = 0

  private readonly low: number
  private readonly high: number
  private readonly before: Envelope
  private readonly after: Envelope

  constructor(capacity: number, nominalS: number, tolerance: number) {
    this.slope = nominalS
    this.low = nominalS * (1 - tolerance)
    this.high = nominalS * (1 + tolerance)
    this.before = new Envelope(1, capacity)
    this.after = new Envelope(-1, capacity)
  }

  get count(): number {
    return this.before.count
  }

  get known(): boolean {
    return this.count >= MIN_READINGS
  }

  /** Forgets the readings; the slope stays as the best guess. */
  clear(): void {
    this.before.clear()
    this.after.clear()
  }

  add(newestIndex: number, deviceS: number): void {
    this.before.add(newestIndex, deviceS)
    this.after.add(newestIndex + 1, deviceS)
  }

  fit(): void {
    if (this.known) {
      this.before.narrow()
      this.after.narrow()
      this.slope = bisect(this.low, this.high, (slope) => this.steeperIsWider(slope))
    }
    const top = this.before.rest(this.slope)
    const bottom = this.after.rest(this.slope)
    this.offset = 0.5 * (top + bottom)
    this.width = top - bottom
  }

  private steeperIsWider(slope: number): boolean {
    this.before.restOnHull(slope)
    this.after.restOnHull(slope)
    return this.after.x > this.before.x
  }

  at(index: number): number {
    return this.offset + this.slope * index
  }
}
