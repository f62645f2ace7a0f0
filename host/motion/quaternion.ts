/**
 * Unit quaternions `w x y z` in flat `Float64Array`s at an offset; results go to an out-parameter, nothing is allocated.
 * `qAFromB` takes a vector in B axes to A axes. Hamilton convention; Solà 2017, "Quaternion kinematics", sections 1.2 and 4.6.
 */
export type Vec = Float64Array

/** out = a ⊗ b. `out` may be `a` or `b`. */
export function multiply(out: Vec, o: number, a: Vec, i: number, b: Vec, j: number): void {
  const aw = a[i]!
  const ax = a[i + 1]!
  const ay = a[i + 2]!
  const az = a[i + 3]!
  const bw = b[j]!
  const bx = b[j + 1]!
  const by = b[j + 2]!
  const bz = b[j + 3]!
  out[o] = aw * bw - ax * bx - ay * by - az * bz
  out[o + 1] = aw * bx + ax * bw + ay * bz - az * by
  out[o + 2] = aw * by - ax * bz + ay * bw + az * bx
  out[o + 3] = aw * bz + ax * by - ay * bx + az * bw
}

/** out = q v q*, the vector turned by the quaternion. `out` may be `v`. */
export function rotate(out: Vec, o: number, q: Vec, i: number, v: Vec, j: number): void {
  const w = q[i]!
  const x = q[i + 1]!
  const y = q[i + 2]!
  const z = q[i + 3]!
  const vx = v[j]!
  const vy = v[j + 1]!
  const vz = v[j + 2]!
  const tx = 2 * (y * vz - z * vy)
  const ty = 2 * (z * vx - x * vz)
  const tz = 2 * (x * vy - y * vx)
  out[o] = vx + w * tx + y * tz - z * ty
  out[o + 1] = vy + w * ty + z * tx - x * tz
  out[o + 2] = vz + w * tz + x * ty - y * tx
}

/** out = q* v q, the inverse turn. `out` may be `v`. */
export function rotateBack(out: Vec, o: number, q: Vec, i: number, v: Vec, j: number): void {
  const w = q[i]!
  const x = -q[i + 1]!
  const y = -q[i + 2]!
  const z = -q[i + 3]!
  const vx = v[j]!
  const vy = v[j + 1]!
  const vz = v[j + 2]!
  const tx = 2 * (y * vz - z * vy)
  const ty = 2 * (z * vx - x * vz)
  const tz = 2 * (x * vy - y * vx)
  out[o] = vx + w * tx + y * tz - z * ty
  out[o + 1] = vy + w * ty + z * tx - x * tz
  out[o + 2] = vz + w * tz + x * ty - y * tx
}

/**
 * One strapdown step: q ← q ⊗ exp(ω dt / 2), ω in the moving frame, rad/s, constant over dt. Renormalised to first order,
 * which keeps |q| = 1 to machine precision when it starts there.
 */
export function integrateRate(q: Vec, i: number, wx: number, wy: number, wz: number, dt: number): void {
  const hx = wx * dt * 0.5
  const hy = wy * dt * 0.5
  const hz = wz * dt * 0.5
  const h2 = hx * hx + hy * hy + hz * hz
  // sin(h)/h and cos(h) to sixth order: below 0.15 rad (60 rad/s at 200 Hz) the rest is under 1e-12
  const s = 1 - h2 * (1 / 6 - h2 * (1 / 120 - h2 / 5040))
  const c = 1 - h2 * (0.5 - h2 * (1 / 24 - h2 / 720))
  const dx = hx * s
  const dy = hy * s
  const dz = hz * s
  const w = q[i]!
  const x = q[i + 1]!
  const y = q[i + 2]!
  const z = q[i + 3]!
  const nw = w * c - x * dx - y * dy - z * dz
  const nx = w * dx + x * c + y * dz - z * dy
  const ny = w * dy - x * dz + y * c + z * dx
  const nz = w * dz + x * dy - y * dx + z * c
  const k = 1.5 - 0.5 * (nw * nw + nx * nx + ny * ny + nz * nz)
  q[i] = nw * k
  q[i + 1] = nx * k
  q[i + 2] = ny * k
  q[i + 3] = nz * k
}
