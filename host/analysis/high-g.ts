import { type FrameHeader, HEADER_BYTES } from '../../shared/frame.ts'
import {
  ADXL372_SAMPLE_BYTES,
  GRAVITY,
  HIGH_G_SCALES,
  type ImuName,
  readAdxl372,
  readInlineHighG,
} from '../../shared/imu.ts'
import type { HighG } from '../../shared/messages.ts'
import { type ClockSettings, PodClock } from '../clock/pod-clock.ts'
import type { PodTrack } from '../motion/track.ts'

/** Readings of a second chip that are kept: five seconds and more. */
const CAPACITY = 2048
/** Readings over which the two accelerometers' difference is averaged, once there are so many. */
const MEAN_OVER = 4000
/** A reading beyond this share of the range is no measurement. */
const CLIP_SHARE = 0.999

/**
 * A pod's high-g accelerometer: stands in, on all three axes, where the other one clipped (`docs/protocol.md`, 3). Its zero is off by
 * up to some g, so what the two differ by where neither clips is taken off, as a running mean. Acceleration in m/s², pod axes.
 */
export class HighGChannel {
  private readonly limit: number
  /** A second chip's own; `null` when samples carry their high-g reading themselves. */
  private readonly clock: PodClock | null
  private readonly bias = new Float64Array(3)
  private compared = 0

  private readonly timeS = new Float64Array(CAPACITY)
  private readonly accel = new Float64Array(3 * CAPACITY)
  private count = 0
  private nextSample = -1
  private readonly reading = new Float64Array(3)
  /** Numbers of the track's samples whose accelerometer, and nothing else, was clipped and that no reading has covered yet. */
  private waiting: number[] = []

  /** @param imu the clock of the IMU on the same pod */
  constructor({ sensor, rangeG, rateHz }: HighG, clock: ClockSettings, imu: PodClock) {
    this.limit = CLIP_SHARE * rangeG * GRAVITY
    this.clock = sensor === 'inline' ? null : new PodClock(rateHz, clock, imu)
  }

  /** The pod started anew. */
  restart(): void {
    this.clock?.reset()
    this.nextSample = -1
    this.waiting = []
  }

  /**
   * Sample `k` carries a reading: puts it into the first three of `sample` when these are clipped, else learns from it.
   * @returns true when it has taken their place
   */
  inline(imu: ImuName, view: DataView, k: number, sample: Float64Array, isClipped: boolean): boolean {
    if (this.clock !== null) return false
    const reading = this.reading
    if (!readInlineHighG(imu, HIGH_G_SCALES.inline, view, HEADER_BYTES, k, reading)) return false
    if (!isClipped) {
      this.compare(sample, 0)
      return false
    }
    if (this.isBeyond(reading, 0)) return false
    for (let i = 0; i < 3; i++) sample[i] = reading[i]! + this.bias[i]!
    return true
  }

  /** Sample number `n` of the track was clipped in nothing but its accelerometer: a second chip's reading may still come. */
  await(n: number): void {
    if (this.clock === null) return
    if (this.waiting.length >= CAPACITY) this.waiting.shift()
    this.waiting.push(n)
  }

  /** A second chip's frame, whole and verified. @returns how many of the track's samples are clipped no longer */
  samples(header: FrameHeader, view: DataView, arrivalS: number, track: PodTrack): number {
    if (this.clock === null || header.count * ADXL372_SAMPLE_BYTES > header.payloadBytes) return 0
    // came twice, or too late
    if (header.firstSample < this.nextSample) return 0
    this.nextSample = header.firstSample + header.count
    this.clock.samples(header, arrivalS)
    for (let k = 0; k < header.count; k++) {
      readAdxl372(view, HEADER_BYTES, k, this.reading)
      const slot = this.count % CAPACITY
      this.timeS[slot] = this.clock.firstS + k * this.clock.periodS
      this.accel.set(this.reading, 3 * slot)
      this.count++
      this.learn(this.timeS[slot]!, track)
    }
    return this.mend(track)
  }

  /** Learns from the reading at `timeS`, when the track has two samples around it that are whole. */
  private learn(timeS: number, track: PodTrack): void {
    const n = track.firstAtOrAfter(timeS)
    if (n <= track.oldest || n >= track.count) return
    const [before, after] = [track.slot(n - 1), track.slot(n)]
    if (track.clipped[before] || track.clipped[after] || track.gapBefore[after]) return
    const share = (timeS - track.timeS[before]!) / (track.timeS[after]! - track.timeS[before]!)
    const { accel } = track
    for (let i = 0; i < 3; i++)
      between[i] = accel[3 * before + i]! + share * (accel[3 * after + i]! - accel[3 * before + i]!)
    this.compare(between, 0)
  }

  /** The other accelerometer read `low` where this one has `reading`. */
  private compare(low: Float64Array, at: number): void {
    if (this.compared < MEAN_OVER) this.compared++
    for (let i = 0; i < 3; i++)
      this.bias[i]! += (low[at + i]! - this.reading[i]! - this.bias[i]!) / this.compared
  }

  /** Puts readings into the place of the track's clipped samples that have two around them by now. */
  private mend(track: PodTrack): number {
    const newestS = this.timeS[(this.count - 1) % CAPACITY]!
    let mended = 0
    while (this.waiting.length > 0) {
      const n = this.waiting[0]!
      const slot = track.slot(n)
      if (n >= track.oldest && track.timeS[slot]! > newestS) break
      this.waiting.shift()
      if (n < track.oldest || !this.at(track.timeS[slot]!)) continue
      for (let i = 0; i < 3; i++) track.accel[3 * slot + i] = this.reading[i]! + this.bias[i]!
      track.clipped[slot] = 0
      mended++
    }
    return mended
  }

  /** The reading at `timeS`, straight between two, into `reading`. False where there are none near enough, or they are beyond the range. */
  private at(timeS: number): boolean {
    const oldest = Math.max(0, this.count - CAPACITY)
    let n = this.count - 1
    while (n > oldest && this.timeS[(n - 1) % CAPACITY]! > timeS) n--
    if (n <= oldest) return false
    const [before, after] = [(n - 1) % CAPACITY, n % CAPACITY]
    const step = this.timeS[after]! - this.timeS[before]!
    if (this.clock === null || step > 1.5 * this.clock.periodS) return false
    if (this.isBeyond(this.accel, 3 * before) || this.isBeyond(this.accel, 3 * after)) return false
    const share = (timeS - this.timeS[before]!) / step
    for (let i = 0; i < 3; i++) {
      const from = this.accel[3 * before + i]!
      this.reading[i] = from + share * (this.accel[3 * after + i]! - from)
    }
    return true
  }

  private isBeyond(axes: Float64Array, at: number): boolean {
    for (let i = 0; i < 3; i++) if (Math.abs(axes[at + i]!) >= this.limit) return true
    return false
  }
}

const between = new Float64Array(3)
