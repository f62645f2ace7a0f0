/**
 * What contact adds to the rolling foot: the sole gives, and a shock runs up the leg.
 *
 * All of it is zero before contact and twice continuously differentiable in position.
 */

/**
 * How the foot's arrival gives way to rolling. At contact the ankle still runs forward over the belt and downward, and it is being
 * slowed; a rigid sole would not. The difference, `speed` and `acceleration`, dies out in `lastS` as sole and heel pad give.
 */
export interface Give {
  speed: number
  acceleration: number
  lastS: number
}

/** Forward: shear that stays. The speed is a cubic that ends at rest. Adds to `out[at…at+2]` at `t` after contact. */
export function addShear(g: Give, t: number, out: Float64Array, at: number): void {
  const h = g.lastS
  const u = Math.min(1, t / h)
  const v = g.speed
  const a = g.acceleration * h
  // cubic Hermite from (v, a) to (0, 0)
  out[at]! += h * u * (v + u * (0.5 * a + u * (-v - (2 / 3) * a + u * (0.5 * v + 0.25 * a))))
  out[at + 1]! += v + u * (a + u * (-3 * v - 2 * a + u * (2 * v + a)))
  out[at + 2]! += (a + u * (-6 * v - 4 * a + u * (6 * v + 3 * a))) / h
}

/** Downward: the sole is pressed together and springs back; a quintic that ends where it began. */
export function addPress(g: Give, t: number, out: Float64Array, at: number): void {
  const h = g.lastS
  const u = Math.min(1, t / h)
  const v = g.speed * h
  const a = g.acceleration * h * h
  const c3 = -6 * v - 1.5 * a
  const c4 = 8 * v + 1.5 * a
  const c5 = -3 * v - 0.5 * a
  out[at]! += u * (v + u * (0.5 * a + u * (c3 + u * (c4 + u * c5))))
  out[at + 1]! += (v + u * (a + u * (3 * c3 + u * (4 * c4 + u * 5 * c5)))) / h
  out[at + 2]! += (a + u * (6 * c3 + u * (12 * c4 + u * 20 * c5))) / (h * h)
}

/** One burst of shock: displacement A τ²/1.851 · x⁴ e⁻ˣ, x = (t − start)/τ. It starts at rest and leaves neither speed nor offset. */
export interface Burst {
  /** After contact, s. */
  startS: number
  /** Half the width of the first lobe, s; the first peak lies 0.95 τ after the start. */
  tauS: number
  /** Peak acceleration of the first lobe along `forward`, `up`, m/s². */
  forward: number
  up: number
}

/** Largest value of (12x² − 8x³ + x⁴) e⁻ˣ. */
const FIRST_LOBE = 1.8507
/** Beyond this x the burst is below 1e-11 of its peak. */
const OVER = 40

/** Adds a burst's acceleration at `t` after contact to the vector x forward, y up. */
export function addBurst(b: Burst, t: number, acceleration: Float64Array): void {
  const x = (t - b.startS) / b.tauS
  if (x <= 0 || x > OVER) return
  const a = (x * x * (12 - x * (8 - x)) * Math.exp(-x)) / FIRST_LOBE
  acceleration[0]! += a * b.forward
  acceleration[1]! += a * b.up
}

/** Adds a burst's displacement, m, in the same way. */
export function addBurstDisplacement(b: Burst, t: number, position: Float64Array): void {
  const x = (t - b.startS) / b.tauS
  if (x <= 0 || x > OVER) return
  const p = (b.tauS ** 2 * x ** 4 * Math.exp(-x)) / FIRST_LOBE
  position[0]! += p * b.forward
  position[1]! += p * b.up
}
