import type { Place } from '../../shared/places.ts'
import type { BoardName, BusKind, HighGName, PodImuName } from '../build/boards.ts'
import { targetOf } from '../build/target.ts'
import { Adxl372 } from './adxl372.ts'
import type { Pin } from './imu-bus.ts'
import { Lsm6ds3trc } from './lsm6ds3trc.ts'
import { EspruinoMachine } from './machine.ts'
import { lsm6dso32, lsm6dsv320x, TaggedImu } from './tagged-imu.ts'
import type { BytesListener } from './transmitter.ts'
import type { WornImu } from './worn.ts'
import type { ChipOptions, WornImuChip } from './worn-chip.ts'

export interface VirtualPodOptions {
  board: BoardName
  /** What is wired to the board, if not its default. */
  imu?: PodImuName
  bus?: BusKind
  highG?: HighGName | null
  /** The target's bundle, from `buildFirmware`. */
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
  /** More globals for the program, for who watches it. */
  globals?: Readonly<Record<string, unknown>>
}

const CHIPS: Readonly<Record<PodImuName, (worn: WornImu, options: ChipOptions) => WornImuChip>> = {
  'lsm6ds3tr-c': (worn, options) => new Lsm6ds3trc(worn, options),
  lsm6dso32: (worn, options) => new TaggedImu(lsm6dso32, worn, options),
  lsm6dsv320x: (worn, options) => new TaggedImu(lsm6dsv320x, worn, options),
}

/** A pod without hardware: the firmware bundle on an Espruino stand-in, with a register-level IMU that somebody wears. */
export class VirtualPod {
  readonly id: string
  readonly imu: WornImuChip
  readonly highG: Adxl372 | null
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
    const { board, imu, bus, highG } = options
    const request = { board, ...(imu && { imu }), ...(bus && { bus }), ...(highG && { highG }) }
    const target = targetOf(request)
    this.imu = CHIPS[target.imu](options.worn, { odrError, temperatureC })
    // Another chip, another oscillator.
    this.highG = target.highG ? new Adxl372(options.worn, { odrError: -0.6 * odrError }) : null
    this.machine = new EspruinoMachine({
      board: request,
      code: options.code,
      imu: this.imu,
      ...(this.highG && { highG: this.highG }),
      serial: options.id,
      oscillatorPpm,
      batteryPct: battery,
      seed,
      bootS,
      ...(options.globals && { globals: options.globals }),
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
