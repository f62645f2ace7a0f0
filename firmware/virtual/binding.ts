import {
  type BindingInterface,
  type OpenOptions,
  type PortInfo,
  PushedPort,
} from '../../host/link/pushed-port.ts'
import type { BytesListener } from './transmitter.ts'

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

/** One open port of a {@link VirtualBinding}. */
export class VirtualPort extends PushedPort {
  readonly #pod: Plugged
  readonly #disconnect: () => void

  constructor(pod: Plugged, options: OpenOptions) {
    super(options)
    this.#pod = pod
    this.#disconnect = pod.onBytes((bytes) => this.push(bytes))
  }

  async write(bytes: Buffer): Promise<void> {
    if (!this.isOpen) throw this.ended()
    this.#pod.receive(bytes)
  }

  override async close(): Promise<void> {
    this.#disconnect()
    await super.close()
  }

  /** The cable was pulled. */
  vanish(): void {
    this.#disconnect()
    this.lose('port vanished')
  }
}
