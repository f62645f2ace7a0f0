import type { SetTimer } from './espruino.d.ts'
import { sendAgain, stream } from './frames.ts'
import { sendAck } from './report.ts'

declare const setTimeout: SetTimer

/** Frames sent again between two turns of the drain; the live stream goes first. */
const FRAMES_PER_TURN = 2
const TURN_MS = 20
const MAX_WAITING = 4

interface Request {
  id: number
  stream: number
  next: number
  left: number
  sent: number
  gone: number
}

const waiting: Request[] = []

function turn(): void {
  const request = waiting[0]!
  for (let n = 0; n < FRAMES_PER_TURN && request.left > 0; n++) {
    if (sendAgain(request.stream, request.next)) request.sent++
    else request.gone++
    request.next++
    request.left--
  }
  if (request.left <= 0) {
    waiting.shift()
    sendAck({ id: request.id, ok: true, sent: request.sent, gone: request.gone })
  }
  if (waiting.length) setTimeout(turn, TURN_MS)
}

/**
 * Queues frames to be sent again, a few at a time; acknowledged when done. Returns what is wrong, or ''. A number that was damaged on its
 * way must not keep the others waiting: no request is for more than the ring holds.
 */
export function resend(id: number, ofStream: number, from: number, count: number): string {
  if (waiting.length >= MAX_WAITING) return 'too many at once'
  if (from >>> 0 !== from || !(count > 0 && count <= stream.ring.length)) return 'no such frames'
  waiting.push({ id, stream: ofStream, next: from, left: count, sent: 0, gone: 0 })
  if (waiting.length === 1) setTimeout(turn, TURN_MS)
  return ''
}
