import { read, write } from '../bus.ts'

/** Registers that ST's three IMUs share. */
export const WHO_AM_I = 0x0f
export const CTRL1 = 0x10
export const CTRL2 = 0x11
export const CTRL3 = 0x12
export const OUT_TEMP = 0x20
export const OUT_G = 0x22
export const OUT_XL = 0x28
/** FIFO_CTRL5 of one, FIFO_CTRL4 of the others: the FIFO's mode. */
export const FIFO_MODE = 0x0a

/** CTRL3: multi-byte reads go on to the next register and never mix two samples. */
export const BDU_IF_INC = 0x44
const SW_RESET = 0x01
export const CONTINUOUS = 6

/** It is ready again 50 µs later, long before the next command reaches it. */
export function resetImu(): void {
  write(CTRL3, SW_RESET)
}

/** Throws unless the chip says who it is: some buses read a chip that is not there without complaint. */
export function requireChip(whoAmI: number): void {
  if (read(WHO_AM_I, 1)[0] !== whoAmI) throw new Error('no IMU')
}

export function int16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16
}

export function temperatureC(): number {
  return 25 + int16At(read(OUT_TEMP, 2), 0) / 256
}
