import FFT from 'fft.js'

/** One-sided power spectral density: `density[k]` at k · stepHz, unit² per Hz. */
export interface Spectrum {
  stepHz: number
  density: Float64Array
}

/** Zero-padded length: bins of half a hertz or finer up to 500 Hz sampling, and one second of signal fits at 1 kHz. */
const LENGTH = 1024
const fft = new FFT(LENGTH)
const input = new Float64Array(LENGTH)
const output = fft.createComplexArray()

/**
 * Periodogram of a stance after taking off its straight-line trend (Shorten & Winslow 1992). Integrated over all frequencies it is the mean
 * square of what went in. A signal longer than 1024 samples is cut there; `null` for fewer than eight.
 */
export function spectrumOf(signal: ArrayLike<number>, stepS: number): Spectrum | null {
  const n = Math.min(signal.length, LENGTH)
  if (n < 8) return null
  input.fill(0)
  const middle = (n - 1) / 2
  let mean = 0
  let slope = 0
  for (let k = 0; k < n; k++) {
    mean += signal[k]! / n
    slope += ((k - middle) * signal[k]! * 12) / (n * (n * n - 1))
  }
  for (let k = 0; k < n; k++) input[k] = signal[k]! - mean - slope * (k - middle)
  fft.realTransform(output, input)
  const half = LENGTH / 2
  const density = new Float64Array(half + 1)
  for (let k = 0; k <= half; k++) {
    const power = output[2 * k]! ** 2 + output[2 * k + 1]! ** 2
    density[k] = ((k === 0 || k === half ? 1 : 2) * power * stepS) / n
  }
  return { stepHz: 1 / (LENGTH * stepS), density }
}

/** Power between two frequencies, unit²: trapezia, the ends by the straight line. */
export function bandPower({ stepHz, density }: Spectrum, fromHz: number, toHz: number): number {
  const at = (hz: number): number => {
    const k = Math.min(density.length - 2, Math.floor(hz / stepHz))
    return density[k]! + (hz / stepHz - k) * (density[k + 1]! - density[k]!)
  }
  const first = Math.ceil(fromHz / stepHz)
  const last = Math.min(density.length - 1, Math.floor(toHz / stepHz))
  let sum = 0.5 * (at(fromHz) + density[first]!) * (first * stepHz - fromHz)
  for (let k = first; k < last; k++) sum += 0.5 * (density[k]! + density[k + 1]!) * stepHz
  return sum + 0.5 * (density[last]! + at(toHz)) * (toHz - last * stepHz)
}

/** Frequency below which half of the power lies, Hz; 0 for no power. */
export function medianFrequency({ stepHz, density }: Spectrum): number {
  let total = 0
  for (let k = 1; k < density.length; k++) total += 0.5 * (density[k - 1]! + density[k]!)
  let sum = 0
  for (let k = 1; k < density.length; k++) {
    const piece = 0.5 * (density[k - 1]! + density[k]!)
    if (sum + piece >= total / 2) return total === 0 ? 0 : (k - 1 + (total / 2 - sum) / piece) * stepHz
    sum += piece
  }
  return 0
}
