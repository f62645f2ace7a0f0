import { FLAG_BREAK, TYPE_HIGH_G } from '../../../shared/frame.ts'
import type { HighG } from '../../../shared/messages.ts'
import { readHighG, writeHighG } from '../bus.ts'
import { counters } from '../counters.ts'
import type { GetTime } from '../espruino.d.ts'
import { beginSource, newSource, sendBatch, spoil, stream } from '../frames.ts'

declare const getTime: GetTime

/** Analog Devices ADXL372, driven by its registers (data sheet rev. B, register map). */
const PART_ID = 0x02
const PART_ID_VALUE = 0xfa
const STATUS = 0x04
const FIFO_SAMPLES = 0x39
const FIFO_CTL = 0x3a
const TIMING = 0x3d
const MEASURE = 0x3e
const POWER_CTL = 0x3f
const RESET = 0x41
const FIFO_DATA = 0x42

/** STATUS: the FIFO was full and the oldest samples are gone. */
const FIFO_OVERRUN = 0x08
const RESET_CODE = 0x52
/** Stream mode, x y z. */
const STREAM_XYZ = 0x02
/** 400 Hz (TIMING), 200 Hz bandwidth and low noise (MEASURE), full bandwidth without high-pass (POWER_CTL). */
const ODR_400 = 0x00
const LOW_NOISE_200 = 0x08
const MEASURING = 0x07
const MAX_BATCHES = 2

export const highG: HighG = { sensor: 'adxl372', rangeG: 200, rateHz: 400 }

/** The lowest bit of a set's first word says that the set begins there. */
function isInStep(bytes: Uint8Array): boolean {
  return (bytes[1]! & 1) > 0
}

const source = newSource(TYPE_HIGH_G, readHighG, FIFO_DATA, isInStep)

/** Throws unless the chip says who it is. */
export function requireHighG(): void {
  if (readHighG(PART_ID, 1)[0] !== PART_ID_VALUE) throw new Error('no ADXL372')
}

/** Standby gives up what the FIFO holds and is where it may be set up; then it runs. */
function restart(): void {
  source.breakFlag = FLAG_BREAK
  writeHighG(POWER_CTL, 0)
  writeHighG(FIFO_SAMPLES, 0x80)
  writeHighG(FIFO_CTL, STREAM_XYZ)
  writeHighG(TIMING, ODR_400)
  writeHighG(MEASURE, LOW_NOISE_200)
  writeHighG(POWER_CTL, MEASURING)
}

export function startHighG(): void {
  requireHighG()
  restart()
  beginSource(source, 6)
}

export function stopHighG(): void {
  try {
    writeHighG(RESET, RESET_CODE)
  } catch (_) {
    counters.imuErrors++
  }
}

/** Sends the whole batches its FIFO holds. One set of x y z always stays in it, as the data sheet wants. */
export function drainHighG(): void {
  try {
    const status = readHighG(STATUS, 4)
    const timeUs = getTime() * 1e6
    if (status[0]! & FIFO_OVERRUN) {
      counters.overruns++
      restart()
      return
    }
    let samples = ((((status[2]! & 3) << 8) | status[3]!) / 3) | 0
    for (let n = 0; n < MAX_BATCHES && samples > source.batch; n++) {
      samples -= source.batch
      if (!sendBatch(stream, source, timeUs, samples)) {
        spoil()
        counters.realigned++
        restart()
        return
      }
    }
  } catch (_) {
    spoil()
    counters.imuErrors++
  }
}
