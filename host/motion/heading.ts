import { CholeskyDecomposition, Matrix } from 'ml-matrix'
import { multiply, rotate, type Vec } from './quaternion.ts'
import type { Sampler } from './sampler.ts'

/** A heading is worked out from at most this many instants of a swing, spaced at least this far, s. */
const MOST_POINTS = 80
const LEAST_SPACING_S = 0.006
/** Fewer instants than this say nothing. */
const LEAST_POINTS = 12
/**
 * Pull of the lever arms toward zero: (residual 3 m/s² ÷ expected lever 0.15 m)². Arms a swing says much about are not touched; the
 * part along the turning axis, which hardly moves anything, stays small.
 */
const LEVER_PULL = 400
/** Weight the lever arms' equations keep from stride to stride. */
const LEVER_MEMORY = 0.95

export interface HeadingSighting {
  /** Turn about up from the shin's level frame to the shoe's, rad. */
  angle: number
  /** Length of the mean of the paired vectors over their lengths, 0…1. */
  coherence: number
}

/**
 * Relative heading of shoe and shin without a magnetometer: both ride on the ankle, so in swing the ankle's horizontal acceleration
 * seen by either is one and the same vector (Seel et al. 2014 use the same constraint for joint positions). Pods sit off the
 * ankle; their lever arms r are found along with it from a + α × r + ω × (ω × r), least squares over past swings.
 */
export class RelativeHeading {
  /** Pod to ankle in pod axes, m: shoe, then shin. */
  readonly levers = new Float64Array(6)
  private readonly normal = new Float64Array(36)
  private readonly right = new Float64Array(6)
  /** Per instant and pod: level acceleration, then the three columns that multiply the lever. */
  private readonly shoe = new Float64Array(12 * MOST_POINTS)
  private readonly shin = new Float64Array(12 * MOST_POINTS)
  private readonly turn = new Float64Array(4)
  private points = 0

  /** The mounts may have changed: lever arms are found anew. */
  restart(): void {
    this.normal.fill(0)
    this.right.fill(0)
    this.levers.fill(0)
  }

  /**
   * @param levelShoe qLevelFromInertial of the shoe, and the shin's, at this swing
   * @returns `null` when the swing has too few samples
   */
  sight(
    shoe: Sampler,
    shin: Sampler,
    levelShoe: Vec,
    levelShin: Vec,
    fromS: number,
    toS: number,
  ): HeadingSighting | null {
    this.gather(shoe, shin, levelShoe, levelShin, fromS, toS)
    if (this.points < LEAST_POINTS) return null
    this.accumulate(this.match().angle)
    this.solve()
    return this.match()
  }

  private gather(
    shoe: Sampler,
    shin: Sampler,
    levelShoe: Vec,
    levelShin: Vec,
    fromS: number,
    toS: number,
  ): void {
    const points = Math.min(MOST_POINTS, Math.floor((toS - fromS) / LEAST_SPACING_S))
    this.points = 0
    for (let k = 0; k < points; k++) {
      const timeS = fromS + ((toS - fromS) * (k + 0.5)) / points
      if (!shoe.seek(timeS) || !shin.seek(timeS)) continue
      this.point(shoe, levelShoe, this.shoe)
      this.point(shin, levelShin, this.shin)
      this.points++
    }
  }

  private point(at: Sampler, level: Vec, out: Float64Array): void {
    const o = 12 * this.points
    const q = this.turn
    multiply(q, 0, level, 0, at.quaternion, 0)
    at.measure()
    rotate(out, o, q, 0, at.accel, 0)
    const { rate, angularAccel } = at
    const wx = rate[0]!
    const wy = rate[1]!
    const wz = rate[2]!
    const ax = angularAccel[0]!
    const ay = angularAccel[1]!
    const az = angularAccel[2]!
    const w2 = wx * wx + wy * wy + wz * wz
    // columns of [α]× + ω ωᵀ − |ω|² I
    out[o + 3] = wx * wx - w2
    out[o + 4] = wx * wy + az
    out[o + 5] = wx * wz - ay
    out[o + 6] = wy * wx - az
    out[o + 7] = wy * wy - w2
    out[o + 8] = wy * wz + ax
    out[o + 9] = wz * wx + ay
    out[o + 10] = wz * wy - ax
    out[o + 11] = wz * wz - w2
    for (let j = 3; j < 12; j += 3) rotate(out, o + j, q, 0, out, o + j)
  }

  /** The turn that best lays the shin's ankle accelerations on the shoe's, weighted by their lengths. */
  private match(): HeadingSighting {
    const r = this.levers
    let crossed = 0
    let along = 0
    let shoe2 = 0
    let shin2 = 0
    for (let k = 0; k < this.points; k++) {
      const s = ankleX(this.shoe, 12 * k, r, 0)
      const t = ankleX(this.shoe, 12 * k + 1, r, 0)
      const u = ankleX(this.shin, 12 * k, r, 3)
      const v = ankleX(this.shin, 12 * k + 1, r, 3)
      crossed += u * t - v * s
      along += u * s + v * t
      shoe2 += s * s + t * t
      shin2 += u * u + v * v
    }
    return {
      angle: Math.atan2(crossed, along),
      coherence: Math.hypot(crossed, along) / Math.sqrt(shoe2 * shin2),
    }
  }

  /** Adds this swing's equations: shoe ankle − turned shin ankle = 0, three rows an instant. */
  private accumulate(angle: number): void {
    const c = Math.cos(angle)
    const s = Math.sin(angle)
    const { length } = this.normal
    for (let i = 0; i < length; i++) this.normal[i]! *= LEVER_MEMORY
    for (let i = 0; i < 6; i++) this.right[i]! *= LEVER_MEMORY
    for (let k = 0; k < this.points; k++) {
      const o = 12 * k
      for (let j = 0; j < 12; j += 3) {
        const x = this.shin[o + j]!
        const y = this.shin[o + j + 1]!
        this.shin[o + j] = c * x - s * y
        this.shin[o + j + 1] = s * x + c * y
      }
      for (let axis = 0; axis < 3; axis++) this.row(o + axis)
      for (let j = 0; j < 12; j += 3) {
        const x = this.shin[o + j]!
        const y = this.shin[o + j + 1]!
        this.shin[o + j] = c * x + s * y
        this.shin[o + j + 1] = c * y - s * x
      }
    }
  }

  private readonly coefficients = new Float64Array(6)

  private row(o: number): void {
    const a = this.coefficients
    for (let j = 0; j < 3; j++) {
      a[j] = this.shoe[o + 3 + 3 * j]!
      a[3 + j] = -this.shin[o + 3 + 3 * j]!
    }
    const b = this.shin[o]! - this.shoe[o]!
    for (let i = 0; i < 6; i++) {
      const ai = a[i]!
      this.right[i]! += ai * b
      for (let j = 0; j <= i; j++) this.normal[6 * i + j]! += ai * a[j]!
    }
  }

  private solve(): void {
    const normal = Matrix.zeros(6, 6)
    for (let i = 0; i < 6; i++)
      for (let j = 0; j <= i; j++) {
        const value = this.normal[6 * i + j]! + (i === j ? LEVER_PULL : 0)
        normal.set(i, j, value)
        normal.set(j, i, value)
      }
    const solved = new CholeskyDecomposition(normal).solve(Matrix.columnVector(this.right))
    for (let i = 0; i < 6; i++) this.levers[i] = solved.get(i, 0)
  }
}

/** One component of the ankle's acceleration from a pod's instant: a + K r. */
const ankleX = (point: Float64Array, o: number, levers: Float64Array, l: number): number =>
  point[o]! + point[o + 3]! * levers[l]! + point[o + 6]! * levers[l + 1]! + point[o + 9]! * levers[l + 2]!
