import { HEADER_BYTES } from '../../shared/frame.ts'
import { readJson } from '../../shared/json.ts'

/** The JSON a hello, status or acknowledgement frame holds; `null` when it holds none. Fields are not checked. */
export const readMessage = <T extends object>(frame: Uint8Array, payloadBytes: number): T | null =>
  readJson(frame.subarray(HEADER_BYTES, HEADER_BYTES + payloadBytes)) as T | null
