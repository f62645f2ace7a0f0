/**
 * The part of Espruino (2v29) that the pod uses, written down by hand. Nothing here is global to the project: each file of the pod
 * declares the few globals it needs, `declare const E: EspruinoE`, so that host code never sees them.
 */

/** A pin. */
export interface Pin {
  write(level: boolean | number): void
  read(): boolean
  mode(mode: 'output' | 'input' | 'input_pulldown' | 'input_pullup'): void
}

/** A serial device: USB, Bluetooth, Serial1. */
export interface SerialDevice {
  /** Sends every byte of an ArrayBuffer. Of a typed array it sends one byte an *element*. Blocks while the queue is full. */
  write(bytes: ArrayBufferLike | Uint8Array | string): void
  /** Arbitrary chunks, one 8-bit character a byte. Silent while the console is on this device. */
  on(event: 'data', listener: (chunk: string) => void): void
  /** USB, Bluetooth: somebody is there. From 2v25. */
  isConnected(): boolean
}

export interface I2C {
  setup(options: { scl: Pin; sda: Pin; bitrate: number }): void
  /** Throws when the device does not answer. */
  readReg(address: number, register: number, count: number): Uint8Array
  writeTo(address: number, register: number, value: number): void
}

export interface SPI {
  setup(options: { sck: Pin; miso: Pin; mosi: Pin; baud: number; mode: number }): void
  /** Sends and receives as many bytes, with `select` low meanwhile. */
  send(bytes: Uint8Array | number[], select: Pin): Uint8Array<ArrayBuffer>
}

/** Puck.js's own IMU, on a bus that only these reach. */
export interface PuckBoard {
  accelOn(rateHz: number): void
  accelRd(register: number, count: number): Uint8Array
  accelWr(register: number, value: number): void
}

export interface EspruinoE {
  /** zlib's CRC-32, native. */
  CRC32(bytes: Uint8Array): number
  hwRand(): number
  toUint8Array(text: string): Uint8Array
  getBattery(): number
  setConsole(device: SerialDevice | null, options?: { force: boolean }): void
  /** `auto`: kicked by the idle loop. */
  enableWatchdog(seconds: number, auto: boolean): void
  kickWatchdog(): void
  /** Names of what went wrong since it was last asked: FIFO_FULL, LOW_MEMORY … */
  getErrorFlags(): string[]
}

export interface EspruinoNrf {
  setConnectionInterval(ms: number): void
  setTxPower(dBm: number): void
}

export interface EspruinoProcess {
  memory(collectGarbage: boolean): { free: number; total: number }
  on(event: 'uncaughtException', listener: (error: unknown) => void): void
}

export interface EspruinoStorage {
  /** With `quiet`, a missing or damaged file reads as undefined. */
  readJSON(name: string, quiet: boolean): unknown
  writeJSON(name: string, value: unknown): boolean
}

/** Seconds, as a double; steps of 30.5 µs on an nRF52. */
export type GetTime = () => number
/** The chip's serial number. */
export type GetSerial = () => string
export type OpenStorage = (module: 'Storage') => EspruinoStorage
/** What stands behind `ms` is handed to the callback. */
export type SetTimer = <A extends unknown[]>(callback: (...args: A) => void, ms: number, ...args: A) => number
export type ClearTimer = (id: number) => void
