/**
 * The frame: what a pod writes to its serial port, byte for byte (`docs/protocol.md`, section 2).
 *
 * Every field of the header is an aligned little-endian 32-bit word, because on the pod a typed-array index write costs
 * 0.2 ms and a `DataView` call three times that. Nothing here is computed byte by byte.
 *
 *     word 0   sync (2 bytes) · version<<4|type · pod
 *     word 1   payload bytes (2) · sample count (1) · flags (1)
 *     word 2   stream: a number the pod draws at every start, so that a reset is seen
 *     word 3   sequence, from 0 in each stream, counts every frame
 *     word 4   device time, µs modulo 2^32, when the FIFO level was read (samples) or the frame was made
 *     word 5   index of the frame's first sample in the stream
 *     …        payload, a multiple of 4 bytes
 *     last     CRC-32 (zlib) of all bytes before it
 */
export const SYNC_0 = 0xf5
export const SYNC_1 = 0xa7
export const PROTOCOL_VERSION = 1
export const HEADER_BYTES = 24
export const CRC_BYTES = 4
export const MAX_PAYLOAD_BYTES = 1024
export const MAX_FRAME_BYTES = HEADER_BYTES + MAX_PAYLOAD_BYTES + CRC_BYTES

export const TYPE_HELLO = 1
export const TYPE_SAMPLES = 2
export const TYPE_STATUS = 3
export const TYPE_TIME = 4
export const TYPE_ACK = 5
/** Samples of a second accelerometer, counted by themselves. */
export const TYPE_HIGH_G = 6

/** Flags byte: the top bit says that samples were lost on the pod before this frame (FIFO overrun or realignment). */
export const FLAG_BREAK = 0x80
/** Flags byte: how many samples stayed in the FIFO behind this frame's last one when its level was read (127 = or more). */
export const FLAG_BACKLOG = 0x7f

/** First header word of a frame of this type from this pod. */
export const headerWord0 = (type: number, pod: number): number =>
  (SYNC_0 | (SYNC_1 << 8) | (((PROTOCOL_VERSION << 4) | type) << 16) | (pod << 24)) >>> 0

/** Second header word. */
export const headerWord1 = (payloadBytes: number, count: number, flags: number): number =>
  (payloadBytes | (count << 16) | (flags << 24)) >>> 0

/** A parsed header; `bytes` is the whole frame with its CRC and is not copied. Reused by callers that read many frames. */
export interface FrameHeader {
  type: number
  pod: number
  payloadBytes: number
  count: number
  flags: number
  stream: number
  sequence: number
  timeUs: number
  firstSample: number
}

export const emptyHeader = (): FrameHeader => ({
  type: 0,
  pod: 0,
  payloadBytes: 0,
  count: 0,
  flags: 0,
  stream: 0,
  sequence: 0,
  timeUs: 0,
  firstSample: 0,
})

/** Reads the header of a whole, already verified frame that starts at `offset` of `view`. Allocates nothing. */
export function readHeader(view: DataView, offset: number, out: FrameHeader): FrameHeader {
  out.type = view.getUint8(offset + 2) & 0x0f
  out.pod = view.getUint8(offset + 3)
  out.payloadBytes = view.getUint16(offset + 4, true)
  out.count = view.getUint8(offset + 6)
  out.flags = view.getUint8(offset + 7)
  out.stream = view.getUint32(offset + 8, true)
  out.sequence = view.getUint32(offset + 12, true)
  out.timeUs = view.getUint32(offset + 16, true)
  out.firstSample = view.getUint32(offset + 20, true)
  return out
}

/**
 * Builds a frame on the host (imports, tests). The pod builds its own in place.
 * @param crc32 zlib's CRC-32, passed in because this room has no dependency
 * @throws RangeError when the payload is longer than {@link MAX_PAYLOAD_BYTES} or no multiple of 4
 */
export function encodeFrame(
  header: Omit<FrameHeader, 'payloadBytes'>,
  payload: Uint8Array,
  crc32: (bytes: Uint8Array) => number,
): Uint8Array {
  if (payload.length > MAX_PAYLOAD_BYTES || payload.length % 4 !== 0)
    throw new RangeError(
      `payload of ${payload.length} bytes: must be a multiple of 4, at most ${MAX_PAYLOAD_BYTES}`,
    )
  const bytes = new Uint8Array(HEADER_BYTES + payload.length + CRC_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, headerWord0(header.type, header.pod), true)
  view.setUint32(4, headerWord1(payload.length, header.count, header.flags), true)
  view.setUint32(8, header.stream, true)
  view.setUint32(12, header.sequence, true)
  view.setUint32(16, header.timeUs, true)
  view.setUint32(20, header.firstSample, true)
  bytes.set(payload, HEADER_BYTES)
  const end = HEADER_BYTES + payload.length
  view.setUint32(end, crc32(bytes.subarray(0, end)), true)
  return bytes
}
