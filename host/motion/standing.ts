import { GRAVITY } from '../../shared/imu.ts'
import { cross, dot, unit } from './axes.ts'
import type { MotionSettings } from './settings.ts'
import type { PodTrack } from './track.ts'

/** What a pod showed while its wearer stood. */
export interface Standing {
  /** Session times of the stretch, s. */
  fromS: number
  toS: number
  /** Mean angular rate as measured, rad/s, pod axes: the gyroscope's bias. */
  gyroBias: Float64Array
  /** Mean specific force, m/s², pod axes: points up. */
  accel: Float64Array
}

/** Samples are judged in blocks this long, s: shorter than any sway, long enough for a spread. */
const BLOCK_S = 0.25
/** Zero-rate level a chip may have (data sheet: ±10 °/s, rounded up), rad/s; a steady turn beyond it is motion. */
const MOST_BIAS = 0.25
/** Blocks of one stretch agree in rate to this, rad/s, and in direction to this, rad: slow turning is no standing. */
const SAME_RATE = 0.03
const SAME_DIRECTION = 0.05
/** A still accelerometer is off by this at most, m/s². */
const MOST_ACCEL_ERROR = 1.5
/** Standing again within this of the pose before is the same pose taken again, not a foot put up; rad. */
const SAME_POSE = 0.1

const ACCEL = 0
const RATE = 3

/**
 * Finds the standing period by itself: at least `standingS` of blocks that are quiet and alike. A later stretch replaces an
 * earlier one until `freeze` (walking off); from then on a later one renews the bias, and the pose if it is the same pose taken again.
 * With a known window only that is judged, until `forget`.
 * Stepped after every sample, and reads a block when it is whole; allocates nothing but when a stretch completes.
 */
export class StandingDetector {
  private readonly settings: MotionSettings
  private window: { fromS: number; toS: number } | null
  private readonly sum = new Float64Array(6)
  private readonly square = new Float64Array(6)
  private readonly stretch = new Float64Array(6)
  /** The block at hand: its first sample (−1 before it) and that one's time, and how many it has come to. */
  private blockFrom = -1
  private blockFromS = Number.NaN
  private blockCount = 0
  private stretchFromS = Number.NaN
  private stretchCount = 0
  /** Whether the wearer has set off. */
  private frozen: boolean
  private standing: Standing | null = null
  /** The last stretch, in whatever pose. */
  private latest: Standing | null = null
  private refusal: string | null = null

  constructor(settings: MotionSettings, window: { fromS: number; toS: number } | null = null) {
    this.settings = settings
    this.window = window
    this.frozen = false
  }

  get result(): Standing | null {
    return this.standing
  }

  /** Since when it has been quiet in one pose; `null` while something moves. */
  get stillSinceS(): number | null {
    return this.stretchCount > 0 ? this.stretchFromS : null
  }

  /** Why a given window was not believed; `null` while there is nothing to say. */
  get refused(): string | null {
    return this.refusal
  }

  /**
   * The pod has turned on its segment: what was found says nothing any more, unless somebody has stood since.
   * @param sinceS it may have turned from then on
   * @param turned where up in standing should lie now, pod axes: a pause in which it does not was before the turn
   */
  forget(sinceS: number, turned: Float64Array | null): void {
    this.window = null
    const latest = this.latest
    const holds =
      latest !== null && latest.fromS > sinceS && turned !== null && sameDirection(latest.accel, turned)
    this.standing = holds ? latest : null
  }

  /** The wearer has set off: from now on only the same pose taken again replaces the pose. */
  freeze(): void {
    this.frozen = true
  }

  step(track: PodTrack): void {
    const n = track.count - 1
    const timeS = track.timeS[track.slot(n)]!
    const window = this.window
    if (window !== null && timeS < window.fromS) return
    if (this.blockFrom < 0) {
      this.blockFrom = n
      this.blockFromS = timeS
    }
    if (timeS - this.blockFromS >= BLOCK_S) this.closeBlock(timeS, track)
  }

  /** The block's sums, out of the ring. */
  private addUp(track: PodTrack): void {
    const { accel, rate, count, gyroBias } = track
    this.blockCount = count - this.blockFrom
    for (let i = 0; i < 3; i++) {
      const bias = gyroBias[i]!
      let a1 = 0
      let a2 = 0
      let w1 = 0
      let w2 = 0
      for (let n = this.blockFrom; n < count; n++) {
        const j = 3 * track.slot(n) + i
        const a = accel[j]!
        const w = rate[j]! + bias
        a1 += a
        a2 += a * a
        w1 += w
        w2 += w * w
      }
      this.sum[ACCEL + i] = a1
      this.sum[RATE + i] = w1
      this.square[ACCEL + i] = a2
      this.square[RATE + i] = w2
    }
  }

  private closeBlock(timeS: number, track: PodTrack): void {
    this.addUp(track)
    const quiet = this.isQuiet()
    const window = this.window
    const inWindow = window === null || timeS <= window.toS
    if (inWindow && !quiet && window !== null)
      this.refusal = 'the standing period is not still: stand quietly for 3 s, then set off'
    if (inWindow && quiet) {
      if (this.stretchCount > 0 && !this.isAlike()) this.stretchCount = 0
      if (this.stretchCount === 0) {
        this.stretch.fill(0)
        this.stretchFromS = this.blockFromS
      }
      for (let i = 0; i < 6; i++) this.stretch[i]! += this.sum[i]!
      this.stretchCount += this.blockCount
      if (timeS - this.stretchFromS >= this.needed()) this.complete(timeS, track)
    } else this.stretchCount = 0
    this.blockFrom = -1
  }

  /** A given window may be shorter than the stretch one would look for; whole blocks of it must be quiet. */
  private needed(): number {
    const window = this.window
    const wanted = this.settings.standingS
    return window === null
      ? wanted
      : Math.max(2 * BLOCK_S, Math.min(wanted, window.toS - window.fromS) - 2 * BLOCK_S)
  }

  private complete(timeS: number, track: PodTrack): void {
    const mean = this.stretch.map((x) => x / this.stretchCount)
    const gyroBias = mean.slice(RATE, RATE + 3)
    track.gyroBias.set(gyroBias)
    const found = { fromS: this.stretchFromS, toS: timeS, gyroBias, accel: mean.slice(ACCEL, ACCEL + 3) }
    this.latest = found
    if (this.frozen && this.standing !== null && !sameDirection(found.accel, this.standing.accel)) return
    this.refusal = null
    this.standing = found
  }

  private isQuiet(): boolean {
    const n = this.blockCount
    const sum = this.sum
    const square = this.square
    let accelVariance = 0
    let rateVariance = 0
    let accel2 = 0
    let rate2 = 0
    for (let i = 0; i < 3; i++) {
      const a = sum[ACCEL + i]! / n
      const w = sum[RATE + i]! / n
      accelVariance += square[ACCEL + i]! / n - a * a
      rateVariance += square[RATE + i]! / n - w * w
      accel2 += a * a
      rate2 += w * w
    }
    const { quietRateRadPerS, quietAccelMPerS2 } = this.settings
    return (
      rateVariance < quietRateRadPerS ** 2 &&
      accelVariance < quietAccelMPerS2 ** 2 &&
      rate2 < MOST_BIAS ** 2 &&
      Math.abs(Math.sqrt(accel2) - GRAVITY) < MOST_ACCEL_ERROR
    )
  }

  /** Whether the block's means agree with the stretch's so far. */
  private isAlike(): boolean {
    let rate2 = 0
    let accel2 = 0
    for (let i = 0; i < 3; i++) {
      rate2 += (this.sum[RATE + i]! / this.blockCount - this.stretch[RATE + i]! / this.stretchCount) ** 2
      accel2 += (this.sum[ACCEL + i]! / this.blockCount - this.stretch[ACCEL + i]! / this.stretchCount) ** 2
    }
    return rate2 < SAME_RATE ** 2 && accel2 < (SAME_DIRECTION * GRAVITY) ** 2
  }
}

function sameDirection(a: Float64Array, b: Float64Array): boolean {
  const u = unit(a)
  const v = unit(b)
  const across = cross(u, v)
  return dot(u, v) > 0 && dot(across, across) < SAME_POSE ** 2
}
