import { crc32 } from 'node:zlib'
import type { Target } from '../build/target.ts'
import { variablesTaken } from '../build/variables.ts'
import { bytesWritten } from './bytes.ts'
import { IMU_ADDRESS, type ImuBus, type Pin } from './imu-bus.ts'

/** What a machine offers to the natives of the interpreter it runs. */
export interface Hardware {
  readonly target: Target
  readonly pins: Readonly<Record<string, Pin>>
  readonly storage: Map<string, string>
  readonly bus: ImuBus
  readonly serial: string
  readonly batteryPct: number
  /** Seconds on the board's own clock. */
  deviceTimeS(): number
  random(): number
  /** `ms` are the board's milliseconds. */
  setTimer(callback: TimerCallback, ms: number, repeat: boolean, args: unknown[]): number
  clearTimer(id?: number): void
  send(bytes: Uint8Array): void
  onData(listener: (chunk: string) => void): void
  onException(listener: (error: unknown) => void): void
  moveConsole(toPort: boolean): void
  setWatchdog(seconds: number): void
  kickWatchdog(): void
  /** A Uint8Array of the program's own realm. */
  newBytes(content: number | ArrayLike<number>): Uint8Array
  /** Somebody is at the other end of the port. */
  isConnected(): boolean
  /** Names of what went wrong since it was last asked. */
  takeErrorFlags(): string[]
  /** What a pod must not do while samples flow. */
  readonly misdeeds: Misdeeds
}

export interface Misdeeds {
  flashWrites: number
  prints: number
  /** Bytes of the typed arrays that the program itself made. */
  allocatedBytes: number
}

export type TimerCallback = (...args: unknown[]) => void
type Natives = Record<string, unknown>

/** The globals of Espruino that the pod's program uses, on this hardware. */
export function espruinoNatives(hardware: Hardware): Natives {
  const { target, misdeeds } = hardware
  const { board } = target
  const print = (): void => {
    misdeeds.prints++
  }
  const port = {
    write: (value: unknown) => hardware.send(bytesWritten(value)),
    on: (event: string, listener: (chunk: string) => void) => {
      if (event === 'data') hardware.onData(listener)
    },
    isConnected: () => hardware.isConnected(),
  }
  const storage = storageModule(hardware)
  return {
    ...hardware.pins,
    [board.port]: port,
    getTime: () => hardware.deviceTimeS(),
    getSerial: () => hardware.serial,
    setTimeout: (callback: TimerCallback, ms: number, ...args: unknown[]) =>
      hardware.setTimer(callback, ms, false, args),
    setInterval: (callback: TimerCallback, ms: number, ...args: unknown[]) =>
      hardware.setTimer(callback, ms, true, args),
    clearTimeout: (id?: number) => hardware.clearTimer(id),
    clearInterval: (id?: number) => hardware.clearTimer(id),
    require: () => storage,
    process: {
      memory: () => ({ free: board.variables - variablesTaken(target), total: board.variables }),
      on: (event: string, listener: (error: unknown) => void) => {
        if (event === 'uncaughtException') hardware.onException(listener)
      },
    },
    print,
    console: { log: print },
    analogRead: (pin: Pin) => pin.level,
    E: interpreter(hardware),
    ...(board.port === 'Bluetooth' ? { NRF: { setTxPower: () => {}, setConnectionInterval: () => {} } } : {}),
    ...wires(hardware),
  }
}

function interpreter(hardware: Hardware): Natives {
  return {
    CRC32: (value: unknown) => crc32(bytesWritten(value)),
    hwRand: () => hardware.random(),
    toUint8Array: (value: unknown) => hardware.newBytes(bytesWritten(value)),
    getBattery: () => hardware.batteryPct,
    setConsole: (device: object | null) => hardware.moveConsole(device !== null),
    enableWatchdog: (seconds: number, auto: boolean) =>
      hardware.setWatchdog(auto ? Number.POSITIVE_INFINITY : seconds),
    kickWatchdog: () => hardware.kickWatchdog(),
    getErrorFlags: () => hardware.takeErrorFlags(),
  }
}

function storageModule({ storage: files, misdeeds }: Hardware): Natives {
  return {
    readJSON: (name: string) => {
      try {
        return JSON.parse(files.get(name) ?? '')
      } catch {
        return undefined
      }
    },
    writeJSON: (name: string, value: unknown) => {
      misdeeds.flashWrites++
      files.set(name, JSON.stringify(value))
      return true
    },
  }
}

function wires(hardware: Hardware): Natives {
  const { bus } = hardware.target
  switch (bus.kind) {
    case 'puck':
      return { Puck: puck(hardware) }
    case 'i2c':
      return { [bus.device]: i2c(hardware) }
    case 'spi':
      return { [bus.device]: spi(hardware) }
  }
}

function puck({ bus, newBytes }: Hardware): Natives {
  return {
    accelOn: () => {
      bus.isSetUp = true
    },
    accelRd: (register: number, count: number) => bus.read(IMU_ADDRESS, register, newBytes(count)),
    accelWr: (register: number, value: number) => bus.write(IMU_ADDRESS, register, value),
  }
}

function i2c({ bus, newBytes }: Hardware): Natives {
  return {
    setup: () => {
      bus.isSetUp = true
    },
    readReg: (address: number, register: number, count: number) =>
      bus.read(address, register, newBytes(count)),
    writeTo: (address: number, register: number, value: number) => bus.write(address, register, value),
  }
}

/** A transfer is what the chip behind the selecting pin makes of it: ST's first bit says read, the ADXL372's last. */
function spi({ bus, newBytes, target, pins }: Hardware): Natives {
  const wiring = target.bus
  if (wiring.kind !== 'spi') throw new Error('no SPI')
  return {
    setup: () => {
      bus.isSetUp = true
    },
    send: (sent: ArrayLike<number>, pin: Pin) => {
      const received = newBytes(sent.length)
      const isImu = pin === pins[wiring.select]
      const name = isImu ? wiring.select : wiring.highGSelect
      const first = sent[0]!
      const isRead = isImu ? first >= 0x80 : (first & 1) === 1
      const register = isImu ? first & 0x7f : first >> 1
      if (isRead) bus.read(name, register, received.subarray(1))
      else bus.write(name, register, sent[1]!)
      return received
    },
  }
}

/** The same natives, each telling `count` when it is called. */
export function counted(natives: Natives, count: () => void): Natives {
  const wrap = (value: unknown): unknown => {
    if (typeof value === 'function')
      return (...args: unknown[]) => {
        count()
        return value(...args)
      }
    // A pin's methods need their pin.
    return typeof value === 'object' && value !== null && !('level' in value)
      ? counted(value as Natives, count)
      : value
  }
  return Object.fromEntries(Object.entries(natives).map(([name, value]) => [name, wrap(value)]))
}
