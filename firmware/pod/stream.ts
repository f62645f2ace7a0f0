import { FLAG_BREAK } from '../../shared/frame.ts'
import { board } from './board.ts'
import { counters } from './counters.ts'
import type { ClearTimer, GetTime, SetTimer } from './espruino.d.ts'
import { beginStream, type Stream, sendSamples, stream } from './frames.ts'
import {
  FIFO_DATA,
  FIFO_OVERRUN,
  FIFO_STATUS1,
  requireImu,
  requireStatus,
  sensorsOff,
  sensorsOn,
  startFifo,
  wordsToAlign,
} from './lsm6ds3trc.ts'
import { batchOf, settings } from './settings.ts'

declare const getTime: GetTime
declare const setTimeout: SetTimer
declare const setInterval: SetTimer
declare const clearTimeout: ClearTimer
declare const clearInterval: ClearTimer

/** Batches one tick may move before other work gets its turn; the FIFO holds what waits. */
const MAX_BATCHES = 4
/** The gyroscope's turn-on time is 80 ms at most. */
const SETTLE_MS = 100
/** Words given up on overrun beyond those that align, so that the FIFO has room while its level is read again. */
const SPARE_WORDS = 12

let settling = 0
let draining = 0

export function isStreaming(): boolean {
  return settling + draining > 0
}

/** The FIFO overran or lost step: gives up words until the next one begins a sample, and marks the next frame. */
function realign(status: Uint8Array): Uint8Array {
  let words = wordsToAlign(status)
  if (status[1]! & FIFO_OVERRUN) {
    counters.overruns++
    words += SPARE_WORDS
  } else {
    counters.realigned++
  }
  stream.breakFlag = FLAG_BREAK
  board.read(FIFO_DATA, 2 * words)
  const after = board.read(FIFO_STATUS1, 4)
  if (after[2]) {
    startFifo(settings.rateHz, stream.batch)
    return board.read(FIFO_STATUS1, 4)
  }
  return after
}

/** One tick: reads the FIFO's level and sends the whole batches it holds. */
function drain(from: Stream): void {
  'ram'
  try {
    let status = from.read(FIFO_STATUS1, 4)
    let timeUs = getTime() * 1e6
    if (status[1]! & FIFO_OVERRUN || status[2]) {
      requireStatus(status)
      status = realign(status)
      timeUs = getTime() * 1e6
    }
    let samples = ((status[0]! | ((status[1]! & 7) << 8)) / 6) | 0
    for (let n = 0; n < MAX_BATCHES && samples >= from.batch; n++) {
      samples -= from.batch
      sendSamples(from, timeUs, samples)
    }
  } catch (_) {
    counters.imuErrors++
  }
}

/** Lets samples flow into a new stream; half a batch between ticks, so that none waits long. */
export function startStream(): void {
  requireImu()
  stopStream()
  beginStream(batchOf(settings.rateHz))
  sensorsOn(settings.rateHz, settings.accelG, settings.gyroDps)
  settling = setTimeout(() => {
    settling = 0
    startFifo(settings.rateHz, stream.batch)
    draining = setInterval(drain, (500 * stream.batch) / settings.rateHz, stream)
  }, SETTLE_MS)
}

export function stopStream(): void {
  if (settling) clearTimeout(settling)
  if (draining) clearInterval(draining)
  settling = 0
  draining = 0
  sensorsOff()
}

/** The chip forgot its settings (its supply dipped): sets it up again. What it missed is a break. */
export function restoreImu(): void {
  stream.breakFlag = FLAG_BREAK
  sensorsOn(settings.rateHz, settings.accelG, settings.gyroDps)
  startFifo(settings.rateHz, stream.batch)
}

/** Samples flow and the chip should be filling its FIFO. */
export function isDraining(): boolean {
  return draining > 0
}
