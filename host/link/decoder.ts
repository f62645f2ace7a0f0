import { crc32 } from 'node:zlib'
import {
  CRC_BYTES,
  HEADER_BYTES,
  MAX_FRAME_BYTES,
  MAX_PAYLOAD_BYTES,
  PROTOCOL_VERSION,
  SYNC_0,
  SYNC_1,
  TYPE_ACK,
  TYPE_HELLO,
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
  #length = 0

  constructor(onFrame: FrameListener) {
    this.#onFrame = onFrame
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; ) {
      const take = Math.min(chunk.length - from, MAX_FRAME_BYTES - this.#length)
      this.#buffer.set(chunk.subarray(from, from + take), this.#length)
      this.#length += take
      from += take
      this.#scan(false)
    }
  }

  /** No more bytes will come: a candidate still waiting for its end is given up, and the bytes behind it are searched. */
  end(): void {
    this.#scan(true)
  }

  /** Reports every whole frame in the buffer and keeps what may be the beginning of one. */
  #scan(ended: boolean): void {
    let at = 0
    let kept = this.#length
    while (at < this.#length) {
      const sync = this.#nextSync(at)
      this.skippedBytes += sync - at
      at = sync
      if (at === this.#length) break
      const size = this.#frameSize(at)
      if (size === 0 || (ended && at + size > this.#length)) {
        at++
        this.skippedBytes++
      } else if (at + size > this.#length) {
        kept = at
        break
      } else if (this.#crcHolds(at, size)) {
        const frame = this.#buffer.subarray(at, at + size)
        at += size
        this.#onFrame(frame)
      } else {
        at++
        this.skippedBytes++
      }
    }
    this.#buffer.copyWithin(0, kept, this.#length)
    this.#length -= kept
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
  return byte >> 4 === PROTOCOL_VERSION && type >= TYPE_HELLO && type <= TYPE_ACK
}
