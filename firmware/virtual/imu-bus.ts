import type { BoardModel } from './board-model.ts'
import type { Lsm6ds3trc } from './lsm6ds3trc.ts'

/** True time as far as the program has got; natives that take time move it on. */
export interface ProgramClock {
  nowS: number
}

export interface Pin {
  level: number
  write(level: number | boolean): void
  read(): boolean
  mode(): void
}

/** The wires between a board and its IMU: a transfer takes time, and fails while either end is not ready. */
export class ImuBus {
  static readonly ADDRESS = 0x6a
  /** The program has set the bus up. */
  isSetUp: boolean = false

  readonly #imu: Lsm6ds3trc
  readonly #board: BoardModel
  readonly #pins: Readonly<Record<string, Pin>>
  readonly #clock: ProgramClock

  constructor(imu: Lsm6ds3trc, board: BoardModel, pins: Readonly<Record<string, Pin>>, clock: ProgramClock) {
    this.#imu = imu
    this.#board = board
    this.#pins = pins
    this.#clock = clock
  }

  /** Fills `out` from `register` on. */
  read(address: number, register: number, out: Uint8Array): Uint8Array {
    if (!this.#transfer(address, out.length)) return out.fill(0xff)
    return this.#imu.read(register, out, this.#clock.nowS)
  }

  write(address: number, register: number, value: number): void {
    if (this.#transfer(address, 1)) this.#imu.write(register, value, this.#clock.nowS)
  }

  /** Address twice, register and `count` bytes, nine bits each. False when the IMU did not answer and the board does not say so. */
  #transfer(address: number, count: number): boolean {
    const powerPin = this.#board.imuPowerPin
    const powered = powerPin === null || this.#pins[powerPin]!.level > 0
    const answers = this.isSetUp && powered && this.#imu.answering && address === ImuBus.ADDRESS
    if (!answers && this.#board.silence === 'throws') throw new Error('I2C device not responding')
    this.#clock.nowS += ((count + 3) * 9) / this.#board.i2cBitRate
    return answers
  }
}
