import { board } from './board.ts'

/** ST LSM6DS3TR-C, driven by its registers (data sheet DocID030071, chapter 9; FIFO: application note AN5130, chapter 8). */
export const WHO_AM_I = 0x0f
export const WHO_AM_I_VALUE = 0x6a
export const FIFO_CTRL1 = 0x06
export const FIFO_CTRL2 = 0x07
export const FIFO_CTRL3 = 0x08
export const FIFO_CTRL5 = 0x0a
export const INT1_CTRL = 0x0d
export const CTRL1_XL = 0x10
export const CTRL2_G = 0x11
export const CTRL3_C = 0x12
export const CTRL5_C = 0x14
export const CTRL6_C = 0x15
export const CTRL7_G = 0x16
export const OUT_TEMP = 0x20
export const OUT_G = 0x22
export const OUT_XL = 0x28
export const FIFO_STATUS1 = 0x3a
export const FIFO_DATA = 0x3e

/** FIFO_STATUS2: the FIFO was full and the oldest samples are gone. */
export const FIFO_OVERRUN = 0x40

const BDU_IF_INC = 0x44
const SW_RESET = 0x01

/** Nominal output rate, Hz → ODR code of CTRL1_XL, CTRL2_G and FIFO_CTRL5. */
export const ODR: Record<number, number> = { 104: 4, 208: 5, 416: 6, 833: 7 }
/** ±g → FS bits of CTRL1_XL. */
export const ACCEL_RANGE: Record<number, number> = { 2: 0, 4: 0x08, 8: 0x0c, 16: 0x04 }
/** ±°/s → FS bits of CTRL2_G. */
export const GYRO_RANGE: Record<number, number> = { 125: 0x02, 250: 0, 500: 0x04, 1000: 0x08, 2000: 0x0c }

/** Resets the chip. It is ready again 50 µs later, long before the next command reaches it. */
export function resetImu(): void {
  board.write(CTRL3_C, SW_RESET)
}

/** Throws unless the chip says who it is: some buses read a chip that is not there without complaint. */
export function requireImu(): void {
  if (board.read(WHO_AM_I, 1)[0] !== WHO_AM_I_VALUE) throw new Error('no IMU')
}

/** Throws when the four status bytes cannot be the chip's: the pattern of six words ends at 5. */
export function requireStatus(fifoStatus: Uint8Array): void {
  if (fifoStatus[2]! > 5 || fifoStatus[3]) throw new Error('no IMU')
}

/** Both sensors on, high performance, no interrupt, multi-byte reads that never mix two samples. */
export function sensorsOn(rateHz: number, accelG: number, gyroDps: number): void {
  const odr = ODR[rateHz]! << 4
  board.write(CTRL3_C, BDU_IF_INC)
  board.write(CTRL6_C, 0)
  board.write(CTRL7_G, 0)
  board.write(INT1_CTRL, 0)
  board.write(CTRL1_XL, odr | ACCEL_RANGE[accelG]!)
  board.write(CTRL2_G, odr | GYRO_RANGE[gyroDps]!)
}

export function sensorsOff(): void {
  board.write(FIFO_CTRL5, 0)
  board.write(CTRL1_XL, 0)
  board.write(CTRL2_G, 0)
}

/** Empties the FIFO (bypass mode) and lets it run: both sensors undecimated, continuous, watermark at `samples`. */
export function startFifo(rateHz: number, samples: number): void {
  const words = samples * 6
  board.write(FIFO_CTRL5, 0)
  board.write(FIFO_CTRL1, words & 0xff)
  board.write(FIFO_CTRL2, words >> 8)
  board.write(FIFO_CTRL3, 0x09)
  board.write(FIFO_CTRL5, (ODR[rateHz]! << 3) | 6)
}

/**
 * Words to throw away so that the next one begins a sample. The pattern register counts which word of a sample comes next: 0 is
 * gyro x.
 */
export function wordsToAlign(fifoStatus: Uint8Array): number {
  return (6 - fifoStatus[2]!) % 6
}

export function int16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16
}

export function temperatureC(): number {
  return 25 + int16At(board.read(OUT_TEMP, 2), 0) / 256
}
