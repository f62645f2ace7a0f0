/**
 * What is wrong with one pod's sensors (`docs/methods/calibration.md`, section 1):
 * a = accelMatrix (a_measured − accelBias), ω = gyroMatrix (ω_measured − gyroBias); m/s², rad/s, pod axes, matrices 3 × 3 by rows.
 */
export interface Calibration {
  readonly accelBias: Float64Array
  readonly accelMatrix: Float64Array
  readonly gyroBias: Float64Array
  readonly gyroMatrix: Float64Array
}

/** Calibrates a sample ax ay az gx gy gz in place. Allocates nothing. */
export function applyCalibration(calibration: Calibration, sample: Float64Array): void {
  correct(calibration.accelMatrix, calibration.accelBias, sample, 0)
  correct(calibration.gyroMatrix, calibration.gyroBias, sample, 3)
}

/** v ← m (v − bias), three numbers at `at`. */
export function correct(m: Float64Array, bias: Float64Array, v: Float64Array, at: number): void {
  const x = v[at]! - bias[0]!
  const y = v[at + 1]! - bias[1]!
  const z = v[at + 2]! - bias[2]!
  v[at] = m[0]! * x + m[1]! * y + m[2]! * z
  v[at + 1] = m[3]! * x + m[4]! * y + m[5]! * z
  v[at + 2] = m[6]! * x + m[7]! * y + m[8]! * z
}

/** 1 + S of the symmetric S given as xx yy zz xy xz yz. */
export function symmetricMatrix(s: Float64Array, at = 0): Float64Array {
  const [xx, yy, zz, xy, xz, yz] = s.subarray(at, at + 6) as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return Float64Array.of(1 + xx, xy, xz, xy, 1 + yy, yz, xz, yz, 1 + zz)
}

/** 1 + E of the full E given by rows. */
export function fullMatrix(e: Float64Array, at = 0): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? 1 : 0) + e[at + i]!)
}
