import { DEG, GRAVITY, HIGH_G_SCALES, IMUS, TAG_ACCEL, TAG_GYRO, TAG_HIGH_G } from '../../shared/imu.ts'
import type { WornImu } from './worn.ts'
import { type ChipOptions, quantise, type WornImuChip } from './worn-chip.ts'

/** Register addresses that both chips have in the same place. */
const FIFO_CTRL1 = 0x07
const FIFO_CTRL3 = 0x09
const FIFO_CTRL4 = 0x0a
const COUNTER_BDR_REG1 = 0x0b
const WHO_AM_I = 0x0f
const CTRL1 = 0x10
const CTRL2 = 0x11
const CTRL3 = 0x12
const CTRL6 = 0x15
const CTRL8 = 0x17
const OUT_TEMP = 0x20
const OUT_END = 0x2d
const CTRL1_XL_HG = 0x4e
const FIFO_TAG = 0x78
const FIFO_END = 0x7e

const WORD_BYTES = 7

/** What one of ST's chips with a FIFO of tagged words has its own way. */
export interface TaggedChip {
  whoAmI: number
  /** Words of seven bytes that the FIFO holds without compression. */
  capacity: number
  status: number
  selfTest: number
  /** Nominal rate by code, Hz. */
  rates: readonly number[]
  /** Rate codes of the two sensors and of the high-g channel; 0 is off. */
  codes(registers: Uint8Array): { accel: number; gyro: number; highG: number }
  /** Full scales, g and °/s. */
  accelRange(registers: Uint8Array): number
  gyroRange(registers: Uint8Array): number
  selfTestAccelG: number
}

const fsXl = [4, 32, 8, 16]
const fsG = [250, 500, 1000, 2000]

/** LSM6DSO32: data sheet DS13162, chapter 9; 3 kB of FIFO data are 512 words. */
export const lsm6dso32: TaggedChip = {
  whoAmI: 0x6c,
  capacity: 512,
  status: 0x3a,
  selfTest: 0x14,
  rates: [0, 12.5, 26, 52, 104, 208, 416, 833, 1666, 3332, 6664],
  codes: (r) => ({ accel: r[CTRL1]! >> 4, gyro: r[CTRL2]! >> 4, highG: 0 }),
  accelRange: (r) => fsXl[(r[CTRL1]! >> 2) & 3]!,
  gyroRange: (r) => (r[CTRL2]! & 2 ? 125 : fsG[(r[CTRL2]! >> 2) & 3]!),
  selfTestAccelG: 0.4,
}

/** Nominal rate codes of the high-g channel begin five below the others'. */
const HIGH_G_CODE = 5

/** LSM6DSV320X: ST's public register description; 1.5 kB of FIFO data are 256 words. */
export const lsm6dsv320x: TaggedChip = {
  whoAmI: 0x73,
  capacity: 256,
  status: 0x1b,
  selfTest: 0x19,
  rates: [0, 1.875, 7.5, 15, 30, 60, 120, 240, 480, 960, 1920, 3840, 7680],
  codes: (r) => {
    const highG = (r[CTRL1_XL_HG]! >> 3) & 7
    return { accel: r[CTRL1]! & 15, gyro: r[CTRL2]! & 15, highG: highG < 3 ? 0 : highG + HIGH_G_CODE }
  },
  accelRange: (r) => 2 * 2 ** (r[CTRL8]! & 3),
  gyroRange: (r) => 125 * 2 ** (r[CTRL6]! & 7),
  selfTestAccelG: 0.4,
}
const HIGH_G_RANGES = [32, 64, 128, 256, 320]

/**
 * An LSM6DSO32 or LSM6DSV320X as its registers show it: ranges, rate, output registers, self-test, and a FIFO of tagged words with
 * level, watermark, overrun and slot count. Words come out gyroscope first; real chips may have another order within a slot,
 * which is why the tags are there. All batch rates are taken to be the sensors' own. Filters and compression are not modelled.
 */
export class TaggedImu implements WornImuChip {
  selfTestAccelG: number
  selfTestGyroDps = 400
  temperatureC: number
  answering: boolean = true

  readonly #chip: TaggedChip
  readonly #worn: WornImu
  readonly #odrError: number
  readonly #registers = new Uint8Array(0x80)
  readonly #fifo: Uint8Array
  readonly #felt = new Float64Array(6)
  /** Gyroscope, accelerometer, high-g accelerometer. */
  readonly #raw = new Int16Array(9)
  #head = 0
  #level = 0
  #full: boolean = false
  #latched: boolean = false
  #slot = 0
  #since = 0
  #taken = 0

  constructor(chip: TaggedChip, worn: WornImu, options: ChipOptions = {}) {
    this.#chip = chip
    this.#worn = worn
    this.#odrError = options.odrError ?? 0
    this.temperatureC = options.temperatureC ?? 25
    this.selfTestAccelG = chip.selfTestAccelG
    this.#fifo = new Uint8Array(chip.capacity * WORD_BYTES)
    this.powerCycle(0)
  }

  powerCycle(timeS: number): void {
    this.#registers.fill(0)
    this.#registers[WHO_AM_I] = this.#chip.whoAmI
    this.#registers[CTRL3] = 0x04
    this.#restart(timeS)
    this.#clearFifo()
  }

  write(register: number, value: number, timeS: number): void {
    this.advanceTo(timeS)
    if (register === CTRL3 && value & 1) {
      this.powerCycle(timeS)
      return
    }
    const before = this.#rate()
    this.#registers[register] = value
    if (register === FIFO_CTRL4 && (value & 7) === 0) this.#clearFifo()
    if (this.#rate() !== before) this.#restart(timeS)
  }

  /** Multi-byte read with IF_INC; behind a word's last byte it goes on at the next word's tag. */
  read(register: number, out: Uint8Array, timeS: number): Uint8Array {
    this.advanceTo(timeS)
    this.#refresh(register, register + out.length - 1)
    let at = register
    for (let i = 0; i < out.length; i++) {
      if (at >= FIFO_TAG && at <= FIFO_END) {
        out[i] = this.#level > 0 ? this.#fifo[this.#head * WORD_BYTES + at - FIFO_TAG]! : 0
        if (at === FIFO_END) this.dropWords(1)
        at = at === FIFO_END ? FIFO_TAG : at + 1
      } else out[i] = this.#registers[at++]!
    }
    return out
  }

  /** Takes the samples due up to `timeS`. */
  advanceTo(timeS: number): void {
    const rate = this.#rate()
    if (rate === 0) return
    const due = Math.floor((timeS - this.#since) * rate)
    if ((this.#registers[FIFO_CTRL4]! & 7) === 0) this.#taken = Math.max(this.#taken, due)
    while (this.#taken < due) {
      this.#taken++
      this.#offer()
    }
  }

  dropWords(count: number): void {
    const words = Math.min(count, this.#level)
    this.#head = (this.#head + words) % this.#chip.capacity
    this.#level -= words
    this.#full &&= words === 0
  }

  /** True output rate, Hz: the fastest sensor's. 0 while all are off. */
  #rate(): number {
    const { accel, gyro, highG } = this.#chip.codes(this.#registers)
    return (this.#chip.rates[Math.max(accel, gyro, highG)] ?? 0) * (1 + this.#odrError)
  }

  #restart(timeS: number): void {
    this.#since = timeS
    this.#taken = 0
  }

  #clearFifo(): void {
    this.#head = 0
    this.#level = 0
    this.#full = false
    this.#latched = false
    this.#slot = 0
  }

  /** Measures the last taken sample into `#raw`. A sensor that is off reads 0. */
  #measure(): void {
    const rate = this.#rate()
    this.#raw.fill(0)
    if (rate === 0 || this.#taken === 0) return
    this.#worn.sampleAt(this.#since + this.#taken / rate, this.#felt)
    const registers = this.#registers
    const { accel, gyro, highG } = this.#chip.codes(registers)
    const tested = registers[this.#chip.selfTest]!
    const pushedGyro = (tested >> 2) & 3 ? this.selfTestGyroDps * DEG : 0
    const pushedAccel = tested & 3 ? this.selfTestAccelG * GRAVITY : 0
    const gyroScale = IMUS.lsm6dso32.gyroScale(this.#chip.gyroRange(registers))
    const accelScale = IMUS.lsm6dso32.accelScale(this.#chip.accelRange(registers))
    const rangeG = HIGH_G_RANGES[registers[CTRL1_XL_HG]! & 7] ?? 320
    const highGScale = rangeG === 320 ? HIGH_G_SCALES.inline : IMUS.lsm6dso32.accelScale(rangeG)
    for (let i = 0; i < 3; i++) {
      if (gyro) this.#raw[i] = quantise((this.#felt[3 + i]! + pushedGyro) / gyroScale)
      if (accel) this.#raw[3 + i] = quantise((this.#felt[i]! + pushedAccel) / accelScale)
      if (highG) this.#raw[6 + i] = quantise(this.#felt[i]! / highGScale)
    }
  }

  /** Stores the last taken sample's words of the sensors that are batched. */
  #offer(): void {
    this.#measure()
    const batch = this.#registers[FIFO_CTRL3]!
    if (batch >> 4) this.#push(TAG_GYRO, 0)
    if (batch & 15) this.#push(TAG_ACCEL, 3)
    if (this.#chip.codes(this.#registers).highG && this.#registers[COUNTER_BDR_REG1]! & 8)
      this.#push(TAG_HIGH_G, 6)
    this.#slot = (this.#slot + 1) & 3
  }

  #push(tag: number, first: number): void {
    const { capacity } = this.#chip
    if (this.#level === capacity) {
      this.#head = (this.#head + 1) % capacity
      this.#full = true
      this.#latched = true
    } else this.#level++
    const at = ((this.#head + this.#level - 1) % capacity) * WORD_BYTES
    const word = new DataView(this.#fifo.buffer, at)
    word.setUint8(0, (tag << 3) | (this.#slot << 1))
    for (let i = 0; i < 3; i++) word.setInt16(1 + 2 * i, this.#raw[first + i]!, true)
  }

  /** Brings up to date those of the registers `first` to `last` that the chip itself writes. */
  #refresh(first: number, last: number): void {
    const registers = this.#registers
    const { status, capacity } = this.#chip
    if (first <= OUT_END && last >= OUT_TEMP) {
      this.#measure()
      const outputs = new DataView(registers.buffer, OUT_TEMP)
      outputs.setInt16(0, Math.round((this.temperatureC - 25) * 256), true)
      for (let i = 0; i < 6; i++) outputs.setInt16(2 + 2 * i, this.#raw[i]!, true)
    }
    if (first <= status + 1 && last >= status) {
      registers[status] = this.#level & 0xff
      registers[status + 1] =
        (this.#level >> 8) |
        (this.#latched ? 0x08 : 0) |
        (this.#level === capacity ? 0x20 : 0) |
        (this.#full ? 0x40 : 0) |
        (this.#level >= registers[FIFO_CTRL1]! ? 0x80 : 0)
      // the latched flag is gone once it was read
      if (last > status) this.#latched = false
    }
  }
}
