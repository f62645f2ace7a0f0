import { HIGH_G_SCALES } from '../../shared/imu.ts'
import type { WornImu } from './worn.ts'
import { type ChipOptions, quantise, type WornChip } from './worn-chip.ts'

/** Register addresses the model itself acts on (data sheet rev. B, register map). */
const DEVID = 0x00
const STATUS = 0x04
const XDATA = 0x08
const FIFO_SAMPLES = 0x39
const FIFO_CTL = 0x3a
const TIMING = 0x3d
const POWER_CTL = 0x3f
const SELF_TEST = 0x40
const RESET = 0x41
const FIFO_DATA = 0x42

const RESET_CODE = 0x52
const IDENTITY = [0xad, 0x1d, 0xfa, 0x02]
const CAPACITY = 512
const MEASURING = 3
/** The self-test ends by itself, in full-bandwidth measurement. */
const SELF_TEST_S = 0.3

/**
 * The ADXL372 as its registers show it: identity, standby and measurement, rate, output registers, self-test, and a FIFO of 512
 * axis words in stream mode, x y z, with level, watermark, overrun and the bit that says where a set begins. Its filters, thresholds and peak
 * mode are not modelled.
 */
export class Adxl372 implements WornChip {
  answering: boolean = true
  /** What its self-test will find. */
  isHealthy: boolean = true

  readonly #worn: WornImu
  readonly #odrError: number
  readonly #registers = new Uint8Array(0x43)
  readonly #words = new Uint16Array(CAPACITY)
  readonly #felt = new Float64Array(6)
  #head = 0
  #level = 0
  #overrun: boolean = false
  #since = 0
  #taken = 0
  #testedS = Number.POSITIVE_INFINITY

  constructor(worn: WornImu, options: ChipOptions = {}) {
    this.#worn = worn
    this.#odrError = options.odrError ?? 0
    this.powerCycle(0)
  }

  powerCycle(timeS: number): void {
    this.#registers.fill(0)
    this.#registers.set(IDENTITY, DEVID)
    this.#registers[FIFO_SAMPLES] = 0x80
    this.#testedS = Number.POSITIVE_INFINITY
    this.#restart(timeS)
  }

  write(register: number, value: number, timeS: number): void {
    this.advanceTo(timeS)
    if (register === RESET) {
      if (value === RESET_CODE) this.powerCycle(timeS)
      return
    }
    const before = this.#rate()
    this.#registers[register] = value
    if (register === SELF_TEST && value & 1) this.#testedS = timeS + SELF_TEST_S
    if (this.#rate() !== before) this.#restart(timeS)
  }

  /** A read of FIFO_DATA stays there and takes word after word, high byte first. */
  read(register: number, out: Uint8Array, timeS: number): Uint8Array {
    this.advanceTo(timeS)
    this.#refresh(timeS)
    for (let i = 0; i < out.length; i++) {
      if (register < FIFO_DATA) out[i] = this.#registers[register + i]!
      else
        out[i] = i % 2 === 0 ? (this.#words[this.#head]! >> 8) * Number(this.#level > 0) : this.#pop() & 0xff
    }
    return out
  }

  /** Takes the samples due up to `timeS`. */
  advanceTo(timeS: number): void {
    const rate = this.#rate()
    if (rate === 0) return
    const due = Math.floor((timeS - this.#since) * rate)
    while (this.#taken < due) {
      this.#taken++
      if (this.#registers[FIFO_CTL]! & 6) this.#offer()
    }
  }

  /** A fault for tests: the bus lost count and took words that nobody received. */
  dropWords(count: number): void {
    for (let i = 0; i < count; i++) this.#pop()
  }

  /** True output rate, Hz; 0 in standby. */
  #rate(): number {
    if ((this.#registers[POWER_CTL]! & 3) !== MEASURING) return 0
    return 400 * 2 ** (this.#registers[TIMING]! >> 5) * (1 + this.#odrError)
  }

  /** Standby empties the FIFO, and measuring begins anew. */
  #restart(timeS: number): void {
    this.#since = timeS
    this.#taken = 0
    this.#level = 0
    this.#overrun = false
  }

  /** Axis `i` of the last taken sample: twelve bits on the left of sixteen. */
  #axis(i: number): number {
    return (quantise(this.#felt[i]! / HIGH_G_SCALES.adxl372, 12) << 4) & 0xffff
  }

  #offer(): void {
    this.#worn.sampleAt(this.#since + this.#taken / this.#rate(), this.#felt)
    for (let i = 0; i < 3; i++) {
      if (this.#level === CAPACITY) {
        this.#pop()
        this.#overrun = true
      }
      this.#words[(this.#head + this.#level) % CAPACITY] = this.#axis(i) | (i === 0 ? 1 : 0)
      this.#level++
    }
  }

  #pop(): number {
    if (this.#level === 0) return 0
    const word = this.#words[this.#head]!
    this.#head = (this.#head + 1) % CAPACITY
    this.#level--
    this.#overrun = false
    return word
  }

  #refresh(timeS: number): void {
    const registers = this.#registers
    const watermark = registers[FIFO_SAMPLES]! | ((registers[FIFO_CTL]! & 1) << 8)
    registers[STATUS] =
      (this.#level > 0 ? 0x02 : 0) | (this.#level >= watermark ? 0x04 : 0) | (this.#overrun ? 0x08 : 0)
    registers[STATUS + 2] = this.#level >> 8
    registers[STATUS + 3] = this.#level & 0xff
    if (this.#rate() > 0 && this.#taken > 0) {
      this.#worn.sampleAt(this.#since + this.#taken / this.#rate(), this.#felt)
      for (let i = 0; i < 3; i++) {
        registers[XDATA + 2 * i] = this.#axis(i) >> 8
        registers[XDATA + 2 * i + 1] = this.#axis(i) & 0xff
      }
    }
    if (timeS >= this.#testedS) registers[SELF_TEST] = this.isHealthy ? 0x06 : 0x02
  }
}
