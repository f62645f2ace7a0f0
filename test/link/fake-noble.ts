import { EventEmitter } from 'node:events'
import type { VirtualPod } from '../../firmware/virtual/pod.ts'
import type { Characteristic, Noble, Peripheral } from '../../host/link/noble.ts'

const TO_POD = '6e400002b5a3f393e0a9e50e24dcca9e'
const FROM_POD = '6e400003b5a3f393e0a9e50e24dcca9e'
const ADVERTISED_EVERY_MS = 100

/**
 * Stands for the Bluetooth library and the radio: what it finds are virtual pods. As on a Puck.js a notification carries 50 bytes at most,
 * wherever they cut a frame; like most radios it does not look while it connects, and makes one connection at a time.
 */
export class FakeNoble extends EventEmitter implements Noble {
  isOn: boolean = true
  isScanning: boolean = false
  stopped: boolean = false
  /** What was asked of it that a radio cannot do. */
  readonly misuse: string[] = []
  readonly peripherals: FakePeripheral[]
  #timer: NodeJS.Timeout | null = null

  constructor(pods: Readonly<Record<string, VirtualPod>>) {
    super()
    this.peripherals = Object.entries(pods).map(([id, pod]) => new FakePeripheral(this, id, pod))
  }

  async waitForPoweredOnAsync(): Promise<void> {
    if (!this.isOn) throw new Error('Timeout waiting for Noble to be powered on')
  }

  async startScanningAsync(services: string[]): Promise<void> {
    if (services[0] !== '6e400001b5a3f393e0a9e50e24dcca9e') this.misuse.push(`looks for ${services}`)
    this.isScanning = true
    this.#timer ??= setInterval(() => {
      if (!this.isScanning) return
      for (const one of this.peripherals) if (!one.isConnected && one.isNear) this.emit('discover', one)
    }, ADVERTISED_EVERY_MS)
  }

  async stopScanningAsync(): Promise<void> {
    this.isScanning = false
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.stopped = true
  }
}

class FakePeripheral extends EventEmitter implements Peripheral {
  readonly id: string
  readonly advertisement: { localName: string }
  readonly pod: VirtualPod
  mtu: number | null = null
  isConnected: boolean = false
  isNear: boolean = true
  /** Sizes of what was written. */
  readonly writes: number[] = []
  readonly #noble: FakeNoble
  #fromPod = new FakeCharacteristic(FROM_POD)
  #disconnect = () => {}

  constructor(noble: FakeNoble, id: string, pod: VirtualPod) {
    super()
    this.#noble = noble
    this.id = id
    this.pod = pod
    this.advertisement = { localName: `Puck.js ${id}` }
  }

  async connectAsync(): Promise<void> {
    if (this.#noble.isScanning) this.#noble.misuse.push('connects while it looks')
    if (this.#noble.peripherals.some((one) => one.connecting))
      this.#noble.misuse.push('connects twice at once')
    this.connecting = true
    await new Promise((resolve) => setTimeout(resolve, 50))
    this.connecting = false
    if (!this.isNear) throw new Error('connection timed out')
    this.isConnected = true
    this.mtu = 53
  }
  connecting: boolean = false

  async updateRssiAsync(): Promise<number> {
    if (!this.isConnected) throw new Error('not connected')
    return this.rssi
  }
  rssi: number = -61

  async disconnectAsync(): Promise<void> {
    this.drop()
  }

  /** Out of reach. */
  drop(): void {
    if (!this.isConnected) return
    this.isConnected = false
    this.#disconnect()
    this.emit('disconnect', 'connection timeout')
  }

  async discoverSomeServicesAndCharacteristicsAsync(): Promise<{ characteristics: Characteristic[] }> {
    this.#fromPod = new FakeCharacteristic(FROM_POD)
    const fromPod = this.#fromPod
    fromPod.onSubscribe = () => {
      let waiting = Buffer.alloc(0)
      this.#disconnect = this.pod.onBytes((bytes) => {
        waiting = Buffer.concat([waiting, bytes])
        while (waiting.length > 0) {
          fromPod.emit('data', waiting.subarray(0, 50), true)
          waiting = waiting.subarray(50)
        }
      })
    }
    const toPod = new FakeCharacteristic(TO_POD)
    toPod.onWrite = (bytes) => {
      this.writes.push(bytes.length)
      this.pod.receive(bytes)
    }
    return { characteristics: [fromPod, toPod] }
  }
}

class FakeCharacteristic extends EventEmitter implements Characteristic {
  readonly uuid: string
  onSubscribe = () => {}
  onWrite: (bytes: Buffer) => void = () => {}

  constructor(uuid: string) {
    super()
    this.uuid = uuid
  }

  async subscribeAsync(): Promise<void> {
    this.onSubscribe()
  }

  async writeAsync(bytes: Buffer): Promise<void> {
    this.onWrite(bytes)
  }
}
