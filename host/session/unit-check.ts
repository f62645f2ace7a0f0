import { GRAVITY } from '../../shared/imu.ts'
import { InputError } from './input-error.ts'

/** Length of the stretches looked at, s. */
const STRETCH_S = 0.5
/** Samples a stretch must have to be judged. */
const MIN_SAMPLES = 8
/** A stretch is still when specific force varies by less than this share of its mean; a running foot never is. */
const STILL_SHARE = 0.04
/** A still accelerometer reads 1 g; real ones are up to 0.7 m/s² off, m/s². */
const GRAVITY_TOLERANCE = 1.5
/** No still gyroscope has such a bias, rad/s. */
const MAX_STILL_RATE = 0.5
/** Beyond every gyroscope worn on a foot (4000 °/s is 70 rad/s), rad/s. */
const MAX_RATE = 100
/** Mean specific force over steps is at least 1 g, m/s²; a file of g is far below, one of mg far above. */
const MIN_MEAN_FORCE = 5
const MAX_MEAN_FORCE = 100

const NORM_OF_GRAVITY = `${GRAVITY.toFixed(2)} ± ${GRAVITY_TOLERANCE} m/s²`

/**
 * Notices samples in other units than m/s² and rad/s. Judged on the quietest half second of the file when that is a still
 * one, so that running data without any standing is not refused, and on what no foot can do.
 */
export class UnitCheck {
  readonly #file: string
  // sums over the stretch at hand: samples, then means and squares of the six axes
  #n = 0
  readonly #sum = new Float64Array(6)
  readonly #square = new Float64Array(6)
  #startS = 0
  #startLine = 0
  #quietest = STILL_SHARE
  #still: { line: number; force: number; rate: number } | null = null
  #count = 0
  #forceSum = 0

  constructor(file: string) {
    this.#file = file
  }

  /** Takes one row `t ax ay az gx gy gz` at `at`. @throws InputError for a rate no gyroscope can read */
  take(values: Float64Array, at: number, line: number): void {
    const t = values[at]!
    if (this.#n > 0 && t - this.#startS >= STRETCH_S) this.#judge()
    if (this.#n === 0) {
      this.#startS = t
      this.#startLine = line
    }
    for (let i = 0; i < 6; i++) {
      const v = values[at + 1 + i]!
      this.#sum[i]! += v
      this.#square[i]! += v * v
    }
    this.#n++
    const rate = Math.hypot(values[at + 4]!, values[at + 5]!, values[at + 6]!)
    if (rate > MAX_RATE)
      throw new InputError(
        this.#file,
        line,
        `an angular rate of ${rate.toFixed(0)} rad/s is beyond any gyroscope; are these degrees? Multiply gx gy gz by π/180`,
      )
    this.#count++
    this.#forceSum += Math.hypot(values[at + 1]!, values[at + 2]!, values[at + 3]!)
  }

  /** @throws InputError for units that are not m/s² and rad/s */
  end(): void {
    if (this.#n > 0) this.#judge()
    const still = this.#still
    if (still !== null && Math.abs(still.force - GRAVITY) > GRAVITY_TOLERANCE)
      throw new InputError(
        this.#file,
        still.line,
        `a still accelerometer reads ${still.force.toFixed(2)} here, ${NORM_OF_GRAVITY} is due; ax ay az must be in m/s² and hold gravity`,
      )
    if (still !== null && still.rate > MAX_STILL_RATE)
      throw new InputError(
        this.#file,
        still.line,
        `a still gyroscope reads ${still.rate.toFixed(2)} rad/s here; are these degrees? Multiply gx gy gz by π/180`,
      )
    const mean = this.#forceSum / this.#count
    if (this.#count >= 100 && (mean < MIN_MEAN_FORCE || mean > MAX_MEAN_FORCE))
      throw new InputError(
        this.#file,
        2,
        `specific force is ${mean.toFixed(2)} in the mean, about ${GRAVITY.toFixed(2)} m/s² or more is due; ax ay az must be in m/s² and hold gravity`,
      )
  }

  #judge(): void {
    const n = this.#n
    if (n >= MIN_SAMPLES) {
      const mean = (i: number) => this.#sum[i]! / n
      const force = Math.hypot(mean(0), mean(1), mean(2))
      let variance = 0
      for (let i = 0; i < 3; i++) variance += this.#square[i]! / n - mean(i) ** 2
      const share = Math.sqrt(Math.max(0, variance)) / force
      if (share < this.#quietest) {
        this.#quietest = share
        let rate = 0
        for (let i = 3; i < 6; i++) rate += this.#square[i]! / n
        this.#still = { line: this.#startLine, force, rate: Math.sqrt(rate) }
      }
    }
    this.#n = 0
    this.#sum.fill(0)
    this.#square.fill(0)
  }
}
