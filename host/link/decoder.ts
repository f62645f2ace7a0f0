import { crc32 } from 'node:zlib'
import {
  CRC_BYTES,
  HEADER_BYTES,
  MAX_FRAME_BYTES,
  MAX_PAYLOAD_BYTES,
  PROTOCOL_VERSION,
  SYNC_0,
  SYNC_1,
  TYPE_HELLO,
  TYPE_HIGH_G,
} from '../../shared/frame.ts'

/** Called with each verified frame, whole. The view is into the decoder's own buffer: copy what must outlive the call. */
export type FrameListener = (frame: Uint8Array) => void

/**
 * Finds frames in a port's bytes, however they are chunked (`docs/protocol.md`, section 2).
 *
 * A frame is believed only when its CRC holds. A candidate that fails costs its sync byte and the search goes on right behind it, so
 * damage loses the frames it touched and no other. Holds at most one largest frame; allocates one view a frame.
 */
export class FrameDecoder {
  /** Bytes that belonged to no frame. */
  skippedBytes = 0

  readonly #onFrame: FrameListener
  readonly #buffer = new Uint8Array(MAX_FRAME_BYTES)
  readonly #view = new DataView(this.#buffer.buffer)
  // what is not yet decided lies between these
  #start = 0
  #length = 0
  #pushing: boolean = false
  readonly #queued: Uint8Array[] = []

  constructor(onFrame: FrameListener) {
    this.#onFrame = onFrame
  }

  /** May be called by the listener itself: such bytes are taken when those at hand are done. */
  push(chunk: Uint8Array): void {
    if (this.#pushing) {
      this.#queued.push(chunk.slice())
      return
    }
    this.#pushing = true
    try {
      this.#fill(chunk)
      for (let next = this.#queued.shift(); next; next = this.#queued.shift()) this.#fill(next)
    } finally {
      this.#pushing = false
    }
  }

  /** No more bytes will come: a candidate still waiting for its end is given up, and the bytes behind it are searched. */
  end(): void {
    this.#scan(true)
  }

  #fill(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; ) {
      this.#buffer.copyWithin(0, this.#start, this.#length)
      this.#length -= this.#start
      this.#start = 0
      const take = Math.min(chunk.length - from, MAX_FRAME_BYTES - this.#length)
      this.#buffer.set(chunk.subarray(from, from + take), this.#length)
      this.#length += take
      from += take
      this.#scan(false)
    }
  }

  /** Reports every whole frame in the buffer; `#start` stays at what may be the beginning of one. */
  #scan(ended: boolean): void {
    while (this.#start < this.#length) {
      const sync = this.#nextSync(this.#start)
      this.skippedBytes += sync - this.#start
      this.#start = sync
      if (sync === this.#length) return
      const size = this.#frameSize(sync)
      const whole = sync + size <= this.#length
      if (size > 0 && !whole && !ended) return
      if (size > 0 && whole && this.#crcHolds(sync, size)) {
        this.#start = sync + size
        this.#onFrame(this.#buffer.subarray(sync, sync + size))
      } else {
        this.#start = sync + 1
        this.skippedBytes++
      }
    }
  }

  #nextSync(from: number): number {
    const found = this.#buffer.indexOf(SYNC_0, from)
    return found < 0 || found >= this.#length ? this.#length : found
  }

  /**
   * Size of the frame that would begin at `at`; 0 when none can. While its length is not there yet: the smallest size it
   * may have, so that it waits for more bytes.
   */
  #frameSize(at: number): number {
    const have = this.#length - at
    if (have > 1 && this.#buffer[at + 1] !== SYNC_1) return 0
    if (have > 2 && !isKnownType(this.#buffer[at + 2]!)) return 0
    if (have < 6) return HEADER_BYTES + CRC_BYTES
    const payload = this.#view.getUint16(at + 4, true)
    return payload > MAX_PAYLOAD_BYTES || payload % 4 !== 0 ? 0 : HEADER_BYTES + payload + CRC_BYTES
  }

  #crcHolds(at: number, size: number): boolean {
    const end = at + size - CRC_BYTES
    return crc32(this.#buffer.subarray(at, end)) === this.#view.getUint32(end, true)
  }
}

const isKnownType = (byte: number): boolean => {
  const type = byte & 0x0f
  return byte >> 4 === PROTOCOL_VERSION && type >= TYPE_HELLO && type <= TYPE_HIGH_G
}
