import type { SerialPortStream } from '@serialport/stream'
import type { BytesListener } from './transmitter.ts'

// Taken from the stream's own types: those of `@serialport/bindings-interface` do not resolve for ES modules.
type BindingInterface = SerialPortStream['settings']['binding']
type BindingPortInterface = NonNullable<SerialPortStream['port']>
type OpenOptions = Parameters<BindingInterface['open']>[0]
type PortInfo = Awaited<ReturnType<BindingInterface['list']>>[number]
type PortStatus = Awaited<ReturnType<BindingPortInterface['get']>>

/** What a port holds for a reader who is slow; the rest is dropped, as by a receiver that is full. */
const RECEIVE_BYTES = 1 << 20

/** What can be plugged into a port: a virtual pod, or one behind a bad wire. */
export interface Plugged {
  readonly id: string
  onBytes(listener: BytesListener): () => void
  receive(data: string | Uint8Array): void
}

interface Slot {
  pod: Plugged
  plugged: boolean
  port: VirtualPort | null
}

/**
 * Virtual pods below `@serialport/stream`: `new SerialPortStream({ binding, path, baudRate })` opens one by its path. Who moves time
 * on (`RealTimeDriver`, or a test by hand) is no concern of the ports.
 */
export class VirtualBinding implements BindingInterface {
  readonly #slots = new Map<string, Slot>()

  /** @param pods by the path each is to be found at */
  constructor(pods: Readonly<Record<string, Plugged>>) {
    for (const [path, pod] of Object.entries(pods)) this.#slots.set(path, { pod, plugged: true, port: null })
  }

  async list(): Promise<PortInfo[]> {
    return [...this.#slots]
      .filter(([, slot]) => slot.plugged)
      .map(([path, { pod }]) => ({
        path,
        manufacturer: 'Footfall (virtual)',
        serialNumber: pod.id,
        pnpId: undefined,
        locationId: undefined,
        productId: undefined,
        vendorId: undefined,
      }))
  }

  async open(options: OpenOptions): Promise<VirtualPort> {
    const slot = this.#slots.get(options.path)
    if (!slot?.plugged) throw new Error(`${options.path}: no such port`)
    if (slot.port?.isOpen) throw new Error(`${options.path}: port is open already`)
    slot.port = new VirtualPort(slot.pod, options)
    return slot.port
  }

  /** Pulls the cable. The pod keeps running on its battery; its bytes go nowhere. */
  unplug(path: string): void {
    const slot = this.#slot(path)
    slot.plugged = false
    slot.port?.vanish()
    slot.port = null
  }

  replug(path: string): void {
    this.#slot(path).plugged = true
  }

  #slot(path: string): Slot {
    const slot = this.#slots.get(path)
    if (!slot) throw new Error(`${path}: no such port`)
    return slot
  }
}

interface PendingRead {
  buffer: Buffer
  offset: number
  length: number
  resolve(result: { buffer: Buffer; bytesRead: number }): void
  reject(error: Error): void
}

/** One open port of a {@link VirtualBinding}. */
export class VirtualPort implements BindingPortInterface {
  readonly openOptions: Required<OpenOptions>
  isOpen: boolean = true
  readonly #pod: Plugged
  readonly #disconnect: () => void
  #received: Uint8Array[] = []
  #receivedBytes = 0
  #pending: PendingRead | null = null
  #vanished: boolean = false

  constructor(pod: Plugged, options: OpenOptions) {
    this.openOptions = { ...DEFAULTS, ...options }
    this.#pod = pod
    this.#disconnect = pod.onBytes((bytes) => {
      if (this.#receivedBytes + bytes.length > RECEIVE_BYTES) return
      this.#received.push(bytes)
      this.#receivedBytes += bytes.length
      this.#serve()
    })
  }

  read(buffer: Buffer, offset: number, length: number): Promise<{ buffer: Buffer; bytesRead: number }> {
    return new Promise((resolve, reject) => {
      this.#pending = { buffer, offset, length, resolve, reject }
      this.#serve()
    })
  }

  async write(buffer: Buffer): Promise<void> {
    if (!this.isOpen) throw closed(this.#vanished)
    this.#pod.receive(buffer)
  }

  async close(): Promise<void> {
    this.isOpen = false
    this.#disconnect()
    this.#serve()
  }

  /** The cable was pulled: whoever reads or writes finds out. */
  vanish(): void {
    this.#vanished = true
    this.#disconnect()
    this.#serve()
  }

  async update(): Promise<void> {}

  async set(): Promise<void> {}

  async get(): Promise<PortStatus> {
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

  /** Answers the read that waits: with bytes if there are any, with an error if there will be none. */
  #serve(): void {
    const read = this.#pending
    if (!read) return
    const chunk = this.#received[0]
    if (!this.isOpen || (this.#vanished && !chunk)) {
      this.#pending = null
      read.reject(closed(this.#vanished))
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

/** `canceled` tells the stream that this was wanted; without it the stream closes as disconnected. */
function closed(vanished: boolean): Error & { canceled?: boolean } {
  if (vanished) return new Error('port vanished')
  return Object.assign(new Error('port is closed'), { canceled: true })
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
