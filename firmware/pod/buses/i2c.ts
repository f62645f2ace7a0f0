import { i2c } from '../board.ts'

/** ST's two addresses; the IMU's SDO pin decides. */
let address = 0x6a
/** The ADXL372's with its MISO pin high. */
const HIGH_G_ADDRESS = 0x53

/** A burst is at most 255 bytes: the nRF52's driver counts them in one. An IMU that does not answer throws. */
export function read(register: number, count: number): Uint8Array {
  try {
    return i2c.readReg(address, register, count)
  } catch (_) {
    address = 0x6a + 0x6b - address
    return i2c.readReg(address, register, count)
  }
}

export function write(register: number, value: number): void {
  i2c.writeTo(address, register, value)
}

/** The read of the hot path: the interpreter's own function with the address in it, so that no step of ours stands before it. */
export function hotRead(): (register: number, count: number) => Uint8Array {
  return i2c.readReg.bind(i2c, address)
}

export function readHighG(register: number, count: number): Uint8Array {
  return i2c.readReg(HIGH_G_ADDRESS, register, count)
}

export function writeHighG(register: number, value: number): void {
  i2c.writeTo(HIGH_G_ADDRESS, register, value)
}
