import { emptyHeader, type FrameHeader, readHeader } from '../../shared/frame.ts'

/** Frames held at most; behind a hole longer than that, what came is passed on as it is. */
const MAX_HELD = 512
/** A hole is given up when for so long nothing has come that was asked for, s. A slow radio brings a frame in 70 ms. */
const PATIENCE_S = 1

export interface OrderedFrame {
  bytes: Uint8Array
  arrivalS: number
}

/** Asks the pod for frames again. */
export type AskAgain = (stream: number, from: number, count: number) => void

/**
 * Puts the frames of one pod into the order of their sequence numbers.
 *
 * Without a hole a frame is passed on at once and nothing is copied. Behind a hole frames are held, the missing ones are asked for
 * once, and what was held is released when they have come, when the pod says they are gone, or after a while. So whoever listens sees
 * either an unbroken stream or a true gap. Every frame keeps the time at which it arrived.
 */
export class FrameOrder {
  /** How many frames the pod keeps: more than its last ones are not worth asking for. */
  ring = 0
  lost = 0
  recovered = 0
  duplicates = 0

  readonly #pass: (frame: OrderedFrame) => void
  readonly #askAgain: AskAgain
  readonly #held = new Map<number, OrderedFrame>()
  readonly #header: FrameHeader = emptyHeader()
  #stream = -1
  // what is still under way of a stream that has ended is of no use
  #stale = -1
  #next = 0
  // the sequence number up to which frames have been asked for
  #asked = 0
  #waitUntilS = 0

  constructor(pass: (frame: OrderedFrame) => void, askAgain: AskAgain) {
    this.#pass = pass
    this.#askAgain = askAgain
  }

  /** Where the stream has got to, for the order that goes on with it on another port. */
  get position(): { stream: number; next: number } {
    return { stream: this.#stream, next: this.#next }
  }

  /** Goes on where another order ended: what was missed in between is a hole. */
  resume({ stream, next }: { stream: number; next: number }): void {
    this.#begin(stream, next)
  }

  /** Takes a verified frame; a view of a buffer that is used again, so it is copied when it has to wait. */
  push(frame: OrderedFrame): void {
    const { bytes, arrivalS } = frame
    const { stream, sequence } = readHeader(
      new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      0,
      this.#header,
    )
    if (stream === this.#stale) return
    if (stream !== this.#stream) this.#begin(stream, sequence)
    this.tick(arrivalS)
    if (sequence < this.#next || this.#held.has(sequence)) {
      this.duplicates++
      return
    }
    if (sequence < this.#asked) {
      this.recovered++
      this.#waitUntilS = arrivalS + PATIENCE_S
    }
    if (sequence === this.#next) {
      this.#next++
      this.#pass(frame)
      this.#passHeld()
      return
    }
    this.#ask(sequence, arrivalS)
    this.#held.set(sequence, { bytes: bytes.slice(), arrivalS })
    if (this.#held.size > MAX_HELD) this.giveUp()
  }

  /** Time goes on: gives up a hole that has been open for too long. */
  tick(nowS: number): void {
    if (this.#held.size > 0 && nowS > this.#waitUntilS) this.giveUp()
  }

  /** The pod has sent what it still had, or is gone: passes on everything that waits. */
  giveUp(): void {
    while (this.#held.size > 0) {
      const first = Math.min(...this.#held.keys())
      this.lost += first - this.#next
      this.#next = first
      this.#passHeld()
    }
  }

  /** A stream that is joined midway has no hole before its first frame. */
  #begin(stream: number, sequence: number): void {
    this.giveUp()
    this.#stale = this.#stream
    this.#stream = stream
    this.#next = sequence
    this.#asked = sequence
  }

  /** Asks once for what lies between what has come or been asked for and this frame. */
  #ask(sequence: number, nowS: number): void {
    const from = Math.max(this.#asked, this.#next, sequence - this.ring)
    this.#asked = Math.max(this.#asked, sequence + 1)
    const count = sequence - from
    if (count <= 0) return
    this.#waitUntilS = nowS + PATIENCE_S
    this.#askAgain(this.#stream, from, count)
  }

  #passHeld(): void {
    for (let frame = this.#held.get(this.#next); frame; frame = this.#held.get(this.#next)) {
      this.#held.delete(this.#next)
      this.#next++
      this.#pass(frame)
    }
  }
}
