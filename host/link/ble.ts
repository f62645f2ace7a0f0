import { setTimeout as sleep } from 'node:timers/promises'
import type { Characteristic, Noble, Peripheral } from './noble.ts'
import {
  type BindingInterface,
  type OpenOptions,
  type PortInfo,
  PushedPort,
  type RadioPort,
} from './pushed-port.ts'

/** A path that begins so is a pod on Bluetooth: `ble:ID`. */
export const BLE_PREFIX = 'ble:'

/** Nordic's UART service, which Espruino speaks: what is written to it, and what it says. */
const UART = '6e400001b5a3f393e0a9e50e24dcca9e'
const TO_POD = '6e400002b5a3f393e0a9e50e24dcca9e'
const FROM_POD = '6e400003b5a3f393e0a9e50e24dcca9e'

const POWER_ON_MS = 5000
/** Pods advertise about every 375 ms; the first look takes so long. */
const FIRST_LOOK_MS = 3000
const FIND_MS = 8000
const FIND_EVERY_MS = 100
/** A packet is its MTU less three bytes; before one has been agreed on it is Bluetooth's least. */
const LEAST_MTU = 23
const PACKET_HEAD = 3
const SIGNAL_EVERY_MS = 5000

/** Pods on Bluetooth below `@serialport/stream`, like serial ports. */
export class BleBinding implements BindingInterface {
  readonly #noble: Noble
  readonly #seen = new Map<string, Peripheral>()
  #looking: Promise<void> | null = null
  #last: Promise<void> = Promise.resolve()

  constructor(noble: Noble) {
    this.#noble = noble
    noble.on('discover', (peripheral: Peripheral) => this.#seen.set(BLE_PREFIX + peripheral.id, peripheral))
  }

  /**
   * Every pod that advertised since the first look.
   * @throws Error when Bluetooth is off or may not be used
   */
  async list(): Promise<PortInfo[]> {
    await this.#look()
    return [...this.#seen].map(([path, { advertisement }]) => ({
      path,
      manufacturer: advertisement.localName,
      serialNumber: undefined,
      pnpId: undefined,
      locationId: undefined,
      productId: undefined,
      vendorId: undefined,
    }))
  }

  /** @throws Error when no such pod advertises, or it does not let itself be connected to */
  open(options: OpenOptions): Promise<BlePort> {
    // one after the other: a radio makes one connection at a time
    const opened = this.#last.then(() => this.#open(options))
    this.#last = opened.then(
      () => {},
      () => {},
    )
    return opened
  }

  /** Lets go of the radio. */
  stop(): void {
    this.#noble.stop()
  }

  async #open(options: OpenOptions): Promise<BlePort> {
    await this.#look()
    const peripheral = await this.#find(options.path)
    // most radios cannot look and connect at the same time
    await this.#noble.stopScanningAsync()
    try {
      await peripheral.connectAsync()
      const { characteristics } = await peripheral.discoverSomeServicesAndCharacteristicsAsync(
        [UART],
        [TO_POD, FROM_POD],
      )
      const [toPod, fromPod] = [TO_POD, FROM_POD].map((uuid) =>
        characteristics.find((characteristic) => characteristic.uuid === uuid),
      )
      if (!toPod || !fromPod) throw new Error(`${options.path}: this device has no serial service`)
      const port = new BlePort(options, peripheral, toPod, fromPod)
      await fromPod.subscribeAsync()
      return port
    } catch (error) {
      await peripheral.disconnectAsync().catch(() => {})
      throw error
    } finally {
      await this.#noble.startScanningAsync([UART], false)
    }
  }

  /** Bluetooth is on and looks for pods, and has done so for a moment. */
  #look(): Promise<void> {
    const begin = async () => {
      await this.#noble.waitForPoweredOnAsync(POWER_ON_MS).catch(() => {
        throw new Error(
          'Bluetooth is off, or this program may not use it: switch it on; docs/bluetooth.md says what a system needs',
        )
      })
      await this.#noble.startScanningAsync([UART], false)
      await sleep(FIRST_LOOK_MS)
    }
    this.#looking ??= begin().catch((error) => {
      this.#looking = null
      throw error
    })
    return this.#looking
  }

  async #find(path: string): Promise<Peripheral> {
    for (let waitedMs = 0; waitedMs <= FIND_MS; waitedMs += FIND_EVERY_MS) {
      const peripheral = this.#seen.get(path)
      if (peripheral) return peripheral
      await sleep(FIND_EVERY_MS)
    }
    throw new Error(
      `${path}: no such pod advertises: is it switched on, near, and not connected to something else? footfall pods --ble lists what does`,
    )
  }
}

/** One pod's serial service. */
class BlePort extends PushedPort implements RadioPort {
  signalDbm: number | null = null
  readonly #peripheral: Peripheral
  readonly #toPod: Characteristic
  readonly #signalTimer: NodeJS.Timeout

  constructor(options: OpenOptions, peripheral: Peripheral, toPod: Characteristic, fromPod: Characteristic) {
    super(options)
    this.#peripheral = peripheral
    this.#toPod = toPod
    fromPod.on('data', (bytes: Buffer) => this.push(bytes))
    peripheral.once('disconnect', () => {
      clearInterval(this.#signalTimer)
      this.lose('the pod is out of reach')
    })
    this.#signalTimer = setInterval(() => this.#readSignal(), SIGNAL_EVERY_MS)
    this.#readSignal()
  }

  async write(bytes: Buffer): Promise<void> {
    const packet = (this.#peripheral.mtu ?? LEAST_MTU) - PACKET_HEAD
    for (let at = 0; at < bytes.length; at += packet) {
      if (!this.isOpen || this.isLost) throw this.ended()
      await this.#toPod.writeAsync(bytes.subarray(at, at + packet), true)
    }
  }

  override async close(): Promise<void> {
    clearInterval(this.#signalTimer)
    await super.close()
    if (!this.isLost) await this.#peripheral.disconnectAsync()
  }

  #readSignal(): void {
    this.#peripheral.updateRssiAsync().then(
      (dBm) => {
        this.signalDbm = dBm
      },
      // not every system tells: nothing is made up for it
      () => {
        this.signalDbm = null
      },
    )
  }
}
