import FFT from 'fft.js'

/** Samples a segment; half of them are shared with the next. */
const SEGMENT = 256
/** Below, it is drift; above a fifth of the sample rate, the chip's own filters. */
const LOWEST_HZ = 2
const HIGHEST_SHARE = 0.2

const fft = new FFT(SEGMENT)
const hann = Float64Array.from(
  { length: SEGMENT },
  (_, i) => 0.5 * (1 - Math.cos((2 * Math.PI * i) / SEGMENT)),
)
const windowPower = hann.reduce((sum, w) => sum + w * w, 0)

/**
 * Noise density of a signal at rest, units per √Hz: the root of the median of its one-sided power spectrum between 2 Hz and a fifth of
 * the sample rate. The spectrum is the mean over half-overlapping Hann segments (Welch 1967); the median leaves out a hum at one frequency.
 * White noise of standard deviation σ has σ √(2 / rate).
 * @returns null for fewer than two segments
 */
export function noiseDensity(signal: Float64Array, rateHz: number): number | null {
  const power = new Float64Array(SEGMENT / 2)
  const input = new Float64Array(SEGMENT)
  const output = fft.createComplexArray()
  let segments = 0
  for (let from = 0; from + SEGMENT <= signal.length; from += SEGMENT / 2) {
    const part = signal.subarray(from, from + SEGMENT)
    const mean = part.reduce((sum, x) => sum + x, 0) / SEGMENT
    for (let i = 0; i < SEGMENT; i++) input[i] = (part[i]! - mean) * hann[i]!
    fft.realTransform(output, input)
    for (let k = 0; k < power.length; k++) power[k]! += output[2 * k]! ** 2 + output[2 * k + 1]! ** 2
    segments++
  }
  if (segments < 2) return null
  const first = Math.ceil((LOWEST_HZ * SEGMENT) / rateHz)
  const band = power.subarray(first, Math.floor(HIGHEST_SHARE * SEGMENT) + 1).toSorted()
  return Math.sqrt((2 * band[band.length >> 1]!) / (segments * rateHz * windowPower))
}
