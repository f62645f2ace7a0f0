import { CRC_BYTES, HEADER_BYTES, MAX_FRAME_BYTES, SYNC_0, SYNC_1 } from '../../shared/frame.ts'

/** The bytes of one pod that have come and are not yet a frame. Its notifications cut frames anywhere. */
export interface Reassembly {
  bytes: Uint8Array
  held: number
  /** Number and stream of the pod, from its last frame; −1 before the first. */
  pod: number
  stream: number
}

/** A frame may be nearly there when the next notification comes. */
const BUFFER_BYTES = 2 * MAX_FRAME_BYTES
const LENGTH_AT = 4
const STREAM_AT = 8

export function newReassembly(): Reassembly {
  return { bytes: new Uint8Array(BUFFER_BYTES), held: 0, pod: -1, stream: -1 }
}

/** Gives up the first `count` bytes. What is left moves down through a copy: a set within one buffer is not relied on. */
function drop(from: Reassembly, count: number): void {
  const left = from.held - count
  if (left > 0) from.bytes.set(new Uint8Array(from.bytes.subarray(count, from.held)), 0)
  from.held = left
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}

/**
 * Takes a notification and passes on every frame that is whole now, as one piece, so that frames of two pods never mix on the wire. Bytes
 * that begin no frame are dropped; whether a frame is sound is the host's to see.
 */
export function reassemble(from: Reassembly, piece: Uint8Array, pass: (frame: Uint8Array) => void): void {
  if (from.held + piece.length > BUFFER_BYTES) from.held = 0
  from.bytes.set(piece, from.held)
  from.held += piece.length
  while (from.held >= HEADER_BYTES) {
    const size = HEADER_BYTES + (from.bytes[LENGTH_AT]! | (from.bytes[LENGTH_AT + 1]! << 8)) + CRC_BYTES
    if (from.bytes[0] !== SYNC_0 || from.bytes[1] !== SYNC_1 || size > MAX_FRAME_BYTES) {
      const next = from.bytes.indexOf(SYNC_0, 1)
      drop(from, next > 0 && next < from.held ? next : from.held)
    } else if (from.held < size) {
      return
    } else {
      from.pod = from.bytes[3]!
      from.stream = word(from.bytes, STREAM_AT)
      pass(new Uint8Array(from.bytes.subarray(0, size)))
      drop(from, size)
    }
  }
}
