import type { FrameHeader } from '../../shared/frame.ts'

/** Frames held at most: what the longest ring holds and what comes while it is sent. */
const MAX_HELD = 640

export interface HeldFrame {
  bytes: Uint8Array
  arrivalS: number
  firstSample: number
  sequence: number
}

export interface SampleOrderSettings {
  /** A hole is given up when for so long nothing has come that belongs into it … */
  backfillWaitS: number
  /** … and in any case when it has been open for so long, s. */
  backfillHorizonS: number
}

/**
 * Puts one stream's samples frames, which come in order of arrival, into the order in which their samples were taken (`docs/link.md`).
 *
 * While nothing is missing nothing is held and nothing copied. Behind a hole frames wait for those that were sent again. A hole is closed
 * without them when they are older than the pod remembers, or when waiting has lasted too long; all by arrivals and sequence
 * numbers, so that a recording is put into order as the live session was. A first frame that is not the stream's first waits too.
 */
export class SampleOrder {
  private readonly ring: number
  private readonly waitS: number
  private readonly horizonS: number
  /** Index of the sample that is to come next. */
  private next = 0
  private newestSequence = -1
  private untilS = 0
  private latestS = 0
  /** In the order of their samples. */
  private held: HeldFrame[] = []

  /** @param ring frames the pod keeps; with 0 nothing is waited for */
  constructor(ring: number, { backfillWaitS, backfillHorizonS }: SampleOrderSettings) {
    this.ring = ring
    this.waitS = backfillWaitS
    this.horizonS = backfillHorizonS
  }

  /** A new stream. What was held of the old one must have been taken out. */
  restart(): void {
    this.next = 0
    this.newestSequence = -1
  }

  /** Takes a frame. True when its turn is now; otherwise it is held, or dropped when it came twice or too late. */
  admit(header: FrameHeader, view: DataView, arrivalS: number): boolean {
    const { firstSample, count, sequence } = header
    if (sequence > this.newestSequence) this.newestSequence = sequence
    if (firstSample < this.next) return false
    if (firstSample === this.next || this.ring === 0) {
      this.next = firstSample + count
      if (this.held.length > 0) this.untilS = arrivalS + this.waitS
      return true
    }
    this.hold(header, view, arrivalS)
    return false
  }

  /** The next frame whose turn has come; `null` when there is none, or not yet. @param nowS time of an arrival; infinity: wait no more */
  take(nowS: number): HeldFrame | null {
    const [first] = this.held
    if (first === undefined) return null
    if (first.firstSample > this.next && !this.isGivenUp(first, nowS)) return null
    this.held.shift()
    this.next = Math.max(this.next, first.firstSample)
    return first
  }

  /** A frame that was taken out of the hold has been passed on. */
  passed(count: number): void {
    this.next += count
  }

  /** What lies before the first held frame will not come. */
  private isGivenUp(first: HeldFrame, nowS: number): boolean {
    return (
      nowS > Math.min(this.untilS, this.latestS) ||
      this.held.length > MAX_HELD ||
      this.newestSequence - (first.sequence - 1) > this.ring
    )
  }

  private hold({ firstSample, sequence }: FrameHeader, view: DataView, arrivalS: number): void {
    if (this.held.length === 0) this.latestS = arrivalS + this.horizonS
    let at = this.held.length
    while (at > 0 && this.held[at - 1]!.firstSample > firstSample) at--
    if (this.held[at - 1]?.firstSample === firstSample) return
    // the frame that shows the hole, or one that belongs into it
    if (at < this.held.length || at === 0) this.untilS = arrivalS + this.waitS
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice()
    this.held.splice(at, 0, { bytes, arrivalS, firstSample, sequence })
  }
}
