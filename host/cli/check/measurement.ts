import {
  emptyHeader,
  FLAG_BACKLOG,
  FLAG_BREAK,
  type FrameHeader,
  HEADER_BYTES,
  readHeader,
  TYPE_HELLO,
  TYPE_SAMPLES,
  TYPE_STATUS,
  TYPE_TIME,
} from '../../../shared/frame.ts'
import type { Hello, Status } from '../../../shared/messages.ts'
import { toMicros } from '../../../shared/micros.ts'
import { PodInlet } from '../../analysis/pod-inlet.ts'
import { compositionDefaults } from '../../analysis/settings.ts'
import { clockDefaults } from '../../clock/pod-clock.ts'
import { readMessage } from '../../link/messages.ts'
import { noiseDensity } from './noise.ts'
import { Skew } from './skew.ts'

/** The gyroscope's first samples after it was switched on are left out, s. */
const SETTLE_S = 1
/** Means over so long tell a pod that moves from one that is only noisy, s. */
const BLOCK_S = 0.25

/** What a pod that lies still was seen to do. Axes are ax ay az gx gy gz, m/s² and rad/s, as the chip gives them. */
export interface Measured {
  hello: Hello
  samples: number
  lost: number
  clipped: number
  /** Samples a second of the pod's own clock. */
  rateHz: number
  /** Between what bounds the pod's clock runs faster than the host's; `null` without replies to pings. */
  clockPpm: { least: number; most: number } | null
  /** How well its samples' times are known, ms; `null` without replies to pings. */
  clockErrorMs: number | null
  /** Over the whole run, and how far means over a quarter of a second lie apart. */
  mean: number[]
  wander: number[]
  /** Noise, units per √Hz. */
  density: number[]
  /** The last, and how much its counters grew. */
  status: Status | null
  faults: Faults
}

export type Faults = Pick<Status, 'overruns' | 'realigned' | 'imuErrors' | 'commandErrors' | 'exceptions'>

/** Takes the frames of one pod, from the start of its stream. Knows no port and no clock but the frames'. */
export class Measurement {
  readonly #header = emptyHeader()
  readonly #skew = new Skew()
  readonly #axes: number[][] = [[], [], [], [], [], []]
  #inlet: PodInlet | null = null
  #first: Status | null = null
  #last: Status | null = null
  /** Newest sample taken, and device time then, of the first and the last frame since the last break. */
  #from: [number, number] | null = null
  #to: [number, number] = [0, 0]

  /** The last that came. */
  get status(): Status | null {
    return this.#last
  }

  /** One whole, verified frame with its arrival in session time, s. */
  push(frame: Uint8Array, arrivalS: number): void {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
    const header = readHeader(view, 0, this.#header)
    const { type, stream, payloadBytes } = header
    if (type === TYPE_HELLO) {
      const hello = readMessage<Hello>(frame, payloadBytes)
      if (hello?.streaming && this.#inlet === null) this.#inlet = this.#begin(hello, stream)
    } else if (type === TYPE_STATUS) {
      this.#last = readMessage<Status>(frame, payloadBytes)
      this.#first ??= this.#last
    }
    const inlet = this.#inlet
    if (inlet?.stream !== stream) return
    this.#skew.arrival(header.timeUs, arrivalS)
    if (type === TYPE_TIME) {
      const tokenUs = view.getUint32(HEADER_BYTES, true)
      const readUs = view.getUint32(HEADER_BYTES + 4, true)
      inlet.clock.reply(tokenUs, readUs, header.timeUs, arrivalS)
      this.#skew.ping(readUs, arrivalS - ((toMicros(arrivalS) - tokenUs) >>> 0) / 1e6)
    }
    if (type !== TYPE_SAMPLES) return
    this.#count(header)
    inlet.samples(header, view, arrivalS)
  }

  /** `null` when no samples came that could be measured. */
  result(): Measured | null {
    const inlet = this.#inlet
    inlet?.release(Number.POSITIVE_INFINITY)
    const elapsedS = this.#from === null ? 0 : ((this.#to[1] - this.#from[1]) >>> 0) / 1e6
    if (inlet === null || elapsedS < 1) return null
    const { hello, track, lost, clipped, clock } = inlet
    const rateHz = (this.#to[0] - this.#from![0]) / elapsedS
    const axes = this.#axes.map((axis) => Float64Array.from(axis.slice(Math.round(SETTLE_S * hello.rateHz))))
    const blocks = axes.map((axis) => blockMeans(axis, Math.round(BLOCK_S * hello.rateHz)))
    return {
      hello,
      samples: track.count,
      lost,
      clipped,
      rateHz,
      clockPpm: this.#skew.ppm,
      clockErrorMs: clock.errorMs,
      mean: blocks.map(mean),
      wander: blocks.map((block) => Math.max(...block) - Math.min(...block)),
      density: axes.map((axis) => noiseDensity(axis, rateHz) ?? 0),
      status: this.#last,
      faults: grown(this.#first, this.#last),
    }
  }

  #begin(hello: Hello, stream: number): PodInlet {
    const settings = { ...compositionDefaults, ringS: 1, clock: clockDefaults }
    // the chip itself is checked: what it was calibrated with and where it is worn are left aside
    const bare: Hello = { ...hello, cal: null }
    const inlet = new PodInlet(hello.place ?? 'left-shoe', bare, stream, settings, {
      step: () => this.#take(inlet),
    })
    return inlet
  }

  /** How many samples there were when the FIFO was read; what a break swallowed is not known, and a full backlog is not counted. */
  #count({ firstSample, count, flags, timeUs }: FrameHeader): void {
    if (flags & FLAG_BREAK) this.#from = null
    const backlog = flags & FLAG_BACKLOG
    if (backlog === FLAG_BACKLOG) return
    this.#to = [firstSample + count + backlog, timeUs]
    this.#from ??= this.#to
  }

  #take({ track }: PodInlet): void {
    const slot = 3 * track.slot(track.count - 1)
    for (let i = 0; i < 3; i++) {
      this.#axes[i]!.push(track.accel[slot + i]!)
      this.#axes[3 + i]!.push(track.rate[slot + i]!)
    }
  }
}

const mean = (x: readonly number[]): number => x.reduce((sum, value) => sum + value, 0) / x.length

function blockMeans(signal: Float64Array, samples: number): number[] {
  const means: number[] = []
  for (let from = 0; from + samples <= signal.length; from += samples)
    means.push(mean([...signal.subarray(from, from + samples)]))
  return means
}

function grown(first: Status | null, last: Status | null): Faults {
  const by = (name: keyof Faults): number => (last?.[name] ?? 0) - (first?.[name] ?? 0)
  return {
    overruns: by('overruns'),
    realigned: by('realigned'),
    imuErrors: by('imuErrors'),
    commandErrors: by('commandErrors'),
    exceptions: by('exceptions'),
  }
}
