import { read, write } from '../bus.ts'
import { BDU_IF_INC, CTRL1, CTRL2, CTRL3, FIFO_MODE, requireChip, SW_RESET } from './st.ts'

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
const INT1_CTRL = 0x0d
const CTRL6_C = 0x15
const CTRL7_G = 0x16

/** 52 Hz ±4 g; 208 Hz ±2000 °/s. */
export const SELF_TEST = 0x14
export const TEST_ACCEL = 0x38
export const TEST_GYRO = 0x5c
/** 90 mg (table 3). */
export const LEAST_ACCEL_LSB = 738
/** Words given up on overrun beyond those that align, so that the FIFO has room while its level is read again. */
const SPARE_WORDS = 12

/** Of CTRL1_XL, CTRL2_G and FIFO_CTRL5. */
export const ODR: Record<number, number> = { 104: 4, 208: 5, 416: 6, 833: 7 }
export const ACCEL_RANGE: Record<number, number> = { 2: 0, 4: 0x08, 8: 0x0c, 16: 0x04 }
export const GYRO_RANGE: Record<number, number> = { 125: 0x02, 250: 0, 500: 0x04, 1000: 0x08, 2000: 0x0c }

/** It is ready again 50 µs later, long before the next command reaches it. */
export function resetImu(): void {
  write(CTRL3, SW_RESET)
}

export function requireImu(): void {
  requireChip(0x6a)
}

/** The pattern of six words ends at 5. */
export function requireStatus(status: Uint8Array): void {
  if (status[2]! > 5 || status[3]) throw new Error('no IMU')
}

export function sensorsOn(rateHz: number, accelG: number, gyroDps: number): void {
  const odr = ODR[rateHz]! << 4
  write(CTRL3, BDU_IF_INC)
  write(CTRL6_C, 0)
  write(CTRL7_G, 0)
  write(INT1_CTRL, 0)
  write(CTRL1, odr | ACCEL_RANGE[accelG]!)
  write(CTRL2, odr | GYRO_RANGE[gyroDps]!)
}

export function sensorsOff(): void {
  write(FIFO_MODE, 0)
  write(CTRL1, 0)
  write(CTRL2, 0)
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

export function readBack(): number[] {
  const control = read(CTRL1, 2)
  return [control[0]!, control[1]!, read(FIFO_MODE, 1)[0]!]
}

export function prepareSelfTest(): void {
  write(CTRL3, BDU_IF_INC)
}
