import { read, write } from '../bus.ts'
import { BDU_IF_INC, CONTINUOUS, CTRL1, CTRL2, CTRL3, FIFO_MODE, requireChip, SW_RESET } from './st.ts'
import { realignSlots, SLOT_COUNT, WORD_BYTES } from './tagged.ts'

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
const INT1_CTRL = 0x0d
const CTRL6_C = 0x15
const CTRL7_G = 0x16

/** 52 Hz ±4 g; 208 Hz ±2000 °/s. */
export const SELF_TEST = 0x14
export const TEST_ACCEL = 0x30
export const TEST_GYRO = 0x5c
/** 50 mg (table 2). */
export const LEAST_ACCEL_LSB = 410

/** Of CTRL1_XL, CTRL2_G and both halves of FIFO_CTRL3. */
export const ODR: Record<number, number> = { 104: 4, 208: 5, 416: 6, 833: 7 }
export const ACCEL_RANGE: Record<number, number> = { 4: 0, 8: 0x08, 16: 0x0c, 32: 0x04 }
export const GYRO_RANGE: Record<number, number> = { 125: 0x02, 250: 0, 500: 0x04, 1000: 0x08, 2000: 0x0c }

export function isInStep(bytes: Uint8Array): boolean {
  return !((bytes[0]! ^ bytes[WORD_BYTES * (WORDS - 1)]!) & SLOT_COUNT)
}

/** It is ready again 50 µs later, long before the next command reaches it. */
export function resetImu(): void {
  write(CTRL3, SW_RESET)
}

export function requireImu(): void {
  requireChip(0x6c)
}

/** Two of the status bits are always 0. */
export function requireStatus(status: Uint8Array): void {
  if (status[1]! & 4) throw new Error('no IMU')
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

export function readBack(): number[] {
  const control = read(CTRL1, 2)
  return [control[0]!, control[1]!, read(FIFO_MODE, 1)[0]!]
}

export function prepareSelfTest(): void {
  write(CTRL3, BDU_IF_INC)
}
