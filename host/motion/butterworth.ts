/**
 * Low-pass for acceleration: a second-order Butterworth run forward and backward, which is fourth-order with no delay (Winter 2009,
 * "Biomechanics and Motor Control of Human Movement", 2.2.4.4). The single pass's corner is raised so that the two together are
 * −3 dB at the frequency asked for. Bilinear transform with prewarping.
 */
export interface LowPass {
  /** y₀ = b₀ x₀ + b₁ x₁ + b₂ x₂ − a₁ y₁ − a₂ y₂ */
  b0: number
  b1: number
  b2: number
  a1: number
  a2: number
}

/** Two passes multiply the gains: each may lose only 2^(−1/4) at the corner. */
const DUAL_PASS = (Math.SQRT2 - 1) ** 0.25

/**
 * One of the two passes.
 * @throws RangeError when the corner does not lie below half the sampling rate
 */
export function dualPassButterworth(cornerHz: number, rateHz: number): LowPass {
  if (!(cornerHz > 0 && cornerHz < rateHz / 2))
    throw new RangeError(
      `a ${cornerHz} Hz low-pass needs more than ${2 * cornerHz} Hz sampling, not ${rateHz}`,
    )
  return butterworth(Math.tan((Math.PI * cornerHz) / rateHz) / DUAL_PASS)
}

/** Second-order Butterworth for a prewarped corner k = tan(π fc / fs). */
export function butterworth(k: number): LowPass {
  const norm = 1 / (1 + Math.SQRT2 * k + k * k)
  const b0 = k * k * norm
  return { b0, b1: 2 * b0, b2: b0, a1: 2 * (k * k - 1) * norm, a2: (1 - Math.SQRT2 * k + k * k) * norm }
}

/** Filters forward and backward in a new array; the ends are continued by point reflection so that they do not ring. */
export function filterBothWays(filter: LowPass, signal: Float64Array): Float64Array {
  const n = signal.length
  if (n < 2) return signal.slice()
  const pad = Math.min(n - 1, 18)
  const padded = new Float64Array(n + 2 * pad)
  padded.set(signal, pad)
  for (let i = 0; i < pad; i++) {
    padded[i] = 2 * signal[0]! - signal[pad - i]!
    padded[n + 2 * pad - 1 - i] = 2 * signal[n - 1]! - signal[n - 1 - pad + i]!
  }
  pass(filter, padded)
  padded.reverse()
  pass(filter, padded)
  padded.reverse()
  return padded.slice(pad, pad + n)
}

/** In place, starting as if the first value had always been there. */
function pass({ b0, b1, b2, a1, a2 }: LowPass, x: Float64Array): void {
  let x1 = x[0]!
  let x2 = x1
  let y1 = x1
  let y2 = x1
  for (let i = 0; i < x.length; i++) {
    const x0 = x[i]!
    const y0 = b0 * x0 + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
    x2 = x1
    x1 = x0
    y2 = y1
    y1 = y0
    x[i] = y0
  }
}
