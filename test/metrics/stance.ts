import type { Curves } from '../../host/analysis/document.ts'
import type { StrideEvents } from '../../host/gait/events.ts'
import { metricsDefaults } from '../../host/metrics/settings.ts'
import { type StrideContext, strideMetrics } from '../../host/metrics/stride.ts'
import type { Acceleration } from '../../host/motion/acceleration.ts'
import type { StanceMotion } from '../../host/motion/stance.ts'

/** A right stance of a quarter of a second from 10 s on, seen by both pods. */
export const stanceOf = (curves: Partial<Curves>, rest: Partial<StanceMotion> = {}): StanceMotion => ({
  leg: 'right',
  icS: 10,
  toS: 10.25,
  curves: {
    eversionDeg: null,
    tibialRotationDeg: null,
    dorsiflexionDeg: null,
    tibialAxialG: null,
    ...curves,
  },
  fromStanding: true,
  strikeAngleDeg: 12,
  strikeRateDegPerS: -200,
  toeOffAngleDeg: 62,
  toeOffRateDegPerS: 500,
  footProgressionDeg: 6,
  swing: null,
  shin: null,
  shoe: null,
  clippedSamples: { 'right-shin': 0, 'right-shoe': 0 },
  alignmentSd: { tilt: 0, heading: 0 },
  reasons: [],
  sound: true,
  ...rest,
})

/** Acceleration in g from functions of time, 9.9 … 10.28 s; the same as measured and low-passed. */
export function accelerationOf(
  x: (t: number) => number,
  y: (t: number) => number,
  z: (t: number) => number,
  rateHz = 1000,
): { raw: Acceleration; smooth: Acceleration } {
  const stepS = 1 / rateHz
  const channel = (f: (t: number) => number) =>
    Float64Array.from({ length: Math.round(0.38 * rateHz) }, (_, k) => f(9.9 + k * stepS))
  const raw = { startS: 9.9, stepS, x: channel(x), y: channel(y), z: channel(z) }
  return { raw, smooth: raw }
}

export const events: StrideEvents = {
  leg: 'right',
  index: 3,
  icS: 10,
  footFlatS: 10.04,
  heelRiseS: 10.14,
  toS: 10.25,
  midSwingS: 10.5,
  nextIcS: 10.7,
  confidence: 0.9,
}
const context: StrideContext = {
  otherIcS: 10.36,
  previousOtherIcS: 9.66,
  travel: null,
  beltSpeedMPerS: 3,
  activity: 'running',
  axisStrides: 8,
  settleStrides: 8,
}
export const ramp = Array.from({ length: 101 }, (_, k) => 10 - 0.004 * (k - 40) ** 2)
/** A parabola of 10° at 40 % of stance in all three angles. */
export const motion = stanceOf({
  eversionDeg: ramp,
  tibialRotationDeg: ramp.map((v) => v - ramp[0]!),
  dorsiflexionDeg: ramp,
})
export const stride = (m = motion, c: Partial<StrideContext> = {}) =>
  strideMetrics(events, m, { ...context, ...c }, metricsDefaults)
