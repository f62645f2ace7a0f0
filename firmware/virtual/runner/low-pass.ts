/**
 * Zero-phase low-pass of fourth order: a second-order Butterworth run forward and backward (Winter 2009, section 3.4.4), its corner moved
 * so that both passes together are 3 dB down at `cornerHz`. In place; the ends should be quiet.
 */
export function lowPassZeroPhase(x: Float64Array, rateHz: number, cornerHz: number): void {
  const c = Math.tan((Math.PI * cornerHz) / rateHz) / (Math.SQRT2 - 1) ** 0.25
  const k = Math.SQRT2 * c
  const b = (c * c) / (1 + k + c * c)
  const a1 = (2 * (1 - c * c)) / (1 + k + c * c)
  const a2 = -(1 - k + c * c) / (1 + k + c * c)
  for (let pass = 0; pass < 2; pass++) {
    let x1 = x[0]!
    let x2 = x1
    let y1 = x1
    let y2 = x1
    for (let i = 0; i < x.length; i++) {
      const now = x[i]!
      const y = b * (now + 2 * x1 + x2) + a1 * y1 + a2 * y2
      x2 = x1
      x1 = now
      y2 = y1
      y1 = y
      x[i] = y
    }
    x.reverse()
  }
}
