/**
 * Chains of rotations with their rates: where a segment points, how it turns and how that changes, exactly.
 *
 * Inside the runner the world is written in ISB order, x forward along the belt, y up, z right, so that a segment that stands
 * straight has the identity. The frame's rotation takes segment axes to world axes; rate and acceleration are in segment axes.
 */
export interface Frame {
  /** Row-major 3 × 3, world from segment. */
  readonly r: Float64Array
  /** Angular rate, rad/s. */
  readonly w: Float64Array
  /** Angular acceleration, rad/s². */
  readonly a: Float64Array
}

export const newFrame = (): Frame => ({
  r: new Float64Array(9),
  w: new Float64Array(3),
  a: new Float64Array(3),
})

export function reset(f: Frame): void {
  f.r.fill(0)
  f.r[0] = 1
  f.r[4] = 1
  f.r[8] = 1
  f.w.fill(0)
  f.a.fill(0)
}

export function copy(from: Frame, to: Frame): void {
  to.r.set(from.r)
  to.w.set(from.w)
  to.a.set(from.a)
}

/**
 * Appends a turn by `q` (rad, with its two derivatives) about the segment's own axis 0, 1 or 2:
 * R ← R E(q), ω ← Eᵀω + q̇ e, α ← Eᵀα − q̇ e × Eᵀω + q̈ e.
 */
export function turn(f: Frame, axis: 0 | 1 | 2, q: number, q1: number, q2: number): void {
  const i = axis === 2 ? 0 : axis + 1
  const j = axis === 0 ? 2 : axis - 1
  // i, j follow the axis in cyclic order: E turns i towards j
  const c = Math.cos(q)
  const s = Math.sin(q)
  const { r, w, a } = f
  for (let row = 0; row < 9; row += 3) {
    const ri = r[row + i]!
    const rj = r[row + j]!
    r[row + i] = c * ri + s * rj
    r[row + j] = c * rj - s * ri
  }
  const wi = c * w[i]! + s * w[j]!
  const wj = c * w[j]! - s * w[i]!
  const ai = c * a[i]! + s * a[j]!
  const aj = c * a[j]! - s * a[i]!
  w[i] = wi
  w[j] = wj
  w[axis]! += q1
  a[i] = ai + q1 * wj
  a[j] = aj - q1 * wi
  a[axis]! += q2
}

/** The segment's pitch to the ground (its x axis above the horizontal, rad) with two derivatives, to `out[0…2]`. */
export function groundPitch(f: Frame, out: Float64Array): void {
  const { r, w, a } = f
  const wx = w[0]!
  const wy = w[1]!
  const wz = w[2]!
  // x axis' own motion: ω × e and ω × (ω × e) + α × e, then their upward part
  const s = r[3]!
  const s1 = r[4]! * wz - r[5]! * wy
  const s2 = -r[3]! * (wy * wy + wz * wz) + r[4]! * (wx * wy + a[2]!) + r[5]! * (wx * wz - a[1]!)
  const c = Math.sqrt(1 - s * s)
  const q1 = s1 / c
  out[0] = Math.asin(s)
  out[1] = q1
  out[2] = (s2 + s * q1 * q1) / c
}
