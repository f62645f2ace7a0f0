import { crc32 } from 'node:zlib'
import {
  encodeFrame,
  type FrameHeader,
  type TYPE_ACK,
  type TYPE_HELLO,
  type TYPE_STATUS,
} from '../../shared/frame.ts'
import type { Ack, Hello, Status } from '../../shared/messages.ts'

/** A frame with everything 0 that is not given. */
export const frame = (
  header: Partial<FrameHeader> & { type: number },
  payload = new Uint8Array(0),
): Uint8Array =>
  encodeFrame(
    { pod: 1, count: 0, flags: 0, stream: 1, sequence: 0, timeUs: 0, firstSample: 0, ...header },
    payload,
    crc32,
  )

export const jsonFrame = (
  message: Hello | Status | Ack,
  header: Partial<FrameHeader> & { type: typeof TYPE_HELLO | typeof TYPE_STATUS | typeof TYPE_ACK },
): Uint8Array => {
  const text = JSON.stringify(message)
  return frame(header, Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4), 'ascii'))
}

export const puckHello: Hello = {
  id: 'f4ce36a1b2c3d4e5',
  fw: '0.1.0',
  board: 'puckjs',
  imu: 'lsm6ds3tr-c',
  place: 'left-shoe',
  rateHz: 208,
  accelG: 16,
  gyroDps: 2000,
  batch: 20,
  ring: 16,
  streaming: true,
}

/** Bytes anyone can make again: a linear congruential generator (Numerical Recipes). */
export const noise = (length: number, seed: number): Uint8Array<ArrayBuffer> => {
  let state = seed
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0
    return state >>> 24
  })
}
