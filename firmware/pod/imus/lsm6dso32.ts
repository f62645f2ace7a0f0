import { write } from '../bus.ts'
import { ODR, sensorsOnAt } from './lsm6.ts'
import { CONTINUOUS, FIFO_MODE, requireChip } from './st.ts'
import { realignSlots, SLOT_COUNT, WORD_BYTES } from './tagged.ts'

export { GYRO_RANGE, ODR, prepareSelfTest, readBack, SELF_TEST, sensorsOff, TEST_GYRO } from './lsm6.ts'
export { resetImu } from './st.ts'
export { FIFO_DATA, FIFO_OVERRUN } from './tagged.ts'

/** ST LSM6DSO32, driven by its registers (data sheet DS13162, chapter 9; FIFO: application note AN5192, chapter 9). */
export const IMU = 'lsm6dso32'
/** Two tagged words: gyroscope and accelerometer. */
export const WORDS = 2
export const SAMPLE_BYTES = WORDS * WORD_BYTES
export const BURST = 18
export const FIFO_STATUS = 0x3a
export const STATUS_BYTES = 2
export const LEVEL_HIGH = 3
export const ACCEL_G = 32
export const INLINE_HIGH_G = 0

const FIFO_CTRL1 = 0x07
const FIFO_CTRL2 = 0x08
const FIFO_CTRL3 = 0x09

/** 52 Hz ±4 g. */
export const TEST_ACCEL = 0x30
/** 50 mg (table 2). */
export const LEAST_ACCEL_LSB = 410

/** Of CTRL1_XL. */
export const ACCEL_RANGE: Record<number, number> = { 4: 0, 8: 0x08, 16: 0x0c, 32: 0x04 }

export function isInStep(bytes: Uint8Array): boolean {
  return !((bytes[0]! ^ bytes[WORD_BYTES * (WORDS - 1)]!) & SLOT_COUNT)
}

export function requireImu(): void {
  requireChip(0x6c)
}

/** Two of the status bits are always 0. */
export function requireStatus(status: Uint8Array): void {
  if (status[1]! & 4) throw new Error('no IMU')
}

export function sensorsOn(rateHz: number, accelG: number, gyroDps: number): void {
  sensorsOnAt(rateHz, ACCEL_RANGE[accelG]!, gyroDps)
}

/** Bypass empties it; then both sensors at their own rate, continuous, watermark at a burst, no compression. */
export function startFifo(rateHz: number): void {
  write(FIFO_MODE, 0)
  write(FIFO_CTRL1, BURST * WORDS)
  write(FIFO_CTRL2, 0)
  write(FIFO_CTRL3, ODR[rateHz]! * 0x11)
  write(FIFO_MODE, CONTINUOUS)
}

export function realign(status: Uint8Array): boolean {
  return realignSlots(status, WORDS)
}
