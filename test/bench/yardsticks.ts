/**
 * Orientation as anybody would write it, to stand beside ours: specific force m/s² and rate rad/s in, a unit quaternion out. Both are
 * plain classes over a typed array, so that what is compared is the arithmetic.
 */

/** q ← q + ½ q ⊗ (0, ω) dt, made unit: the shortest gyroscope integration there is. */
export class PlainLoop {
  readonly q = new Float64Array([1, 0, 0, 0])

  update(s: Float64Array, dt: number): void {
    const { q } = this
    const w = q[0]!
    const x = q[1]!
    const y = q[2]!
    const z = q[3]!
    const gx = 0.5 * dt * s[3]!
    const gy = 0.5 * dt * s[4]!
    const gz = 0.5 * dt * s[5]!
    const nw = w - x * gx - y * gy - z * gz
    const nx = x + w * gx + y * gz - z * gy
    const ny = y + w * gy - x * gz + z * gx
    const nz = z + w * gz + x * gy - y * gx
    const scale = 1 / Math.sqrt(nw * nw + nx * nx + ny * ny + nz * nz)
    q[0] = nw * scale
    q[1] = nx * scale
    q[2] = ny * scale
    q[3] = nz * scale
  }
}

/** Madgwick's filter without magnetometer (Madgwick 2010, "An efficient orientation filter for inertial and inertial/magnetic sensor arrays", eqs 12, 25, 26, 33, 42–44). */
export class Madgwick {
  readonly q = new Float64Array([1, 0, 0, 0])
  readonly #beta: number

  constructor(beta = 0.033) {
    this.#beta = beta
  }

  update(s: Float64Array, dt: number): void {
    const { q } = this
    const w = q[0]!
    const x = q[1]!
    const y = q[2]!
    const z = q[3]!
    const gx = s[3]!
    const gy = s[4]!
    const gz = s[5]!
    let dw = 0.5 * (-x * gx - y * gy - z * gz)
    let dx = 0.5 * (w * gx + y * gz - z * gy)
    let dy = 0.5 * (w * gy - x * gz + z * gx)
    let dz = 0.5 * (w * gz + x * gy - y * gx)
    const force = Math.sqrt(s[0]! * s[0]! + s[1]! * s[1]! + s[2]! * s[2]!)
    if (force > 0) {
      // objective function and Jᵀ f for gravity along z
      const f1 = 2 * (x * z - w * y) - s[0]! / force
      const f2 = 2 * (w * x + y * z) - s[1]! / force
      const f3 = 2 * (0.5 - x * x - y * y) - s[2]! / force
      const ew = -2 * y * f1 + 2 * x * f2
      const ex = 2 * z * f1 + 2 * w * f2 - 4 * x * f3
      const ey = -2 * w * f1 + 2 * z * f2 - 4 * y * f3
      const ez = 2 * x * f1 + 2 * y * f2
      const length = Math.sqrt(ew * ew + ex * ex + ey * ey + ez * ez)
      if (length > 0) {
        const gain = this.#beta / length
        dw -= gain * ew
        dx -= gain * ex
        dy -= gain * ey
        dz -= gain * ez
      }
    }
    const nw = w + dw * dt
    const nx = x + dx * dt
    const ny = y + dy * dt
    const nz = z + dz * dt
    const scale = 1 / Math.sqrt(nw * nw + nx * nx + ny * ny + nz * nz)
    q[0] = nw * scale
    q[1] = nx * scale
    q[2] = ny * scale
    q[3] = nz * scale
  }
}
