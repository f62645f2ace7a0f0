import type { BusDescription } from '../build/boards.ts'
import type { WornChip } from './worn-chip.ts'

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

export const IMU_ADDRESS = 0x6a
export const HIGH_G_ADDRESS = 0x53
/** An address and a register's number go out before a read, with a start and a stop: three bytes of nine bits more on I2C. */
const I2C_OVERHEAD = 3
/** The nRF52's I2C driver counts a transfer's bytes in one byte. */
export const MAX_I2C_BYTES = 255

/**
 * The wires between a board and the chips it measures with: a transfer takes time, and fails while either end is not ready. Says
 * nothing on SPI, where a chip that is not there reads as ones.
 */
export class ImuBus {
  /** The program has set the bus up. */
  isSetUp: boolean = false
  /** Seconds that transfers have taken. */
  busyS = 0

  readonly #chips: ReadonlyMap<number | string, WornChip>
  readonly #bus: BusDescription
  readonly #isPowered: () => boolean
  readonly #clock: ProgramClock

  /** @param chips by their I2C address, or on SPI by the pin that selects them */
  constructor(
    chips: ReadonlyMap<number | string, WornChip>,
    bus: BusDescription,
    isPowered: () => boolean,
    clock: ProgramClock,
  ) {
    this.#chips = chips
    this.#bus = bus
    this.#isPowered = isPowered
    this.#clock = clock
  }

  /** Fills `out` from `register` on. */
  read(chip: number | string, register: number, out: Uint8Array): Uint8Array {
    const answering = this.#transfer(chip, out.length)
    return answering ? answering.read(register, out, this.#clock.nowS) : out.fill(0xff)
  }

  write(chip: number | string, register: number, value: number): void {
    this.#transfer(chip, 1)?.write(register, value, this.#clock.nowS)
  }

  /** The chip, after the time that its bytes take; `null` when it does not answer and the bus does not say so. */
  #transfer(name: number | string, count: number): WornChip | null {
    const { kind, bitRate } = this.#bus
    const chip = this.#chips.get(name)
    const answers = this.isSetUp && this.#isPowered() && chip?.answering === true
    if (kind === 'i2c' && !answers) throw new Error('I2C device not responding')
    if (kind === 'i2c' && count > MAX_I2C_BYTES) throw new Error(`${count} bytes in one I2C transfer`)
    const takesS = (kind === 'spi' ? (count + 1) * 8 : (count + I2C_OVERHEAD) * 9) / bitRate
    this.#clock.nowS += takesS
    this.busyS += takesS
    return answers ? chip : null
  }
}
