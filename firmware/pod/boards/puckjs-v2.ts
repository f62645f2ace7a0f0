import type { EspruinoE, EspruinoNrf, Pin, PuckBoard, SerialDevice } from '../espruino.d.ts'
import type { Board } from './board.ts'

declare const E: EspruinoE
declare const NRF: EspruinoNrf
declare const Puck: PuckBoard
declare const Bluetooth: SerialDevice
declare const LED1: Pin

/** Puck.js v2: nRF52832, 2630 variables, LSM6DS3TR-C on a bus of its own, Bluetooth LE at about 6.7 kB/s. */
export const board: Board = {
  name: 'puckjs-v2',
  port: Bluetooth,
  led: LED1,
  rates: [208, 104, 416],
  ring: 24,
  powerOn() {
    NRF.setTxPower(4)
    NRF.setConnectionInterval(7.5)
    Puck.accelOn(208)
  },
  read(register, count) {
    return Puck.accelRd(register, count)
  },
  write(register, value) {
    Puck.accelWr(register, value)
  },
  battery() {
    return E.getBattery()
  },
}
