import { FLAG_BACKLOG, FLAG_BREAK, type FrameHeader } from '../../shared/frame.ts'
import { toMicros } from '../../shared/micros.ts'
import { RateFit } from './rate-fit.ts'
import { unwrapMicros } from './session-clock.ts'
import { SkewFit } from './skew-fit.ts'

/**
 * When each sample of one pod was taken, in session time (`docs/methods/clock.md`).
 *
 * Two lines are composed: sample index → device time, from the FIFO level in every samples frame ({@link RateFit}), and device
 * time → session time, from arrivals and ping replies ({@link SkewFit}). What is given out follows their composition by
 * slewing, so that times within a stream never step back and never jump but over a gap.
 * Pure: the same frames in the same order give the same times.
 */
export interface ClockSettings {
  /** Newest samples frames the sample rate is fitted to. */
  frames: number
  /** Newest ping replies the pod's clock is fitted to. */
  replies: number
  /** Seconds of arrivals its skew is fitted to. */
  arrivalsS: number
  /** How far a chip's sample rate may be from nominal, as a fraction. */
  rateTolerance: number
  /** How far a pod's oscillator may be from the host's, as a fraction. */
  skewTolerance: number
  /** Time constant with which given times follow a better estimate, s. */
  slewS: number
}

export const clockDefaults: ClockSettings = {
  frames: 256,
  replies: 128,
  arrivalsS: 128,
  rateTolerance: 0.08,
  skewTolerance: 120e-6,
  slewS: 1.5,
}

/** A reply that took longer says nothing useful; a token of another session's clock looks like one. */
const MAX_ROUND_TRIP_S = 2
/** Given times run at most this much faster or slower than the samples. */
const MAX_SLEW = 0.2
/** Frames between fits of the sample rate, once there are many. */
const FIT_EVERY = 16
/** A FIFO reading further off than this many periods is a hiccup of the pod; this many in a row are a new truth. */
const MAX_PHASE_ERROR = 1.5
const MAX_HICCUPS = 8

export class PodClock {
  /** Session time of the frame's first sample, s; set by `samples`. */
  firstS = Number.NaN
  /** Spacing of the frame's samples in session time, s; set by `samples`. */
  periodS: number

  private readonly slewS: number
  private readonly rate: RateFit
  private readonly skew: SkewFit
  // newest device time, s, not wrapping
  private deviceS = Number.NaN
  private hiccups = 0
  private frames = 0
  // what has been given out: the next sample's index and time, and the last sample's time
  private nextIndex = -1
  private nextS = 0
  private lastS = Number.NEGATIVE_INFINITY
  private behindS = 0

  /** @param beside the clock of another chip on the same pod: sample rates are two, the pod's oscillator is one */
  constructor(nominalRateHz: number, settings: Partial<ClockSettings> = {}, beside?: PodClock) {
    this.periodS = 1 / nominalRateHz
    const { frames, replies, arrivalsS, rateTolerance, skewTolerance, slewS } = {
      ...clockDefaults,
      ...settings,
    }
    this.slewS = slewS
    this.rate = new RateFit(frames, this.periodS, rateTolerance)
    this.skew = beside?.skew ?? new SkewFit(arrivalsS, replies, skewTolerance)
  }

  /** A new stream: index and perhaps the pod's clock began anew. Times given from now on are later than all before. */
  reset(): void {
    this.deviceS = Number.NaN
    this.rate.clear()
    this.skew.clear()
    this.hiccups = 0
    this.frames = 0
    this.nextIndex = -1
    this.behindS = 0
  }

  /**
   * A time reply.
   * @param tokenUs host session time when the ping was sent, µs modulo 2^32
   * @param receivedUs device time when the pod read it, @param sentUs device time when it answered, µs modulo 2^32
   * @param arrivalS session time when the reply arrived
   */
  reply(tokenUs: number, receivedUs: number, sentUs: number, arrivalS: number): void {
    const roundTripS = ((toMicros(arrivalS) - tokenUs) >>> 0) / 1e6
    if (roundTripS > MAX_ROUND_TRIP_S) return
    const received = unwrapMicros(receivedUs, this.deviceS)
    this.deviceS = unwrapMicros(sentUs, received)
    this.skew.reply(arrivalS - roundTripS, received, this.deviceS, arrivalS)
  }

  /** A samples frame: sets `firstS` and `periodS`. A frame that comes late is placed and teaches nothing. */
  samples(header: FrameHeader, arrivalS: number): void {
    const step = header.firstSample - this.nextIndex
    if (this.nextIndex >= 0 && step < 0) {
      this.periodS = this.targetPeriodS()
      this.firstS = this.nextS + step * this.periodS
      return
    }
    const broken = (header.flags & FLAG_BREAK) !== 0
    if (broken) this.rate.clear()
    this.learn(header, arrivalS)
    this.give(header, broken || step > 0)
  }

  /** True rate in session time, Hz; `null` in the first frames. */
  get rateHz(): number | null {
    return this.rate.known ? 1 / this.targetPeriodS() : null
  }

  /**
   * Uncertainty of the times given out, ms, about one standard deviation: a delay hidden in a strip is equally likely
   * anywhere in it (width / √12); chance, and what is still to be slewed, come on top. `null` before the first reply.
   */
  get errorMs(): number | null {
    if (this.skew.width === null || this.rate.count === 0) return null
    const strips = Math.hypot(this.skew.width, this.rate.width) / Math.sqrt(12)
    return 1e3 * Math.hypot(strips, this.skew.chance, this.behindS)
  }

  /** Enough replies and frames have come for the times to be trusted. */
  get ready(): boolean {
    return this.skew.replies >= 4 && this.frames >= 8 && Math.abs(this.behindS) < 2e-3
  }

  private targetPeriodS(): number {
    return this.rate.slope * this.skew.slope
  }

  private targetS(index: number): number {
    return this.skew.at(this.rate.at(index))
  }

  private learn(header: FrameHeader, arrivalS: number): void {
    const device = unwrapMicros(header.timeUs, this.deviceS)
    const fit = this.rate
    const backlog = header.flags & FLAG_BACKLOG
    const newest = header.firstSample + header.count - 1 + backlog
    const uncounted = backlog === FLAG_BACKLOG && fit.count > 0
    if (!uncounted && fit.count >= 8) {
      const phase = (device - fit.at(newest)) / fit.slope - 0.5
      if (Math.abs(phase) <= MAX_PHASE_ERROR) this.hiccups = 0
      else if (++this.hiccups < MAX_HICCUPS) return
      else fit.clear()
    }
    this.deviceS = device
    this.skew.arrival(device, arrivalS)
    this.frames++
    if (uncounted) return
    fit.add(newest, device)
    if (fit.count < 32 || this.frames % FIT_EVERY === 0) fit.fit()
  }

  /** Gives out this frame's times; over a gap they may step forward to where they belong, otherwise they are slewed there. */
  private give(header: FrameHeader, gap: boolean): void {
    const period = this.targetPeriodS()
    const target = this.targetS(header.firstSample)
    const due = this.nextIndex < 0 || gap ? target : this.nextS
    this.firstS = Math.max(due, this.lastS + 0.5 * period)
    const behind = target - this.firstS
    const frameS = header.count * period
    const limit = MAX_SLEW * frameS
    const correction = Math.max(-limit, Math.min(limit, behind * Math.min(1, frameS / this.slewS)))
    this.periodS = header.count > 0 ? period + correction / header.count : period
    this.behindS = behind - correction
    this.nextIndex = header.firstSample + header.count
    this.nextS = this.firstS + header.count * this.periodS
    if (header.count > 0) this.lastS = this.nextS - this.periodS
  }
}
