import { crc32 } from 'node:zlib'
import type { BoardModel } from './board-model.ts'
import { bytesWritten } from './bytes.ts'
import { ImuBus, type Pin } from './imu-bus.ts'

/** What a machine offers to the natives of the interpreter it runs. */
export interface Hardware {
  readonly board: BoardModel
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
}

export type TimerCallback = (...args: unknown[]) => void
type Natives = Record<string, unknown>

/** The globals of Espruino that the pod's program uses, on this hardware. */
export function espruinoNatives(hardware: Hardware): Natives {
  const { board } = hardware
  const port = {
    write: (value: unknown) => hardware.send(bytesWritten(value)),
    on: (event: string, listener: (chunk: string) => void) => {
      if (event === 'data') hardware.onData(listener)
    },
  }
  const storage = storageModule(hardware.storage)
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
      memory: () => ({ free: board.free, total: board.variables }),
      on: (event: string, listener: (error: unknown) => void) => {
        if (event === 'uncaughtException') hardware.onException(listener)
      },
    },
    E: interpreter(hardware),
    ...(board.port === 'USB' ? i2c(hardware) : puck(hardware)),
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
  }
}

function storageModule(files: Map<string, string>): Natives {
  return {
    readJSON: (name: string) => {
      try {
        return JSON.parse(files.get(name) ?? '')
      } catch {
        return undefined
      }
    },
    writeJSON: (name: string, value: unknown) => {
      files.set(name, JSON.stringify(value))
      return true
    },
  }
}

function puck({ bus, newBytes }: Hardware): Natives {
  return {
    NRF: { setTxPower: () => {}, setConnectionInterval: () => {} },
    Puck: {
      accelOn: () => {
        bus.isSetUp = true
      },
      accelRd: (register: number, count: number) => bus.read(ImuBus.ADDRESS, register, newBytes(count)),
      accelWr: (register: number, value: number) => bus.write(ImuBus.ADDRESS, register, value),
    },
  }
}

function i2c({ bus, newBytes }: Hardware): Natives {
  return {
    I2C1: {
      setup: () => {
        bus.isSetUp = true
      },
      readReg: (address: number, register: number, count: number) =>
        bus.read(address, register, newBytes(count)),
      writeTo: (address: number, register: number, value: number) => bus.write(address, register, value),
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
