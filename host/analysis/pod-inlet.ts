import { emptyHeader, type FrameHeader, HEADER_BYTES, readHeader } from '../../shared/frame.ts'
import { CLIP_LSB, DEG, GRAVITY, IMUS, readSample } from '../../shared/imu.ts'
import type { Hello } from '../../shared/messages.ts'
import { type Place, type Segment, segmentOf } from '../../shared/places.ts'
import { type ClockSettings, PodClock } from '../clock/pod-clock.ts'
import { unwrapMicros } from '../clock/session-clock.ts'
import { applyCalibration, type Calibration } from '../motion/calibration.ts'
import { PodTrack } from '../motion/track.ts'
import { calibrationOf } from './hello.ts'
import { HighGChannel } from './high-g.ts'
import { SampleOrder, type SampleOrderSettings } from './sample-order.ts'

/** Of a full scale given in g or °/s, the share at which a sample counts as clipped when its raw bits are not known. */
const CLIP_SHARE = 0.999

export interface InletSettings extends SampleOrderSettings {
  /** Seconds of samples kept: alignment may hold strides back for most of it. */
  ringS: number
  /** A longer step than this many sample periods is a gap … */
  gapPeriods: number
  /** … and so is one longer than this, s. */
  gapFloorS: number
  clock: ClockSettings
}

/** Told after each sample is in its track. */
export interface SampleListener {
  step(segment: Segment): void
}

/** One worn pod: its frames in, its samples out on session time. Counts what was lost, clipped and came twice. */
export class PodInlet {
  readonly place: Place
  readonly hello: Hello
  readonly track: PodTrack
  readonly clock: PodClock
  lost = 0
  clipped = 0
  firstS = Number.NaN
  lastS = Number.NaN

  private readonly segment: Segment
  private readonly listener: SampleListener
  private readonly timed: boolean
  private readonly bytesPerSample: number
  private readonly accelScale: number
  private readonly gyroScale: number
  private readonly accelLimit: number
  private readonly gyroLimit: number
  private readonly calibration: Calibration | null | 'damaged'
  private readonly highG: HighGChannel | null
  private readonly sample = new Float64Array(6)
  /** The number its frames carry since it last started. */
  stream: number
  private nextSample = -1
  private readonly order: SampleOrder
  private readonly heldHeader = emptyHeader()

  constructor(place: Place, hello: Hello, stream: number, settings: InletSettings, listener: SampleListener) {
    const imu = IMUS[hello.imu]
    this.place = place
    this.hello = hello
    this.stream = stream
    this.segment = segmentOf(place)
    this.listener = listener
    this.timed = imu.timed
    this.bytesPerSample = imu.bytesPerSample
    this.accelScale = imu.accelScale(hello.accelG)
    this.gyroScale = imu.gyroScale(hello.gyroDps)
    this.calibration = calibrationOf(hello)
    const limit = (range: number, scale: number) =>
      range === 0 ? Number.POSITIVE_INFINITY : imu.timed ? CLIP_SHARE * range : CLIP_LSB * scale
    this.accelLimit = limit(hello.accelG * GRAVITY, this.accelScale)
    this.gyroLimit = limit(hello.gyroDps * DEG, this.gyroScale)
    this.clock = new PodClock(hello.rateHz, settings.clock)
    this.highG = hello.highG ? new HighGChannel(hello.highG, settings.clock, this.clock) : null
    const gapS = Math.max(settings.gapFloorS, settings.gapPeriods / hello.rateHz)
    this.order = new SampleOrder(hello.ring ?? 0, settings)
    this.track = new PodTrack(Math.ceil(settings.ringS * hello.rateHz * 1.1), gapS)
  }

  /** The pod started anew: same device, its counters from zero. */
  restart(stream: number): void {
    this.release(Number.POSITIVE_INFINITY)
    this.order.restart()
    this.stream = stream
    this.nextSample = -1
    this.clock.reset()
    this.highG?.restart()
  }

  /** A frame of the second accelerometer's, whole and verified. */
  highGSamples(header: FrameHeader, view: DataView, arrivalS: number): void {
    if (this.highG !== null) this.clipped -= this.highG.samples(header, view, arrivalS, this.track)
  }

  /**
   * A samples frame, whole and verified, in order of arrival; the view is of the frame and no more. Allocates nothing unless it has to wait
   * for one that is missing before it.
   */
  samples(header: FrameHeader, view: DataView, arrivalS: number): void {
    if (header.count * this.bytesPerSample > header.payloadBytes) return
    if (this.order.admit(header, view, arrivalS)) this.pass(header, view, arrivalS)
    this.release(arrivalS)
  }

  /** Passes on what need not wait any longer. @param nowS time of an arrival; infinity: wait no more */
  release(nowS: number): boolean {
    let any = false
    for (let held = this.order.take(nowS); held !== null; held = this.order.take(nowS)) {
      const view = new DataView(held.bytes.buffer)
      const header = readHeader(view, 0, this.heldHeader)
      this.order.passed(header.count)
      this.pass(header, view, held.arrivalS)
      any = true
    }
    return any
  }

  private pass(header: FrameHeader, view: DataView, arrivalS: number): void {
    if (this.nextSample >= 0) this.lost += header.firstSample - this.nextSample
    this.nextSample = header.firstSample + header.count
    if (!this.timed) this.clock.samples(header, arrivalS)
    for (let k = 0; k < header.count; k++) this.take(view, k, arrivalS)
  }

  private take(view: DataView, k: number, arrivalS: number): void {
    const timeS = this.timed
      ? this.sessionTime(view.getUint32(HEADER_BYTES + this.bytesPerSample * k, true), arrivalS)
      : this.clock.firstS + k * this.clock.periodS
    if (timeS <= this.lastS) return
    const s = this.sample
    readSample(this.hello.imu, this.accelScale, this.gyroScale, view, HEADER_BYTES, k, s)
    const a = this.accelLimit
    const g = this.gyroLimit
    const isTurningClipped = Math.abs(s[3]!) >= g || Math.abs(s[4]!) >= g || Math.abs(s[5]!) >= g
    const isForceClipped = Math.abs(s[0]!) >= a || Math.abs(s[1]!) >= a || Math.abs(s[2]!) >= a
    const calibration = this.calibration
    if (calibration !== null && calibration !== 'damaged') applyCalibration(calibration, s)
    const isForceKnown = this.highG?.inline(this.hello.imu, view, k, s, isForceClipped) ?? false
    const clipped = isTurningClipped || (isForceClipped && !isForceKnown)
    if (clipped) this.clipped++
    if (clipped && !isTurningClipped) this.highG?.await(this.track.count)
    if (Number.isNaN(this.firstS)) this.firstS = timeS
    this.lastS = timeS
    this.track.push(timeS, s, clipped)
    this.listener.step(this.segment)
  }

  /** Imports: the sample's own time; rows that are missing there are lost samples too. */
  private sessionTime(micros: number, arrivalS: number): number {
    const timeS = unwrapMicros(micros, arrivalS)
    const missing = Math.round((timeS - this.lastS) * this.hello.rateHz) - 1
    if (missing > 0) this.lost += missing
    return timeS
  }

  /** True sample rate: the clock's estimate, or for imports the count over the time. */
  get rateHz(): number | null {
    if (!this.timed) return this.clock.rateHz
    return this.track.count > 1 ? (this.track.count + this.lost - 1) / (this.lastS - this.firstS) : null
  }

  /** The pod keeps a calibration that is not whole: its samples are taken as they are. */
  get isCalibrationDamaged(): boolean {
    return this.calibration === 'damaged'
  }

  get clockErrorMs(): number | null {
    return this.timed ? 0 : this.clock.errorMs
  }

  /** Whether a later hello is of the same pod measuring the same way. */
  sameAs(hello: Hello): boolean {
    const mine = this.hello
    return (
      mine.imu === hello.imu &&
      mine.rateHz === hello.rateHz &&
      mine.accelG === hello.accelG &&
      mine.gyroDps === hello.gyroDps &&
      mine.cal === hello.cal &&
      mine.highG?.sensor === hello.highG?.sensor
    )
  }
}
