import { integrateRate } from './quaternion.ts'

/** Beyond this a gap's turning is not guessed at, and the series of `integrateRate` would not hold. */
const LONGEST_GUESS_S = 0.1
/** A sample is first looked for within so many of its even place. */
const NEAR = 8

/**
 * The last seconds of one pod: samples on session time in rings, with a gyro-only strapdown orientation beside them.
 *
 * `quaternion` is `qInertialFromPod`: it starts as identity and only ever integrates the rate minus `gyroBias`, so within a
 * stride it is the pod's true turning, and between strides it drifts slowly. Nobody reads "up" from it alone: up is found per stride
 * as the mean specific force in this inertial frame (`docs/methods`, tilt). Samples are numbered from 0 for ever;
 * sample `n` lives in slot `slot(n)` while `n >= oldest`.
 */
export class PodTrack {
  readonly capacity: number
  /** Session time, s. */
  readonly timeS: Float64Array
  /** Specific force, m/s², pod axes, three a slot; as measured. */
  readonly accel: Float64Array
  /** Angular rate, rad/s, pod axes, three a slot; bias taken off. */
  readonly rate: Float64Array
  /** qInertialFromPod, four a slot. */
  readonly quaternion: Float64Array
  /** 1 where any axis of this sample was at the sensor's limit. */
  readonly clipped: Uint8Array
  /** 1 where samples are missing right before this one: nothing is known of the turning between. */
  readonly gapBefore: Uint8Array
  /** rad/s, pod axes; subtracted from what comes in from now on. Set by calibration, trimmed by tracking. */
  readonly gyroBias = new Float64Array(3)
  /** How many samples have been pushed since the beginning. */
  count = 0

  private readonly mask: number
  private readonly maxStepS: number
  private readonly q = new Float64Array([1, 0, 0, 0])
  private lastS = Number.NaN
  private readonly lastRate = new Float64Array(3)
  /** The incoming sample's time: a number handed to a call that is not inlined would be boxed on the heap. */
  private readonly nowS = new Float64Array(1)

  /**
   * @param capacity samples kept, rounded up to a power of two
   * @param maxStepS a longer step than this between two samples is a gap
   */
  constructor(capacity: number, maxStepS: number) {
    this.capacity = 2 ** Math.ceil(Math.log2(capacity))
    this.mask = this.capacity - 1
    this.maxStepS = maxStepS
    this.timeS = new Float64Array(this.capacity)
    this.accel = new Float64Array(3 * this.capacity)
    this.rate = new Float64Array(3 * this.capacity)
    this.quaternion = new Float64Array(4 * this.capacity)
    this.clipped = new Uint8Array(this.capacity)
    this.gapBefore = new Uint8Array(this.capacity)
  }

  get oldest(): number {
    return Math.max(0, this.count - this.capacity)
  }

  slot(n: number): number {
    return n & this.mask
  }

  /** Takes one sample `ax ay az gx gy gz` (m/s², rad/s); times must increase. Allocates nothing. */
  push(timeS: number, sample: Float64Array, clipped: boolean): void {
    this.nowS[0] = timeS
    this.take(sample, clipped)
  }

  private take(sample: Float64Array, clipped: boolean): void {
    const n = this.count
    const slot = n & this.mask
    const { gyroBias, accel, rate, quaternion } = this
    const timeS = this.nowS[0]!
    const wx = sample[3]! - gyroBias[0]!
    const wy = sample[4]! - gyroBias[1]!
    const wz = sample[5]! - gyroBias[2]!
    const dt = timeS - this.lastS
    const gap = !(dt <= this.maxStepS)
    const last = this.lastRate
    const q = this.q
    // the rate over the step is the mean of its ends; over a short gap that is a guess, over a long one nobody knows the turning
    if (n > 0 && (!gap || dt < LONGEST_GUESS_S))
      integrateRate(q, 0, 0.5 * (wx + last[0]!), 0.5 * (wy + last[1]!), 0.5 * (wz + last[2]!), dt)
    last[0] = wx
    last[1] = wy
    last[2] = wz
    this.lastS = timeS
    this.timeS[slot] = timeS
    const i = 3 * slot
    accel[i] = sample[0]!
    accel[i + 1] = sample[1]!
    accel[i + 2] = sample[2]!
    rate[i] = wx
    rate[i + 1] = wy
    rate[i + 2] = wz
    const j = 4 * slot
    quaternion[j] = q[0]!
    quaternion[j + 1] = q[1]!
    quaternion[j + 2] = q[2]!
    quaternion[j + 3] = q[3]!
    this.clipped[slot] = clipped ? 1 : 0
    this.gapBefore[slot] = gap && n > 0 ? 1 : 0
    this.count = n + 1
  }

  /** Number of the first kept sample at or after `timeS`; `count` when there is none yet. */
  firstAtOrAfter(timeS: number): number {
    const { oldest, count, mask } = this
    const times = this.timeS
    let low = oldest
    let high = count
    if (high - low > 2 * NEAR) {
      // samples come evenly but for holes: looked for first where it would be then
      const newestS = times[(count - 1) & mask]!
      const even = (count - 1 - oldest) / (newestS - times[oldest & mask]!)
      const guess = count - 1 - Math.floor((newestS - timeS) * even)
      const from = Math.max(oldest, Math.min(count - 2 * NEAR, guess - NEAR))
      const to = from + 2 * NEAR - 1
      if (times[from & mask]! >= timeS) high = from
      else if (times[to & mask]! < timeS) low = to + 1
      else {
        low = from + 1
        high = to
      }
    }
    while (low < high) {
      const middle = (low + high) >>> 1
      if (times[middle & mask]! < timeS) low = middle + 1
      else high = middle
    }
    return low
  }
}
