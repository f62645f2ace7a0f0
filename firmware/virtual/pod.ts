import type { Place } from '../../shared/places.ts'
import type { BoardName } from '../build/build.ts'
import type { Pin } from './imu-bus.ts'
import { Lsm6ds3trc } from './lsm6ds3trc.ts'
import { EspruinoMachine } from './machine.ts'
import type { BytesListener } from './transmitter.ts'
import type { WornImu } from './worn.ts'

export interface VirtualPodOptions {
  board: BoardName
  /** The board's bundle, from `buildFirmware`. */
  code: string
  worn: WornImu
  /** Unique: stands for the chip's serial number. */
  id: string
  /** Where it was told, earlier, that it is worn. Default: it was not. */
  place?: Place | null
  /** Decides the stream numbers the pod draws. Default 1. */
  seed?: number
  /** The board's clock against true time, ppm. Default 0. */
  oscillatorPpm?: number
  /** True over nominal output rate of the IMU, minus 1. Default 0. */
  odrError?: number
  /** %. Default 100. */
  battery?: number
  temperatureC?: number
  /** True time of power-on, s. Default −4: the pod is handed over at time 0, has said hello to nobody and waits for commands. */
  bootS?: number
}

/** A pod without hardware: the firmware bundle on an Espruino stand-in, with a register-level IMU that somebody wears. */
export class VirtualPod {
  readonly id: string
  readonly imu: Lsm6ds3trc
  readonly machine: EspruinoMachine
  /** Brings the pod to now: one that lags behind would hear what was not yet said, and its clock would look impossible. */
  beforeReceiving: (() => void) | null = null

  constructor(options: VirtualPodOptions) {
    const {
      odrError = 0,
      temperatureC = 25,
      oscillatorPpm = 0,
      battery = 100,
      seed = 1,
      bootS = -4,
    } = options
    this.id = options.id
    this.imu = new Lsm6ds3trc(options.worn, { odrError, temperatureC })
    this.machine = new EspruinoMachine({
      board: options.board,
      code: options.code,
      imu: this.imu,
      serial: options.id,
      oscillatorPpm,
      batteryPct: battery,
      seed,
      bootS,
    })
    if (options.place) this.machine.storage.set('footfall.json', JSON.stringify({ place: options.place }))
    if (bootS < 0) this.advanceTo(0)
  }

  /** True time the pod has got to, s. */
  get timeS(): number {
    return this.machine.timeS
  }

  advanceTo(timeS: number): void {
    this.machine.advanceTo(timeS)
  }

  /** From the host; read by the pod when it is next advanced. */
  receive(data: string | Uint8Array): void {
    this.beforeReceiving?.()
    this.machine.receive(typeof data === 'string' ? data : Buffer.from(data).toString('latin1'))
  }

  /** Connects a listener; while there is none the pod's bytes are dropped. Returns how to disconnect. */
  onBytes(listener: BytesListener): () => void {
    return this.machine.onBytes(listener)
  }

  /** Battery out and in again, with pins held by `hold`. Settings stay, the stream does not. */
  powerCycle(hold?: (pins: Record<string, Pin>) => void): void {
    this.machine.powerCycle(hold)
  }
}
