import type { I2C, Pin, SerialDevice } from '../espruino.d.ts'
import type { Board } from './board.ts'

declare const USB: SerialDevice
declare const I2C1: I2C
declare const LED1: Pin
declare const D15: Pin
declare const D16: Pin
declare const D17: Pin

/** The IMU's address; its SDO pin decides between 0x6A and 0x6B. */
let address = 0x6a

/** Seeed XIAO nRF52840 Sense: 14000 variables, LSM6DS3TR-C on I2C with a power pin, USB. Its button is pin D1 tied high. */
export const board: Board = {
  name: 'xiao-nrf52840-sense',
  port: USB,
  led: LED1,
  rates: [416, 208, 104, 833],
  ring: 256,
  powerOn() {
    D15.write(1)
    I2C1.setup({ scl: D16, sda: D17, bitrate: 400000 })
  },
  read(register, count) {
    try {
      return I2C1.readReg(address, register, count)
    } catch (_) {
      address = 0x6a + 0x6b - address
      return I2C1.readReg(address, register, count)
    }
  },
  write(register, value) {
    I2C1.writeTo(address, register, value)
  },
  battery() {
    return null
  },
}
