import type { BoardName } from '../../firmware/build/boards.ts'
import { buildFirmware } from '../../firmware/build/build.ts'
import { type TargetRequest, targetOf } from '../../firmware/build/target.ts'
import { VirtualPod, type VirtualPodOptions } from '../../firmware/virtual/pod.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { FrameDecoder } from '../../host/link/decoder.ts'
import {
  CRC_BYTES,
  emptyHeader,
  type FrameHeader,
  HEADER_BYTES,
  readHeader,
  TYPE_ACK,
  TYPE_HELLO,
  TYPE_SAMPLES,
  TYPE_STATUS,
} from '../../shared/frame.ts'
import { GRAVITY } from '../../shared/imu.ts'
import type { Ack, Hello, Status } from '../../shared/messages.ts'

const bundles = new Map<string, Promise<string>>()

/** Boards with an IMU of their own, which behave unlike each other where it matters. */
export const READY_MADE: readonly BoardName[] = ['puckjs-v2', 'xiao-nrf52840-sense']

export function bundle(request: TargetRequest | BoardName): Promise<string> {
  const { name } = targetOf(request)
  const code = bundles.get(name) ?? buildFirmware(request).then((firmware) => firmware.code)
  bundles.set(name, code)
  return code
}

/** Turning about all three axes at once, and swinging: every axis of both sensors moves, and none twice alike. */
export const swinging: WornImu = {
  sampleAt(timeS, out) {
    for (let i = 0; i < 3; i++) {
      out[i] = (i === 2 ? GRAVITY : 0) + 30 * Math.sin((11 + 3 * i) * timeS + i)
      out[3 + i] = 8 * Math.cos((7 + 2 * i) * timeS - i)
    }
  },
}

export const still: WornImu = {
  sampleAt(_timeS, out) {
    out.fill(0)
    out[2] = GRAVITY
  },
}

export interface Heard {
  header: FrameHeader
  bytes: Uint8Array
  /** When its last byte left the wire, true time. */
  timeS: number
}

/** A pod and a host's ear: every verified frame in order. */
export class Rig {
  readonly pod: VirtualPod
  /** Nobody is there any longer. */
  readonly disconnect: () => void
  frames: Heard[] = []
  readonly #decoder: FrameDecoder
  #timeS = 0
  #deaf: boolean = false

  constructor(pod: VirtualPod) {
    this.pod = pod
    this.#decoder = new FrameDecoder((frame) => {
      const bytes = frame.slice()
      this.frames.push({
        header: readHeader(new DataView(bytes.buffer), 0, emptyHeader()),
        bytes,
        timeS: this.#timeS,
      })
    })
    this.disconnect = pod.onBytes((bytes, timeS) => {
      if (this.#deaf) return
      this.#timeS = timeS
      this.#decoder.push(bytes)
    })
  }

  /** A pod at time 0 that has been on since −4 s. */
  static async on(options: Partial<VirtualPodOptions> = {}): Promise<Rig> {
    const { board = 'xiao-nrf52840-sense', imu, bus, highG } = options
    const code = await bundle({ board, ...(imu && { imu }), ...(bus && { bus }), ...(highG && { highG }) })
    return new Rig(new VirtualPod({ id: 'c0ffee', board, code, worn: swinging, ...options }))
  }

  /** A pod that is switched on at time 0. */
  static booting(options: Partial<VirtualPodOptions> = {}): Promise<Rig> {
    return Rig.on({ ...options, bootS: 0 })
  }

  get skippedBytes(): number {
    return this.#decoder.skippedBytes
  }

  /** Says a line to the pod and lets `seconds` pass. */
  say(line: string, seconds = 0.2): void {
    this.pod.receive(`${line}\n`)
    this.run(seconds)
  }

  run(seconds: number): void {
    this.pod.advanceTo(this.pod.timeS + seconds)
  }

  /** Lets `seconds` pass while what the pod sends is lost. */
  deafen(seconds: number): void {
    this.#deaf = true
    this.run(seconds)
    this.#deaf = false
  }

  of(type: number): Heard[] {
    return this.frames.filter((frame) => frame.header.type === type)
  }

  get samples(): Heard[] {
    return this.of(TYPE_SAMPLES)
  }

  get acks(): Ack[] {
    return this.of(TYPE_ACK).map((frame) => message(frame) as Ack)
  }

  get hellos(): Hello[] {
    return this.of(TYPE_HELLO).map((frame) => message(frame) as Hello)
  }

  get status(): Status {
    return message(this.of(TYPE_STATUS).at(-1)!) as Status
  }
}

export function message(frame: Heard): unknown {
  return JSON.parse(Buffer.from(frame.bytes.subarray(HEADER_BYTES, -CRC_BYTES)).toString('latin1'))
}
