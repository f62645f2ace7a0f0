import { DEG, GRAVITY, IMUS } from '../../shared/imu.ts'
import type { WornImu } from './worn.ts'
import { type ChipOptions, quantise, type WornImuChip } from './worn-chip.ts'

/** Register addresses the model itself acts on (data sheet DocID030071, chapter 8). */
const FIFO_CTRL1 = 0x06
const FIFO_CTRL2 = 0x07
const FIFO_CTRL3 = 0x08
const FIFO_CTRL5 = 0x0a
const WHO_AM_I = 0x0f
const CTRL1_XL = 0x10
const CTRL2_G = 0x11
const CTRL3_C = 0x12
const CTRL5_C = 0x14
const STATUS_REG = 0x1e
const OUT_TEMP = 0x20
const OUT_G = 0x22
const OUT_END = 0x2d
const FIFO_STATUS1 = 0x3a
const FIFO_STATUS2 = 0x3b
const FIFO_STATUS3 = 0x3c
const FIFO_STATUS4 = 0x3d
const FIFO_DATA_L = 0x3e
const FIFO_DATA_H = 0x3f

const CAPACITY = 2048
const scales = IMUS['lsm6ds3tr-c']

/** ODR code → nominal rate, Hz (table 52). */
const RATES = [0, 12.5, 26, 52, 104, 208, 416, 833, 1666, 3332, 6664]
/** FS bits → range (tables 53 and 57). */
const ACCEL_RANGES = [2, 16, 4, 8]
const GYRO_RANGES = [250, 500, 1000, 2000]
/** Decimation code of FIFO_CTRL3 → one in how many samples is stored (table 40); 0 = sensor not in FIFO. */
const DECIMATIONS = [0, 1, 2, 3, 4, 8, 16, 32]

/**
 * The LSM6DS3TR-C as its registers show it: ranges, output rate, output registers, self-test, and a FIFO of 2048 words with
 * pattern, watermark and overrun. What it feels comes from a {@link WornImu}; what it says is quantised and saturates at int16.
 * Sampling is instantaneous: the chip's analogue and digital filters are not modelled. Time is the true time, s.
 */
export class Lsm6ds3trc implements WornImuChip {
  /** Change of output under the self-test force, g and °/s per axis. A healthy part: 0.09 to 1.7 g and 150 to 700 °/s. */
  selfTestAccelG = 0.4
  selfTestGyroDps = 400
  temperatureC: number

  answering: boolean = true

  readonly #worn: WornImu
  readonly #odrError: number
  readonly #registers = new Uint8Array(0x80)
  readonly #words = new Int16Array(CAPACITY)
  /** Each stored word's place in the pattern. */
  readonly #places = new Uint16Array(CAPACITY)
  readonly #felt = new Float64Array(6)
  /** Gyro x y z, accelerometer x y z. */
  readonly #raw = new Int16Array(6)
  #head = 0
  #level = 0
  #overrun: boolean = false
  /** When the output rate was last set, the samples taken since, and the last of them that was read from the output registers. */
  #since = 0
  #taken = 0
  #outputRead = 0
  /** Samples offered to the FIFO since it was started, and the next word's place in the pattern. */
  #offered = 0
  #place = 0

  constructor(worn: WornImu, options: ChipOptions = {}) {
    this.#worn = worn
    this.#odrError = options.odrError ?? 0
    this.temperatureC = options.temperatureC ?? 25
    this.powerCycle(0)
  }

  /** Registers as after power-on; the FIFO empty. */
  powerCycle(timeS: number): void {
    this.#registers.fill(0)
    this.#registers[WHO_AM_I] = 0x6a
    this.#registers[CTRL3_C] = 0x04
    this.#restart(timeS)
    this.#clearFifo()
  }

  write(register: number, value: number, timeS: number): void {
    this.advanceTo(timeS)
    if (register === CTRL3_C && value & 1) {
      this.powerCycle(timeS)
      return
    }
    const before = this.#rate()
    this.#registers[register] = value
    if (register === FIFO_CTRL5 && (value & 7) === 0) this.#clearFifo()
    if (this.#rate() !== before) this.#restart(timeS)
  }

  /** Multi-byte read with IF_INC; behind FIFO_DATA_OUT_H it goes on at FIFO_DATA_OUT_L (AN5130, chapter 8). */
  read(register: number, out: Uint8Array, timeS: number): Uint8Array {
    this.advanceTo(timeS)
    this.#refresh(register, register + out.length - 1)
    let at = register
    for (let i = 0; i < out.length; i++) {
      if (at === FIFO_DATA_L) out[i] = this.#words[this.#head]! & 0xff
      else if (at === FIFO_DATA_H) out[i] = this.#pop() >> 8
      else out[i] = this.#registers[at]!
      at = at === FIFO_DATA_H ? FIFO_DATA_L : at + 1
    }
    return out
  }

  /** Takes the samples due up to `timeS`. */
  advanceTo(timeS: number): void {
    const rate = this.#rate()
    if (rate === 0) return
    const due = Math.floor((timeS - this.#since) * rate)
    if (!this.#isFifoOn()) {
      this.#taken = Math.max(this.#taken, due)
      return
    }
    const every = this.#fifoDivisor()
    while (this.#taken < due) {
      this.#taken++
      if (this.#taken % every === 0) this.#offer()
    }
  }

  /** A fault for tests: the bus lost count and took words that nobody received. */
  dropWords(count: number): void {
    for (let i = 0; i < count; i++) this.#pop()
  }

  /** True output rate, Hz: the faster sensor's. 0 while both are off. */
  #rate(): number {
    const code = Math.max(this.#registers[CTRL1_XL]! >> 4, this.#registers[CTRL2_G]! >> 4)
    return (RATES[code] ?? 0) * (1 + this.#odrError)
  }

  #isFifoOn(): boolean {
    const control = this.#registers[FIFO_CTRL5]!
    return (control & 7) !== 0 && control >> 3 !== 0
  }

  /** One in how many samples the FIFO takes when its own rate is below the sensors'. */
  #fifoDivisor(): number {
    const nominal = this.#rate() / (1 + this.#odrError)
    return Math.max(1, Math.round(nominal / (RATES[this.#registers[FIFO_CTRL5]! >> 3] ?? nominal)))
  }

  #restart(timeS: number): void {
    this.#since = timeS
    this.#taken = 0
    this.#outputRead = 0
  }

  #clearFifo(): void {
    this.#level = 0
    this.#overrun = false
    this.#offered = 0
    this.#place = 0
  }

  /** Measures the last taken sample into `#raw`. A sensor that is off reads 0. */
  #measure(): void {
    const rate = this.#rate()
    this.#raw.fill(0)
    if (rate === 0 || this.#taken === 0) return
    this.#worn.sampleAt(this.#since + this.#taken / rate, this.#felt)
    const registers = this.#registers
    const control = registers[CTRL2_G]!
    const gyroRange = control & 2 ? 125 : GYRO_RANGES[(control >> 2) & 3]!
    const accelRange = ACCEL_RANGES[(registers[CTRL1_XL]! >> 2) & 3]!
    const tested = registers[CTRL5_C]!
    const pushedGyro = (tested >> 2) & 3 ? this.selfTestGyroDps * DEG : 0
    const pushedAccel = tested & 3 ? this.selfTestAccelG * GRAVITY : 0
    for (let i = 0; i < 3; i++) {
      if (control >> 4)
        this.#raw[i] = quantise((this.#felt[3 + i]! + pushedGyro) / scales.gyroScale(gyroRange))
      if (registers[CTRL1_XL]! >> 4)
        this.#raw[3 + i] = quantise((this.#felt[i]! + pushedAccel) / scales.accelScale(accelRange))
    }
  }

  /** Stores the last taken sample's words of the sensors whose turn it is. */
  #offer(): void {
    this.#measure()
    const control = this.#registers[FIFO_CTRL3]!
    const gyro = DECIMATIONS[(control >> 3) & 7]!
    const accel = DECIMATIONS[control & 7]!
    if (this.#offered % patternSamples(gyro, accel) === 0) this.#place = 0
    if (gyro && this.#offered % gyro === 0) this.#push(0)
    if (accel && this.#offered % accel === 0) this.#push(3)
    this.#offered++
  }

  #push(first: number): void {
    for (let i = first; i < first + 3; i++) {
      const at = (this.#head + this.#level) % CAPACITY
      this.#words[at] = this.#raw[i]!
      this.#places[at] = this.#place++
      if (this.#level < CAPACITY) this.#level++
      else {
        this.#head = (this.#head + 1) % CAPACITY
        this.#overrun = true
      }
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

  /** Brings up to date those of the registers `first` to `last` that the chip itself writes. */
  #refresh(first: number, last: number): void {
    const registers = this.#registers
    if (first <= OUT_END && last >= STATUS_REG) {
      this.#measure()
      registers[STATUS_REG] = this.#taken > this.#outputRead ? 0x07 : 0
      const outputs = new DataView(registers.buffer, OUT_TEMP)
      outputs.setInt16(0, Math.round((this.temperatureC - 25) * 256), true)
      for (let i = 0; i < 6; i++) outputs.setInt16(2 + 2 * i, this.#raw[i]!, true)
      if (last >= OUT_G) this.#outputRead = this.#taken
    }
    if (first <= FIFO_STATUS4 && last >= FIFO_STATUS1) {
      const threshold = registers[FIFO_CTRL1]! | ((registers[FIFO_CTRL2]! & 7) << 8)
      const place = this.#level > 0 ? this.#places[this.#head]! : 0
      registers[FIFO_STATUS1] = this.#level & 0xff
      registers[FIFO_STATUS2] =
        ((this.#level >> 8) & 7) |
        (this.#level === 0 ? 0x10 : 0) |
        (this.#level + 6 > CAPACITY ? 0x20 : 0) |
        (this.#overrun ? 0x40 : 0) |
        (this.#level >= threshold ? 0x80 : 0)
      registers[FIFO_STATUS3] = place & 0xff
      registers[FIFO_STATUS4] = place >> 8
    }
  }
}

/** After how many samples the pattern of two decimations (1, 2, 3, 4, 8 … or 0, off) repeats: their least common multiple. */
function patternSamples(gyro: number, accel: number): number {
  const most = Math.max(gyro, accel, 1)
  const least = Math.min(gyro, accel) || most
  return most % least === 0 ? most : most * least
}
