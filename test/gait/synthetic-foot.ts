import { GRAVITY } from '../../shared/imu.ts'

/**
 * A foot in closed form: its pitch rate is a sum of Gaussians whose centres are the landmarks, its path a smooth bump in swing. Not a
 * runner, but every landmark is known exactly.
 */
export const STRIDE_S = 0.72
/** Centres as shares of the stride, half widths (1 SD) in s, rates in rad/s. */
const BUMPS = [
  { name: 'landing', at: 0.02, sdS: 0.012, rate: -8 },
  { name: 'push', at: 0.34, sdS: 0.03, rate: -10 },
  { name: 'follow-through', at: 0.52, sdS: 0.06, rate: -5 },
  { name: 'swing', at: 0.86, sdS: 0.05, rate: 0 },
] as const
const SWING = { from: 0.38, to: 1 }
const TOP_SPEED = 8
const HEIGHT = 0.25

/** The swing turns back what the others turned. */
const SWING_BUMP = BUMPS.length - 1
const swingRate = -BUMPS.reduce((sum, { rate, sdS }) => sum + rate * sdS, 0) / BUMPS[SWING_BUMP]!.sdS

const bump = (tS: number, centreS: number, sdS: number): number =>
  Math.exp(-0.5 * ((tS - centreS) / sdS) ** 2)
const SQRT_2PI = Math.sqrt(2 * Math.PI)

/** Normal distribution function (Abramowitz & Stegun 26.2.17, error below 1e-7). */
function cumulative(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x))
  const tail =
    (Math.exp(-0.5 * x * x) / SQRT_2PI) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return x > 0 ? 1 - tail : tail
}

export interface FootOptions {
  /** Standing before the first stride, s. */
  standingS?: number
  strides?: number
  /** qPodFromFoot, w x y z; foot x forward, y up, z right. */
  mount?: readonly [number, number, number, number]
  /** Scales every turn: a shuffle is a small one. */
  size?: number
}

export class SyntheticFoot {
  readonly standingS: number
  readonly endS: number
  readonly #strides: number
  readonly #mount: readonly [number, number, number, number]
  readonly #size: number

  constructor({ standingS = 3, strides = 12, mount = [1, 0, 0, 0], size = 1 }: FootOptions = {}) {
    this.standingS = standingS
    this.#strides = strides
    this.#mount = mount
    this.#size = size
    this.endS = standingS + strides * STRIDE_S + 1
  }

  /** Times of the pitch rate's minima after the first swing. */
  landings(): number[] {
    return Array.from({ length: this.#strides - 1 }, (_, i) => this.#centreS(i + 1, 0)).map((t) =>
      this.#lowest(t),
    )
  }

  /** Times of the push-offs, the one from standing included. */
  pushes(): number[] {
    return Array.from({ length: this.#strides }, (_, i) => this.#centreS(i, 1)).map((t) => this.#lowest(t))
  }

  /** Neighbouring bumps pull a minimum off its own centre by a millisecond or two. */
  #lowest(aroundS: number): number {
    let best = aroundS
    for (let t = aroundS - 0.01; t < aroundS + 0.01; t += 2e-5)
      if (this.#pitchAt(t).rate < this.#pitchAt(best).rate) best = t
    return best
  }

  /** ax ay az gx gy gz at `tS`, pod axes. */
  sampleAt(tS: number, out: Float64Array): void {
    const { rate, pitch } = this.#pitchAt(tS)
    const { forward, up } = this.#accelerationAt(tS)
    const c = Math.cos(pitch)
    const s = Math.sin(pitch)
    const fy = up + GRAVITY
    this.#turn([c * forward + s * fy, -s * forward + c * fy, 0], out, 0)
    this.#turn([0, 0, rate], out, 3)
  }

  #pitchAt(tS: number): { rate: number; pitch: number } {
    let rate = 0
    let pitch = 0
    for (let i = 0; i < this.#strides; i++)
      for (let b = 0; b < BUMPS.length; b++) {
        // standing, nothing has to land before the first push-off, and the last swing lands nowhere
        if (b === 0 && i === 0) continue
        if (b >= 2 && i === this.#strides - 1) continue
        const { sdS, rate: given } = BUMPS[b]!
        const peak = this.#size * (b === SWING_BUMP ? swingRate : given)
        const centre = this.#centreS(i, b)
        rate += peak * bump(tS, centre, sdS)
        pitch += peak * sdS * SQRT_2PI * cumulative((tS - centre) / sdS)
      }
    return { rate, pitch }
  }

  #centreS(stride: number, b: number): number {
    return this.standingS + (stride + BUMPS[b]!.at) * STRIDE_S
  }

  /** Forward speed is a raised cosine over swing; height the same over its first two thirds, when the toe hangs. */
  #accelerationAt(tS: number): { forward: number; up: number } {
    const share = (tS - this.standingS) / STRIDE_S
    const phase = share - Math.floor(share)
    if (share < 0 || share >= this.#strides - 1 || phase < SWING.from) return { forward: 0, up: 0 }
    const lengthS = (SWING.to - SWING.from) * STRIDE_S
    const x = (2 * Math.PI * (phase - SWING.from) * STRIDE_S) / lengthS
    const forward = ((this.#size * TOP_SPEED) / 2) * Math.sin(x) * ((2 * Math.PI) / lengthS)
    const high = 1.5 * x
    const up =
      high < 2 * Math.PI
        ? ((this.#size * HEIGHT) / 2) * Math.cos(high) * ((1.5 * 2 * Math.PI) / lengthS) ** 2
        : 0
    return { forward, up }
  }

  #turn(v: readonly [number, number, number], out: Float64Array, o: number): void {
    const [w, x, y, z] = this.#mount
    const t = [2 * (y * v[2] - z * v[1]), 2 * (z * v[0] - x * v[2]), 2 * (x * v[1] - y * v[0])] as const
    out[o] = v[0] + w * t[0] + y * t[2] - z * t[1]
    out[o + 1] = v[1] + w * t[1] + z * t[0] - x * t[2]
    out[o + 2] = v[2] + w * t[2] + x * t[1] - y * t[0]
  }
}
