import { Script } from 'node:vm'
import { crc32 } from 'node:zlib'
import type { BoardName } from '../build/build.ts'
import { BOARD_MODELS, type BoardModel } from './board-model.ts'
import { bytesWritten } from './bytes.ts'
import type { Lsm6ds3trc } from './lsm6ds3trc.ts'
import { espruinoRealm, type Realm } from './realm.ts'
import { Timers } from './timers.ts'
import { type BytesListener, Transmitter } from './transmitter.ts'

/** Espruino counts from 1 January 2000 when it has not been told the time; its clock steps at 32768 Hz. */
const EPOCH_S = 946_684_800
const CLOCK_HZ = 32_768
const IMU_ADDRESS = 0x6a

export interface MachineOptions {
  board: BoardName
  /** The program in flash, run at every boot. */
  code: string
  imu: Lsm6ds3trc
  /** The chip's serial number. */
  serial: string
  /** How much faster than true time the board's oscillator runs, parts per million. */
  oscillatorPpm?: number
  batteryPct?: number
  /** Decides what `E.hwRand` draws. */
  seed?: number
  /** True time of power-on, s. */
  bootS?: number
}

export interface Pin {
  level: number
  write(level: number | boolean): void
  read(): boolean
  mode(): void
}

/**
 * An Espruino board that runs the pod's bundle in virtual time. Deterministic: the same options, times and received bytes give the
 * same bytes. JavaScript itself takes no time here; the IMU's bus and a full output queue do, as they do on the board.
 */
export class EspruinoMachine {
  readonly pins: Record<string, Pin> = {}
  /** Flash: survives power cycles. */
  readonly storage = new Map<string, string>()
  /** Errors that no handler of the program took. */
  readonly errors: unknown[] = []
  /** Calls from the program into the interpreter's natives, since power-on. */
  nativeCalls = 0
  /** Boots so far. */
  boots = 0

  readonly #board: BoardModel
  readonly #code: Script
  readonly #imu: Lsm6ds3trc
  readonly #serial: string
  readonly #rate: number
  readonly #batteryPct: number
  readonly #timers = new Timers()
  readonly #transmitter: Transmitter
  #random: number
  #realm!: Realm
  #bootS: number
  /** True time: as far as the program has got, and as far as the world has. The program is ahead while a native call takes time. */
  #nowS: number
  #worldS: number
  #received: string[] = []
  #dataListeners: ((chunk: string) => void)[] = []
  #exceptionListeners: ((error: unknown) => void)[] = []
  #consoleOnPort: boolean = true
  #busReady: boolean = false
  #watchdogS = Number.POSITIVE_INFINITY
  #kickedS = 0

  constructor(options: MachineOptions) {
    this.#board = BOARD_MODELS[options.board]
    this.#code = new Script(options.code, { filename: `pod-${options.board}.js` })
    this.#imu = options.imu
    this.#serial = options.serial
    this.#rate = 1 + (options.oscillatorPpm ?? 0) * 1e-6
    this.#batteryPct = options.batteryPct ?? 100
    this.#random = (options.seed ?? 1) >>> 0
    this.#transmitter = new Transmitter(this.#board.bytesPerS, this.#board.txQueueBytes)
    this.#bootS = options.bootS ?? 0
    this.#nowS = this.#bootS
    this.#worldS = this.#bootS
    for (const name of this.#board.pins) this.pins[name] = pin()
    this.#boot()
  }

  /** True time, s. */
  get timeS(): number {
    return this.#worldS
  }

  /** The console is on the data port: bytes go to it and not to the program. */
  get consoleOnPort(): boolean {
    return this.#consoleOnPort
  }

  onBytes(listener: BytesListener): () => void {
    return this.#transmitter.onBytes(listener)
  }

  /** Bytes from the host, 8-bit characters. */
  receive(text: string): void {
    this.#received.push(text)
  }

  /** Runs the board up to true time `timeS`, handing over bytes as they leave the wire. Times that have passed are ignored. */
  advanceTo(timeS: number): void {
    for (;;) {
      const nextS = this.#nextS()
      if (nextS > timeS) break
      this.#transmitter.deliver(nextS)
      this.#nowS = nextS
      this.#worldS = Math.max(this.#worldS, nextS)
      this.#step()
    }
    this.#transmitter.deliver(timeS)
    this.#worldS = Math.max(this.#worldS, timeS)
    this.#nowS = Math.max(this.#nowS, timeS)
  }

  /** A fault for tests: the interpreter does nothing for a while, as in a flash erase. */
  stall(seconds: number): void {
    this.#nowS += seconds
  }

  /** Power off and on again, now; `hold` sets what the pins are held at. Flash keeps what it has. */
  powerCycle(hold: (pins: Record<string, Pin>) => void = () => {}): void {
    this.#nowS = this.#worldS
    this.#transmitter.clear()
    this.#imu.powerCycle(this.#nowS)
    for (const name of this.#board.pins) this.pins[name]!.level = 0
    hold(this.pins)
    this.#boot()
  }

  #boot(): void {
    this.boots++
    this.#bootS = this.#nowS
    this.#timers.clear()
    this.#received = []
    this.#dataListeners = []
    this.#exceptionListeners = []
    this.#consoleOnPort = true
    this.#busReady = false
    this.#watchdogS = Number.POSITIVE_INFINITY
    this.#realm = espruinoRealm(this.#globals())
    this.#run(() => this.#code.runInContext(this.#realm.context))
  }

  /** When the next thing happens to the program; never before the call it is in comes back. */
  #nextS(): number {
    if (this.#received.length > 0) return this.#nowS
    return Math.max(this.#nowS, Math.min(this.#timers.nextS(), this.#kickedS + this.#watchdogS))
  }

  #step(): void {
    if (this.#nowS >= this.#kickedS + this.#watchdogS) this.#boot()
    else if (this.#received.length > 0) this.#hear(this.#received.shift()!)
    else this.#run(() => this.#timers.runNext(this.#nowS))
  }

  #hear(chunk: string): void {
    if (this.#consoleOnPort) return
    for (const listener of this.#dataListeners) this.#run(() => listener(chunk))
  }

  /** Espruino reports an exception and keeps the handler that threw it. */
  #run(task: () => void): void {
    try {
      task()
    } catch (error) {
      if (this.#exceptionListeners.length === 0) this.errors.push(error)
      for (const listener of this.#exceptionListeners) listener(error)
    }
  }

  #native<A extends unknown[], R>(work: (...args: A) => R): (...args: A) => R {
    return (...args) => {
      this.nativeCalls++
      return work(...args)
    }
  }

  #setTimer(every: boolean) {
    return this.#native((callback: (...args: unknown[]) => void, ms: number, ...args: unknown[]) => {
      const seconds = Math.max(ms, 1) / 1000 / this.#rate
      return this.#timers.set({ callback, args, dueS: this.#nowS + seconds, everyS: every ? seconds : 0 })
    })
  }

  /** One bus transfer with the IMU: address, register, `count` bytes, nine bits each. */
  #transfer(count: number): void {
    const powerPin = this.#board.imuPowerPin
    if (!this.#busReady || (powerPin && !this.pins[powerPin]!.level) || !this.#imu.answering)
      throw new Error('I2C device not responding')
    this.#nowS += ((count + 3) * 9) / this.#board.i2cBitRate
  }

  #readImu(register: number, count: number): Uint8Array {
    this.#transfer(count)
    return this.#imu.read(register, new this.#realm.Uint8Array(count), this.#nowS)
  }

  #writeImu(register: number, value: number): void {
    this.#transfer(1)
    this.#imu.write(register, value, this.#nowS)
  }

  #draw(): number {
    this.#random = (this.#random + 0x6d2b79f5) >>> 0
    let t = this.#random
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) | 0
  }

  #globals(): Record<string, unknown> {
    const port = {
      write: this.#native((value: unknown) => {
        this.#nowS = this.#transmitter.write(bytesWritten(value), this.#nowS)
      }),
      on: (event: string, listener: (chunk: string) => void) => {
        if (event === 'data') this.#dataListeners.push(listener)
      },
    }
    return {
      ...this.pins,
      [this.#board.port]: port,
      getTime: this.#native(
        () => EPOCH_S + Math.floor((this.#nowS - this.#bootS) * this.#rate * CLOCK_HZ) / CLOCK_HZ,
      ),
      getSerial: this.#native(() => this.#serial),
      setTimeout: this.#setTimer(false),
      setInterval: this.#setTimer(true),
      clearTimeout: this.#native((id?: number) => this.#timers.clear(id)),
      clearInterval: this.#native((id?: number) => this.#timers.clear(id)),
      require: () => this.#storageModule(),
      process: {
        memory: this.#native(() => ({ free: this.#board.free, total: this.#board.variables })),
        on: (event: string, listener: (error: unknown) => void) => {
          if (event === 'uncaughtException') this.#exceptionListeners.push(listener)
        },
      },
      E: this.#interpreter(port),
      ...(this.#board.port === 'USB' ? this.#i2c() : this.#puck()),
    }
  }

  #interpreter(port: object): Record<string, unknown> {
    return {
      CRC32: this.#native((value: unknown) => crc32(bytesWritten(value))),
      hwRand: this.#native(() => this.#draw()),
      toUint8Array: this.#native((value: unknown) => new this.#realm.Uint8Array(bytesWritten(value))),
      getBattery: this.#native(() => this.#batteryPct),
      setConsole: this.#native((device: object | null) => {
        this.#consoleOnPort = device === port
      }),
      enableWatchdog: this.#native((seconds: number, auto: boolean) => {
        this.#watchdogS = auto ? Number.POSITIVE_INFINITY : seconds
        this.#kickedS = this.#nowS
      }),
      kickWatchdog: this.#native(() => {
        this.#kickedS = this.#nowS
      }),
    }
  }

  #storageModule(): Record<string, unknown> {
    return {
      readJSON: (name: string) => {
        try {
          return JSON.parse(this.storage.get(name) ?? '')
        } catch {
          return undefined
        }
      },
      writeJSON: (name: string, value: unknown) => {
        this.storage.set(name, JSON.stringify(value))
        return true
      },
    }
  }

  #puck(): Record<string, unknown> {
    return {
      NRF: { setTxPower: () => {}, setConnectionInterval: () => {} },
      Puck: {
        accelOn: this.#native(() => {
          this.#busReady = true
        }),
        accelRd: this.#native((register: number, count: number) => this.#readImu(register, count)),
        accelWr: this.#native((register: number, value: number) => this.#writeImu(register, value)),
      },
    }
  }

  #i2c(): Record<string, unknown> {
    const check = (address: number): void => {
      if (address !== IMU_ADDRESS) throw new Error('I2C device not responding')
    }
    return {
      I2C1: {
        setup: this.#native(() => {
          this.#busReady = true
        }),
        readReg: this.#native((address: number, register: number, count: number) => {
          check(address)
          return this.#readImu(register, count)
        }),
        writeTo: this.#native((address: number, register: number, value: number) => {
          check(address)
          this.#writeImu(register, value)
        }),
      },
    }
  }
}

function pin(): Pin {
  return {
    level: 0,
    write(level) {
      this.level = Number(level)
    },
    read() {
      return this.level > 0
    },
    mode() {},
  }
}
