import { FLAG_BREAK } from '../../shared/frame.ts'
import { counters } from './counters.ts'
import type { ClearTimer, SetTimer } from './espruino.d.ts'
import { beginStream, type Stream, sendBatch, spoil, stream } from './frames.ts'
import { drainHighG, requireHighG, startHighG, stopHighG } from './high-g.ts'
import {
  FIFO_OVERRUN,
  FIFO_STATUS,
  LEVEL_HIGH,
  realign,
  requireImu,
  requireStatus,
  STATUS_BYTES,
  sensorsOff,
  sensorsOn,
  startFifo,
  WORDS,
} from './imu.ts'
import { burstsOf, settings } from './settings.ts'

declare const setTimeout: SetTimer
declare const clearTimeout: ClearTimer

/** Batches one tick may move before other work gets its turn; the FIFO holds what waits. */
const MAX_BATCHES = 4
/** The gyroscopes' turn-on time is 80 ms at most. */
const SETTLE_MS = 100

let settling = 0

export function isStreaming(): boolean {
  return settling + stream.turn > 0
}

/** The FIFO overran or lost step: gives up words until the next one begins a sample, and marks the next frame. */
function recover(from: Stream, status: Uint8Array): Uint8Array {
  if (status[1]! & FIFO_OVERRUN) counters.overruns++
  else counters.realigned++
  from.imu.breakFlag = FLAG_BREAK
  if (!realign(status)) startFifo(settings.rateHz)
  return from.imu.read(FIFO_STATUS, STATUS_BYTES)
}

/** One tick: reads the FIFO's level, sends the whole batches it holds, and comes again when the next one is due. */
function drain(from: Stream): void {
  'ram'
  const imu = from.imu
  let samples = 0
  try {
    let status = imu.read(FIFO_STATUS, STATUS_BYTES)
    let timeUs = from.getTime() * 1e6
    if (status[1]! & FIFO_OVERRUN || status[2]) {
      requireStatus(status)
      status = recover(from, status)
      timeUs = from.getTime() * 1e6
    }
    samples = ((status[0]! | ((status[1]! & LEVEL_HIGH) << 8)) / WORDS) | 0
    for (let n = 0; n < MAX_BATCHES && samples >= imu.batch; n++) {
      samples -= imu.batch
      if (!sendBatch(from, imu, timeUs, samples)) {
        spoil()
        recover(from, status)
        break
      }
    }
  } catch (_) {
    spoil()
    counters.imuErrors++
  }
  drainHighG()
  from.turn = from.setTimeout(drain, (imu.batch - samples + 1) * from.sampleMs, from)
}

/** Lets samples flow into a new stream. */
export function startStream(): void {
  requireImu()
  requireHighG()
  stopStream()
  beginStream(burstsOf(settings.rateHz))
  stream.sampleMs = 1000 / settings.rateHz
  sensorsOn(settings.rateHz, settings.accelG, settings.gyroDps)
  settling = setTimeout(() => {
    settling = 0
    startHighG()
    startFifo(settings.rateHz)
    drain(stream)
  }, SETTLE_MS)
}

export function stopStream(): void {
  if (settling) clearTimeout(settling)
  if (stream.turn) clearTimeout(stream.turn)
  settling = 0
  stream.turn = 0
  sensorsOff()
  stopHighG()
}

/** The chip forgot its settings (its supply dipped): sets it up again. What it missed is a break. */
export function restoreImu(): void {
  stream.imu.breakFlag = FLAG_BREAK
  sensorsOn(settings.rateHz, settings.accelG, settings.gyroDps)
  startFifo(settings.rateHz)
}

/** Samples flow and the chip should be filling its FIFO. */
export function isDraining(): boolean {
  return stream.turn > 0
}
