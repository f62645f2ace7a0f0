import { read, write } from '../bus.ts'
import { BDU_IF_INC, CONTINUOUS, CTRL1, CTRL2, CTRL3, FIFO_MODE, requireChip } from './st.ts'
import { realignSlots, SLOT_COUNT, WORD_BYTES } from './tagged.ts'

export { resetImu } from './st.ts'
export { FIFO_DATA, FIFO_OVERRUN } from './tagged.ts'

/** ST LSM6DSV320X, driven by its registers (ST's public register description, lsm6dsv320x-pid). */
export const IMU = 'lsm6dsv320x'
/** Three tagged words: gyroscope, accelerometer, high-g accelerometer. */
export const WORDS = 3
export const SAMPLE_BYTES = WORDS * WORD_BYTES
export const BURST = 12
export const FIFO_STATUS = 0x1b
export const STATUS_BYTES = 2
export const LEVEL_HIGH = 1
export const ACCEL_G = 16
export const INLINE_HIGH_G = 320

const FIFO_CTRL1 = 0x07
const FIFO_CTRL2 = 0x08
const FIFO_CTRL3 = 0x09
const COUNTER_BDR_REG1 = 0x0b
const CTRL6 = 0x15
const CTRL8 = 0x17
const CTRL1_XL_HG = 0x4e

/** COUNTER_BDR_REG1: the high-g channel's samples go into the FIFO too. */
const XL_HG_BATCH_EN = 0x08
/** CTRL1_XL_HG: ±320 g at 480 Hz, and into its output registers. */
const HIGH_G_ON = 0x80 | (3 << 3) | 4

/** 60 Hz, ±4 g; 240 Hz, ±2000 °/s. */
export const SELF_TEST = 0x19
export const TEST_ACCEL = 0x05
export const TEST_GYRO = 0x07
/** 50 mg. */
export const LEAST_ACCEL_LSB = 410

/**
 * Of CTRL1, CTRL2 and both halves of FIFO_CTRL3; the modes' bits 0 are high performance. With one rate for all a sample is always three
 * words; the high-g channel has no slower rate, and at a faster one the FIFO would hold 89 ms.
 */
export const ODR: Record<number, number> = { 480: 8 }
/** Of CTRL8 and CTRL6. */
export const ACCEL_RANGE: Record<number, number> = { 2: 0, 4: 1, 8: 2, 16: 3 }
export const GYRO_RANGE: Record<number, number> = { 250: 1, 500: 2, 1000: 3, 2000: 4, 4000: 5 }

export function isInStep(bytes: Uint8Array): boolean {
  return !((bytes[0]! ^ bytes[WORD_BYTES * (WORDS - 1)]!) & SLOT_COUNT)
}

export function requireImu(): void {
  requireChip(0x73)
}

/** Two of the status bits are always 0. */
export function requireStatus(status: Uint8Array): void {
  if (status[1]! & 6) throw new Error('no IMU')
}

export function sensorsOn(rateHz: number, accelG: number, gyroDps: number): void {
  const odr = ODR[rateHz]!
  write(CTRL3, BDU_IF_INC)
  write(CTRL8, ACCEL_RANGE[accelG]!)
  write(CTRL6, GYRO_RANGE[gyroDps]!)
  write(CTRL1, odr)
  write(CTRL2, odr)
  write(CTRL1_XL_HG, HIGH_G_ON)
}

export function sensorsOff(): void {
  write(FIFO_MODE, 0)
  write(CTRL1, 0)
  write(CTRL2, 0)
  write(CTRL1_XL_HG, 0)
}

/** Bypass empties it; then all three at their own rate, continuous, watermark at a burst, no compression. */
export function startFifo(rateHz: number): void {
  write(FIFO_MODE, 0)
  write(FIFO_CTRL1, BURST * WORDS)
  write(FIFO_CTRL2, 0)
  write(FIFO_CTRL3, ODR[rateHz]! * 0x11)
  write(COUNTER_BDR_REG1, XL_HG_BATCH_EN)
  write(FIFO_MODE, CONTINUOUS)
}

export function realign(status: Uint8Array): boolean {
  return realignSlots(status, WORDS)
}

export function readBack(): number[] {
  const control = read(CTRL1, 2)
  return [
    control[0]!,
    control[1]!,
    read(FIFO_MODE, 1)[0]!,
    read(CTRL6, 1)[0]!,
    read(CTRL8, 1)[0]!,
    read(CTRL1_XL_HG, 1)[0]!,
  ]
}

export function prepareSelfTest(): void {
  write(CTRL3, BDU_IF_INC)
  write(CTRL8, 1)
  write(CTRL6, 4)
}
