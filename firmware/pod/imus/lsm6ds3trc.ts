import { read, write } from '../bus.ts'
import { ODR, sensorsOnAt } from './lsm6.ts'
import { FIFO_MODE, requireChip } from './st.ts'

export { GYRO_RANGE, ODR, prepareSelfTest, readBack, SELF_TEST, sensorsOff, TEST_GYRO } from './lsm6.ts'
export { resetImu } from './st.ts'

/** ST LSM6DS3TR-C, driven by its registers (data sheet DocID030071, chapter 9; FIFO: application note AN5130, chapter 8). */
export const IMU = 'lsm6ds3tr-c'
/** FIFO words in a sample's order: gyro x y z, accelerometer x y z, int16. */
export const SAMPLE_BYTES = 12
export const BURST = 21
export const WORDS = 6
export const FIFO_STATUS = 0x3a
export const STATUS_BYTES = 4
export const LEVEL_HIGH = 7
export const FIFO_OVERRUN = 0x40
export const FIFO_DATA = 0x3e
export const ACCEL_G = 16
export const INLINE_HIGH_G = 0
/** The status counts which word comes next. */
export const isInStep = null

const FIFO_CTRL1 = 0x06
const FIFO_CTRL2 = 0x07
const FIFO_CTRL3 = 0x08

/** 52 Hz ±4 g. */
export const TEST_ACCEL = 0x38
/** 90 mg (table 3). */
export const LEAST_ACCEL_LSB = 738
/** Words given up on overrun beyond those that align, so that the FIFO has room while its level is read again. */
const SPARE_WORDS = 12

/** Of CTRL1_XL. */
export const ACCEL_RANGE: Record<number, number> = { 2: 0, 4: 0x08, 8: 0x0c, 16: 0x04 }

export function requireImu(): void {
  requireChip(0x6a)
}

/** The pattern of six words ends at 5. */
export function requireStatus(status: Uint8Array): void {
  if (status[2]! > 5 || status[3]) throw new Error('no IMU')
}

export function sensorsOn(rateHz: number, accelG: number, gyroDps: number): void {
  sensorsOnAt(rateHz, ACCEL_RANGE[accelG]!, gyroDps)
}

/** Bypass empties it; then both sensors undecimated, continuous, watermark at a burst. */
export function startFifo(rateHz: number): void {
  write(FIFO_MODE, 0)
  write(FIFO_CTRL1, BURST * WORDS)
  write(FIFO_CTRL2, 0)
  write(FIFO_CTRL3, 0x09)
  write(FIFO_MODE, (ODR[rateHz]! << 3) | 6)
}

/** The pattern register counts which word of a sample comes next: 0 is gyro x. */
export function realign(status: Uint8Array): boolean {
  const words = ((6 - status[2]!) % 6) + (status[1]! & FIFO_OVERRUN ? SPARE_WORDS : 0)
  read(FIFO_DATA, 2 * words)
  return !read(FIFO_STATUS, STATUS_BYTES)[2]
}
