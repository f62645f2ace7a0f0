import type { Acceleration } from '../motion/acceleration.ts'
import type { StanceMotion } from '../motion/stance.ts'
import { maximum } from './curve.ts'
import type { Numbers } from './joint.ts'
import type { MetricsSettings } from './settings.ts'
import { bandPower, medianFrequency, type Spectrum, spectrumOf } from './spectrum.ts'

/** Impact in numbers, g: peaks from the low-passed signals, power from those as measured. */
export function impactMetrics(motion: StanceMotion, settings: MetricsSettings): Numbers {
  const { icS, toS, shin, shoe } = motion
  const out: Numbers = {}
  if (shin?.smooth) Object.assign(out, tibialPeaks(shin.smooth, icS, settings))
  if (shoe?.smooth) {
    const window = impactWindow(shoe.smooth, icS, settings)
    out.shoePeakG = window && maximum(norms(shoe.smooth, window), ...window).value
    const stance = pointsOf(shoe.smooth, icS, icS + settings.brakingShare * (toS - icS))
    out.brakingG = stance && maximum(negated(shoe.smooth.x), ...stance).value
  }
  // spectra of clipped or slow signals are not what they seem, but clipping is said and slow ones have no `smooth`
  const shinPower = shin?.smooth ? stanceSpectrum(shin.raw, shin.raw.y, icS, toS) : null
  const shoePower = shoe?.smooth ? stanceSpectrum(shoe.raw, shoe.raw.z, icS, toS) : null
  if (shinPower !== null) {
    const { activeFromHz, activeToHz, impactFromHz, impactToHz } = settings
    out.activePower = bandPower(shinPower, activeFromHz, activeToHz)
    out.impactPower = bandPower(shinPower, impactFromHz, impactToHz)
    out.medianPowerFrequencyHz = medianFrequency(shinPower)
    const below = shoePower && bandPower(shoePower, impactFromHz, impactToHz)
    if (below !== null && below > 0 && out.impactPower > 0)
      out.attenuationDb = 10 * Math.log10(out.impactPower / below)
  }
  return out
}

/** The peak after contact, g, from a shin read only that far. */
export function landingPeakG(smooth: Acceleration, icS: number, settings: MetricsSettings): number | null {
  const window = impactWindow(smooth, icS, settings)
  return window && maximum(smooth.y, ...window).value
}

function tibialPeaks(smooth: Acceleration, icS: number, settings: MetricsSettings): Numbers {
  const window = impactWindow(smooth, icS, settings)
  if (window === null) return {}
  const axial = maximum(smooth.y, ...window)
  const steepest = steepestRise(smooth.y, Math.round(axial.at), settings)
  return {
    peakTibialAxialG: axial.value,
    timeToPeakTibialMs: 1000 * (smooth.startS + axial.at * smooth.stepS - icS),
    peakTibialResultantG: maximum(norms(smooth, window), ...window).value,
    tibialRateGPerS: steepest && steepest / smooth.stepS,
  }
}

/**
 * How far the tibial numbers move, at most, when contact lies this much earlier or later. Where the leg is still slowing as the window opens, as in
 * walking, the largest is what it opens on.
 */
export function tibialMoves({ icS, shin }: StanceMotion, settings: MetricsSettings, byS: number): Numbers {
  const out: Numbers = {}
  if (!shin?.smooth) return out
  const here = tibialPeaks(shin.smooth, icS, settings)
  for (const shiftS of [-byS, byS]) {
    const there = tibialPeaks(shin.smooth, icS + shiftS, settings)
    for (const name of MOVING) {
      const moved = Math.abs((there[name] ?? 0) - (here[name] ?? 0))
      out[name] = Math.max(out[name] ?? 0, moved)
    }
  }
  return out
}
const MOVING = ['peakTibialAxialG', 'peakTibialResultantG', 'timeToPeakTibialMs'] as const

/**
 * Steepest slope per sample on the way up to the peak, between two shares of it. Half-way between samples the slope is
 * (27 (x₁ − x₀) − (x₂ − x₋₁)) / 24, exact for a quartic, and the steepest lies where a parabola through those says: plain differences lose
 * a tenth of a rise of five samples.
 */
export function steepestRise(
  signal: ArrayLike<number>,
  peak: number,
  settings: MetricsSettings,
): number | null {
  const low = settings.rateFrom * signal[peak]!
  const high = settings.rateTo * signal[peak]!
  const slopes: number[] = []
  for (let k = peak; k > 1 && k + 1 < signal.length && signal[k]! > low; k--) {
    const from = signal[k - 1]!
    const to = signal[k]!
    // a step counts when any part of it lies between the two levels
    if (from < high) slopes.push((27 * (to - from) - (signal[k + 1]! - signal[k - 2]!)) / 24)
  }
  return slopes.length === 0 ? null : maximum(slopes).value
}

const impactWindow = (a: Acceleration, icS: number, s: MetricsSettings): [number, number] | null =>
  pointsOf(a, icS - s.impactBeforeS, icS + s.impactAfterS)

/** First and last sample within a span; `null` when there are fewer than two. */
function pointsOf(a: Acceleration, fromS: number, toS: number): [number, number] | null {
  const first = Math.max(0, Math.ceil((fromS - a.startS) / a.stepS))
  const last = Math.min(a.x.length - 1, Math.floor((toS - a.startS) / a.stepS))
  return last > first ? [first, last] : null
}

/** Lengths of the vectors of a window and of its neighbours, at their places: `Math.hypot` is dear. */
function norms({ x, y, z }: Acceleration, [first, last]: readonly [number, number]): Float64Array {
  const out = new Float64Array(x.length)
  for (let k = Math.max(0, first - 1); k <= Math.min(x.length - 1, last + 1); k++)
    out[k] = Math.hypot(x[k]!, y[k]!, z[k]!)
  return out
}

function negated(signal: Float64Array): Float64Array {
  const out = new Float64Array(signal.length)
  for (let k = 0; k < signal.length; k++) out[k] = -signal[k]!
  return out
}

function stanceSpectrum(a: Acceleration, channel: Float64Array, icS: number, toS: number): Spectrum | null {
  const points = pointsOf(a, icS, toS)
  return points && spectrumOf(channel.subarray(points[0], points[1] + 1), a.stepS)
}
