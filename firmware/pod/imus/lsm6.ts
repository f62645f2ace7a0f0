import { read, write } from '../bus.ts'
import { BDU_IF_INC, CTRL1, CTRL2, CTRL3, FIFO_MODE } from './st.ts'

/** What the LSM6DS3TR-C and the LSM6DSO32 have alike: control registers, rates, and the gyroscope. */

const INT1_CTRL = 0x0d
const CTRL6_C = 0x15
const CTRL7_G = 0x16

/** CTRL5_C; 208 Hz ±2000 °/s. */
export const SELF_TEST = 0x14
export const TEST_GYRO = 0x5c

/** Of CTRL1_XL, CTRL2_G and the FIFO's own rate. */
export const ODR: Record<number, number> = { 104: 4, 208: 5, 416: 6, 833: 7 }
export const GYRO_RANGE: Record<number, number> = { 125: 0x02, 250: 0, 500: 0x04, 1000: 0x08, 2000: 0x0c }

/** @param accelRange the full scale's bits of CTRL1_XL */
export function sensorsOnAt(rateHz: number, accelRange: number, gyroDps: number): void {
  const odr = ODR[rateHz]! << 4
  write(CTRL3, BDU_IF_INC)
  write(CTRL6_C, 0)
  write(CTRL7_G, 0)
  write(INT1_CTRL, 0)
  write(CTRL1, odr | accelRange)
  write(CTRL2, odr | GYRO_RANGE[gyroDps]!)
}

export function sensorsOff(): void {
  write(FIFO_MODE, 0)
  write(CTRL1, 0)
  write(CTRL2, 0)
}

export function readBack(): number[] {
  const control = read(CTRL1, 2)
  return [control[0]!, control[1]!, read(FIFO_MODE, 1)[0]!]
}

export function prepareSelfTest(): void {
  write(CTRL3, BDU_IF_INC)
}
