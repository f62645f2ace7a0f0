import { Script } from 'node:vm'
import type { BoardDescription, BoardName } from '../build/boards.ts'
import { type Target, type TargetRequest, targetOf } from '../build/target.ts'
import { HIGH_G_ADDRESS, IMU_ADDRESS, ImuBus, type Pin, type ProgramClock } from './imu-bus.ts'
import { counted, espruinoNatives, type Hardware, type Misdeeds } from './natives.ts'
import { espruinoRealm, type Realm } from './realm.ts'
import { Timers } from './timers.ts'
import { type BytesListener, Transmitter } from './transmitter.ts'
import type { WornChip } from './worn-chip.ts'

/** Espruino counts from 1 January 2000 when it has not been told the time; its clock steps at 32768 Hz. */
const EPOCH_S = 946_684_800
const CLOCK_HZ = 32_768

export interface MachineOptions {
  board: BoardName | TargetRequest
  /** The program in flash, run at every boot. */
  code: string
  imu: WornChip
  /** The accelerometer beside it, when the target has one. */
  highG?: WornChip
  /** The chip's serial number. */
  serial: string
  /** How much faster than true time the board's oscillator runs, parts per million. */
  oscillatorPpm?: number
  batteryPct?: number
  /** Decides what `E.hwRand` draws. */
  seed?: number
  /** True time of power-on, s. */
  bootS?: number
  /** More globals for the program, for who watches it. */
  globals?: Readonly<Record<string, unknown>>
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
  /** What the program did that it must not do while samples flow. */
  readonly misdeeds: Misdeeds = { flashWrites: 0, prints: 0, allocatedBytes: 0 }
  /** What the interpreter noticed, for `E.getErrorFlags`. */
  errorFlags: string[] = []

  readonly #target: Target
  readonly #board: BoardDescription
  readonly #code: Script
  readonly #chips: readonly WornChip[]
  readonly #serial: string
  readonly #rate: number
  readonly #globals: Readonly<Record<string, unknown>>
  readonly #batteryPct: number
  readonly #timers = new Timers()
  readonly #transmitter: Transmitter
  #random: number
  #realm!: Realm
  #bootS: number
  /** True time as far as the world has got; the program is ahead of it while a native call takes time. */
  #worldS: number
  readonly #clock: ProgramClock = { nowS: 0 }
  readonly #bus: ImuBus
  #received: string[] = []
  #dataListeners: ((chunk: string) => void)[] = []
  #exceptionListeners: ((error: unknown) => void)[] = []
  #consoleOnPort: boolean = true
  #watchdogS = Number.POSITIVE_INFINITY
  #kickedS = 0

  constructor(options: MachineOptions) {
    this.#target = targetOf(options.board)
    this.#board = this.#target.board
    this.#code = new Script(options.code, { filename: `pod-${this.#target.name}.js` })
    this.#chips = options.highG ? [options.imu, options.highG] : [options.imu]
    this.#serial = options.serial
    this.#globals = options.globals ?? {}
    this.#rate = 1 + (options.oscillatorPpm ?? 0) * 1e-6
    this.#batteryPct = options.batteryPct ?? 100
    this.#random = (options.seed ?? 1) >>> 0
    this.#transmitter = new Transmitter(this.#board.portBytesPerS, this.#board.txQueueBytes)
    this.#bootS = options.bootS ?? 0
    this.#clock.nowS = this.#bootS
    this.#worldS = this.#bootS
    for (const name of pinsOf(this.#target)) this.pins[name] = pin()
    this.#connectBattery()
    this.#bus = new ImuBus(this.#wired(), this.#target.bus, () => this.#isPowered(), this.#clock)
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

  /** Seconds that transfers on the bus have taken, since the beginning. */
  get busyS(): number {
    return this.#bus.busyS
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
      this.#clock.nowS = nextS
      this.#worldS = Math.max(this.#worldS, nextS)
      this.#step()
    }
    this.#transmitter.deliver(timeS)
    this.#worldS = Math.max(this.#worldS, timeS)
    this.#clock.nowS = Math.max(this.#clock.nowS, timeS)
  }

  /** A fault for tests: the interpreter does nothing for a while, as in a flash erase. */
  stall(seconds: number): void {
    this.#clock.nowS += seconds
  }

  /** Power off and on again, now; `hold` sets what the pins are held at. Flash keeps what it has. */
  powerCycle(hold: (pins: Record<string, Pin>) => void = () => {}): void {
    this.#clock.nowS = this.#worldS
    this.#transmitter.clear()
    for (const chip of this.#chips) chip.powerCycle(this.#clock.nowS)
    for (const pin of Object.values(this.pins)) pin.level = 0
    this.#connectBattery()
    hold(this.pins)
    this.#boot()
  }

  /** The chips by what the bus calls them by. */
  #wired(): Map<number | string, WornChip> {
    const { bus } = this.#target
    const names = bus.kind === 'spi' ? [bus.select, bus.highGSelect] : [IMU_ADDRESS, HIGH_G_ADDRESS]
    return new Map(this.#chips.map((chip, i) => [names[i]!, chip]))
  }

  #isPowered(): boolean {
    return Object.entries(this.#board.power).every(([name, level]) => this.pins[name]!.level === level)
  }

  #boot(): void {
    this.boots++
    this.#bootS = this.#clock.nowS
    this.#timers.clear()
    this.#received = []
    this.#dataListeners = []
    this.#exceptionListeners = []
    this.#consoleOnPort = true
    this.#bus.isSetUp = false
    this.#watchdogS = Number.POSITIVE_INFINITY
    const natives = counted(espruinoNatives(this.#hardware()), () => {
      this.nativeCalls++
    })
    this.#realm = espruinoRealm({ ...natives, ...this.#globals }, (bytes) => {
      this.misdeeds.allocatedBytes += bytes
    })
    this.#run(() => this.#code.runInContext(this.#realm.context))
  }

  /** When the next thing happens to the program; never before the call it is in comes back. */
  #nextS(): number {
    if (this.#received.length > 0) return this.#clock.nowS
    return Math.max(this.#clock.nowS, Math.min(this.#timers.nextS(), this.#kickedS + this.#watchdogS))
  }

  #step(): void {
    if (this.#clock.nowS >= this.#kickedS + this.#watchdogS) this.#boot()
    else if (this.#received.length > 0) this.#hear(this.#received.shift()!)
    else this.#run(() => this.#timers.runNext(this.#clock.nowS))
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

  /** A draw of `E.hwRand`: mulberry32 on the machine's seed, so that it goes on over a power cycle. */
  #draw(): number {
    this.#random = (this.#random + 0x6d2b79f5) >>> 0
    let t = this.#random
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) | 0
  }

  /** What the divider passes on of the cell's voltage, as a share of the supply. */
  #connectBattery(): void {
    const { battery } = this.#board
    if (battery.kind !== 'divider') return
    const { pin, vddV, scale, emptyV, fullV } = battery
    const cellV = emptyV + (this.#batteryPct / 100) * (fullV - emptyV)
    this.pins[pin]!.level = cellV / scale / vddV
  }

  #hardware(): Hardware {
    return {
      target: this.#target,
      pins: this.pins,
      storage: this.storage,
      bus: this.#bus,
      serial: this.#serial,
      batteryPct: this.#batteryPct,
      deviceTimeS: () =>
        EPOCH_S + Math.floor((this.#clock.nowS - this.#bootS) * this.#rate * CLOCK_HZ) / CLOCK_HZ,
      random: () => this.#draw(),
      setTimer: (callback, ms, repeat, args) => {
        const seconds = Math.max(ms, 1) / 1000 / this.#rate
        return this.#timers.set({
          callback,
          args,
          dueS: this.#clock.nowS + seconds,
          everyS: repeat ? seconds : 0,
        })
      },
      clearTimer: (id) => this.#timers.clear(id),
      send: (bytes) => {
        this.#clock.nowS = this.#transmitter.write(bytes, this.#clock.nowS)
      },
      onData: (listener) => this.#dataListeners.push(listener),
      onException: (listener) => this.#exceptionListeners.push(listener),
      moveConsole: (toPort) => {
        this.#consoleOnPort = toPort
      },
      setWatchdog: (seconds) => {
        this.#watchdogS = seconds
        this.#kickedS = this.#clock.nowS
      },
      kickWatchdog: () => {
        this.#kickedS = this.#clock.nowS
      },
      newBytes: (content) => new this.#realm.Uint8Array(content as number),
      isConnected: () => this.#transmitter.isConnected,
      takeErrorFlags: () => this.errorFlags.splice(0),
      misdeeds: this.misdeeds,
    }
  }
}

/** The pins of a target that its program can name. */
function pinsOf({ board, bus }: Target): string[] {
  const names = ['LED1', 'LED2', 'LED3', board.button, board.led, ...Object.keys(board.power)]
  if (board.battery.kind === 'divider') names.push(board.battery.pin)
  if (bus.kind === 'i2c') names.push(bus.scl, bus.sda)
  if (bus.kind === 'spi') names.push(bus.sck, bus.miso, bus.mosi, bus.select, bus.highGSelect)
  return [...new Set(names)]
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
