import { bisect, Envelope } from './envelope.ts'

/** Arrivals are thinned to the quickest in each of these spans, s. */
const SPAN_S = 1
/** With fewer spans the pod's oscillator is taken at its word. */
const MIN_SPANS = 8

/**
 * Device time → session time. Nothing arrives before it was sent, so delays only ever push points to one side, and the quickest
 * messages show the truth.
 *
 * Slope: the line below all arrivals that is closest to them in the mean (Moon, Skelly and Towsley 1999, "Estimation and removal of clock
 * skew from network delay measurements", section IV); it needs no constant delay, only that the least delay stays the same.
 * Offset: half-way between the quickest arrival and the quickest ping. The quickest there was is still slower than the least possible
 * delay; by how much, the steps between the quickest few say ({@link Envelope.step}).
 * Until a reply has come, the quickest arrival is taken to have had no delay.
 */
export class SkewFit {
  slope = 1
  offset = 0
  /** Least delay to the pod plus least delay from it, s: the offset is somewhere in it. `null` before the first reply. */
  width: number | null = null
  /** What chance leaves open of the offset, s: one standard deviation. */
  chance = 0

  private readonly low: number
  private readonly high: number
  private readonly quickest: Envelope
  private readonly toPod: Envelope
  private spanEndS = Number.NEGATIVE_INFINITY
  private spanDeviceS = 0
  private spanArrivalS = 0
  /** Height at 0 of the line that the pings show, and how far it was moved. */
  private earliest = 0
  private earliestStep = 0

  /** @param tolerance how far from 1 the slope may be */
  constructor(spans: number, replies: number, tolerance: number) {
    this.low = 1 - tolerance
    this.high = 1 + tolerance
    this.quickest = new Envelope(1, spans)
    this.toPod = new Envelope(-1, replies)
  }

  get replies(): number {
    return this.toPod.count
  }

  clear(): void {
    this.slope = 1
    this.width = null
    this.chance = 0
    this.quickest.clear()
    this.toPod.clear()
    this.spanEndS = Number.NEGATIVE_INFINITY
  }

  /** A frame written at this device time. */
  arrival(deviceS: number, arrivalS: number): void {
    if (deviceS >= this.spanEndS) {
      if (this.spanEndS > Number.NEGATIVE_INFINITY) this.closeSpan()
      this.spanEndS = deviceS + SPAN_S
    } else if (arrivalS - deviceS >= this.spanArrivalS - this.spanDeviceS) return
    this.spanDeviceS = deviceS
    this.spanArrivalS = arrivalS
    this.placeOffset()
  }

  /** A ping sent and its reply arrived at session times; read and answered at device times. */
  reply(sentS: number, readS: number, answeredS: number, arrivalS: number): void {
    this.toPod.add(readS, sentS)
    this.placeEarliest()
    this.arrival(answeredS, arrivalS)
    this.placeOffset()
  }

  at(deviceS: number): number {
    return this.offset + this.slope * deviceS
  }

  private closeSpan(): void {
    this.quickest.add(this.spanDeviceS, this.spanArrivalS)
    if (this.quickest.count < MIN_SPANS) return
    this.quickest.narrow()
    this.slope = bisect(this.low, this.high, (slope) => this.steeperIsCloser(slope))
    if (this.replies > 0) this.placeEarliest()
  }

  private placeEarliest(): void {
    this.earliestStep = this.toPod.step(this.slope)
    this.earliest = this.toPod.rest(this.slope) + this.earliestStep
  }

  private placeOffset(): void {
    const latest = Math.min(this.quickest.rest(this.slope), this.spanArrivalS - this.slope * this.spanDeviceS)
    if (this.replies === 0) {
      this.offset = latest
      return
    }
    this.offset = 0.5 * (latest + this.earliest)
    this.width = latest - this.earliest
    this.chance = 0.5 * this.earliestStep
  }

  private steeperIsCloser(slope: number): boolean {
    this.quickest.restOnHull(slope)
    return this.quickest.meanX > this.quickest.x
  }
}
