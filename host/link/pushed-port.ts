import type { SerialPortStream } from '@serialport/stream'

// Taken from the stream's own types: those of `@serialport/bindings-interface` do not resolve for ES modules.
export type BindingInterface = SerialPortStream['settings']['binding']
type BindingPortInterface = NonNullable<SerialPortStream['port']>
export type OpenOptions = Parameters<BindingInterface['open']>[0]
export type PortInfo = Awaited<ReturnType<BindingInterface['list']>>[number]

/** A port without a cable. */
export interface RadioPort {
  /** Strength at which its pod is received, dBm; `null` when that is not known. */
  readonly signalDbm: number | null
}

/** What a port holds for a reader who is slow; the rest is dropped, as by a receiver that is full. */
const RECEIVE_BYTES = 1 << 20

interface PendingRead {
  buffer: Buffer
  offset: number
  length: number
  resolve(result: { buffer: Buffer; bytesRead: number }): void
  reject(error: Error): void
}

/** An open port below `@serialport/stream` whose bytes come by themselves, as packets or messages, and wait for the reads that take them. */
export abstract class PushedPort implements BindingPortInterface {
  readonly openOptions: Required<OpenOptions>
  isOpen: boolean = true
  #received: Uint8Array[] = []
  #receivedBytes = 0
  #pending: PendingRead | null = null
  #lost: string | null = null

  constructor(options: OpenOptions) {
    this.openOptions = { ...DEFAULTS, ...options }
  }

  abstract write(bytes: Buffer): Promise<void>

  read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    return new Promise((resolve, reject) => {
      this.#pending = { buffer, offset, length, resolve, reject }
      this.#serve()
    })
  }

  async close(): Promise<void> {
    this.isOpen = false
    this.#serve()
  }

  async update(): Promise<void> {}

  async set(): Promise<void> {}

  async get(): Promise<{ cts: boolean; dsr: boolean; dcd: boolean }> {
    return { cts: true, dsr: true, dcd: true }
  }

  async getBaudRate(): Promise<{ baudRate: number }> {
    return { baudRate: this.openOptions.baudRate }
  }

  async flush(): Promise<void> {
    this.#received = []
    this.#receivedBytes = 0
  }

  async drain(): Promise<void> {}

  protected get isLost(): boolean {
    return this.#lost !== null
  }

  protected push(bytes: Uint8Array): void {
    if (this.#receivedBytes + bytes.length > RECEIVE_BYTES) return
    this.#received.push(bytes)
    this.#receivedBytes += bytes.length
    this.#serve()
  }

  /** The other end has gone: whoever reads or writes finds out. */
  protected lose(why: string): void {
    this.#lost = why
    this.#serve()
  }

  /** Why nothing can be read or written any more. `canceled` tells the stream that this was wanted; without it the stream closes as disconnected. */
  protected ended(): Error & { canceled?: boolean } {
    return this.#lost !== null
      ? new Error(this.#lost)
      : Object.assign(new Error('port is closed'), { canceled: true })
  }

  /** Answers the read that waits: with bytes if there are any, with an error if there will be none. */
  #serve(): void {
    const read = this.#pending
    if (!read) return
    const chunk = this.#received[0]
    if (!this.isOpen || (this.isLost && !chunk)) {
      this.#pending = null
      read.reject(this.ended())
      return
    }
    if (!chunk) return
    this.#pending = null
    const bytesRead = Math.min(chunk.length, read.length)
    read.buffer.set(chunk.subarray(0, bytesRead), read.offset)
    if (bytesRead < chunk.length) this.#received[0] = chunk.subarray(bytesRead)
    else this.#received.shift()
    this.#receivedBytes -= bytesRead
    read.resolve({ buffer: read.buffer, bytesRead })
  }
}

const DEFAULTS = {
  dataBits: 8,
  lock: true,
  stopBits: 1,
  parity: 'none',
  rtscts: false,
  xon: false,
  xoff: false,
  xany: false,
  hupcl: true,
} as const
