import { HEADER_BYTES } from '../../shared/frame.ts'

const ascii = new TextDecoder('latin1')

/** The JSON a hello, status or acknowledgement holds; `null` when it holds none. Fields are not checked. */
export function readMessage<T extends object>(frame: Uint8Array, payloadBytes: number): T | null {
  try {
    const said: unknown = JSON.parse(ascii.decode(frame.subarray(HEADER_BYTES, HEADER_BYTES + payloadBytes)))
    return typeof said === 'object' && said !== null ? (said as T) : null
  } catch {
    return null
  }
}
