import type { FrameHeader } from '../../shared/frame.ts'

/** Frames held at most: what the longest ring holds and what comes while it is sent. */
const MAX_HELD = 640

export interface HeldFrame {
  bytes: Uint8Array
  arrivalS: number
  firstSample: number
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
 * While nothing is missing nothing is held and nothing copied. Behind a hole frames wait for those that are sent again, and go on without
 * them when that has lasted too long; by times of arrival alone, so that a recording is put into order as the live session was. A
 * first frame that is not the stream's first waits too.
 */
export class SampleOrder {
  private readonly waits: boolean
  private readonly waitS: number
  private readonly horizonS: number
  /** Index of the sample that is to come next. */
  private next = 0
  private untilS = 0
  private latestS = 0
  /** In the order of their samples. */
  private held: HeldFrame[] = []

  /** @param ring frames the pod keeps; with 0 nothing is waited for */
  constructor(ring: number, { backfillWaitS, backfillHorizonS }: SampleOrderSettings) {
    this.waits = ring > 0
    this.waitS = backfillWaitS
    this.horizonS = backfillHorizonS
  }

  /** A new stream. What was held of the old one must have been taken out. */
  restart(): void {
    this.next = 0
  }

  /** Takes a frame. True when its turn is now; otherwise it is held, or dropped when it came twice or too late. */
  admit(header: FrameHeader, view: DataView, arrivalS: number): boolean {
    const { firstSample, count } = header
    if (firstSample < this.next) return false
    if (firstSample === this.next || !this.waits) {
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
    if (first.firstSample > this.next && !this.isGivenUp(nowS)) return null
    this.held.shift()
    this.next = Math.max(this.next, first.firstSample)
    return first
  }

  /** A frame that was taken out of the hold has been passed on. */
  passed(count: number): void {
    this.next += count
  }

  /** What lies before the first held frame will not come. */
  private isGivenUp(nowS: number): boolean {
    return nowS > Math.min(this.untilS, this.latestS) || this.held.length > MAX_HELD
  }

  private hold({ firstSample }: FrameHeader, view: DataView, arrivalS: number): void {
    if (this.held.length === 0) this.latestS = arrivalS + this.horizonS
    let at = this.held.length
    while (at > 0 && this.held[at - 1]!.firstSample > firstSample) at--
    if (this.held[at - 1]?.firstSample === firstSample) return
    // the frame that shows the hole, or one that belongs into it
    if (at < this.held.length || at === 0) this.untilS = arrivalS + this.waitS
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice()
    this.held.splice(at, 0, { bytes, arrivalS, firstSample })
  }
}
