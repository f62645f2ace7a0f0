import type { StrideMetric } from '../analysis/document.ts'
import type { StanceMotion } from '../motion/stance.ts'
import type { Travel } from '../motion/travel.ts'
import { tibialMoves } from './impact.ts'
import type { Numbers } from './joint.ts'
import type { MetricsSettings } from './settings.ts'
import { jointUncertainty } from './uncertainty-joint.ts'

/**
 * What the parts are known to on people, 1 SD: measured on captured runners with force-plate events and on simulated ones
 * (`docs/methods/uncertainty.md`), one runner to the next included. It does not shrink with more strides.
 */
const CONTACT_MS = 7
/** Contact time: toe-off's own 7.5 ms and contact's together; the two partly go together. */
const STANCE_MS = 11
/** … and in walking, where push-off ends longer or shorter before toe-off from one to the next. */
const WALKING_STANCE_MS = 17
/** From one contact of a foot to its next, where the foot's own offset drops out; and to the other foot's. */
const STRIDE_MS = 3.5
const STEP_MS = 5
/** The shoe's pitch from its axis; the belt's direction from the foot's path. */
const SHOE_PITCH_DEG = 2.2
const PROGRESSION_DEG = 5.5
/** Toe-off against a force plate; heel rise, % of stance. */
const TOE_OFF_MS = 7.5
/** … in walking: simulated walkers 14 ms from one to the next, 5 within. */
const WALKING_TOE_OFF_MS = 15
const HEEL_RISE_PCT = 3
/** Plantarflexion's speed: a shin's pod that swings on its strap adds this, deg/s. */
const POINTING_DEG_PER_S = 25
/** Heights by integration over a stride; the forefoot's place besides (13 ± 9 mm: Mariani et al. 2012; simulated walkers 17 mm). */
const LIFT_M = 0.008
const CLEARANCE_M = 0.017
/** A peak of acceleration: sensor noise and interpolation, and scale with mounting wobble. */
const PEAK_G = 0.15
const PEAK_SHARE = 0.04
/** Of a shoe's peaks, which are sharper and hang on its level; of a rise between two levels. */
const SHOE_SHARE = 0.07
const RATE_SHARE = 0.12
/** Foot moves on the belt from one contact to the next. */
const BELT_SHARE = 0.011
/** What integrating cannot show of its own errors: the accelerometer's scale, and its milliseconds to the gyroscope. */
const INTEGRATED_SHARE = 0.012

/**
 * 1-SD uncertainty of each number that has one, in its own unit.
 * @param axes how much less sure the axes are than after enough strides: widens what hangs on them
 */
export function uncertaintyOf(
  metrics: Numbers,
  motion: StanceMotion,
  travel: Travel | null,
  settings: MetricsSettings,
  axes = 1,
): Partial<Record<StrideMetric, number>> {
  const out: Partial<Record<StrideMetric, number>> = {}
  const toeOffMs = walks(metrics) ? WALKING_TOE_OFF_MS : TOE_OFF_MS
  state(out, timing(metrics), metrics)
  state(out, jointUncertainty(metrics, motion, CONTACT_MS / 1000, toeOffMs / 1000), metrics, axes)
  state(out, angles(motion, toeOffMs), metrics, axes)
  state(out, FIXED, metrics)
  state(out, impact(metrics, tibialMoves(motion, settings, (2 * CONTACT_MS) / 1000)), metrics)
  state(out, travelUncertainty(metrics, travel), metrics)
  return out
}

/** Of those numbers that are there. */
function state(
  out: Partial<Record<StrideMetric, number>>,
  uncertainty: Numbers,
  metrics: Numbers,
  times = 1,
): void {
  for (const key in uncertainty) {
    const name = key as StrideMetric
    const value = uncertainty[name] ?? null
    if (value !== null && (metrics[name] ?? null) !== null) out[name] = times * value
  }
}

const FIXED: Numbers = { heelRisePct: HEEL_RISE_PCT, footLiftM: LIFT_M, toeClearanceM: CLEARANCE_M }

const walks = ({ dutyFactor }: Numbers): boolean => (dutyFactor ?? 0) > 0.5

const angles = (motion: StanceMotion, toeOffMs: number): Numbers => ({
  strikeAngleDeg: Math.hypot(SHOE_PITCH_DEG, (motion.strikeRateDegPerS * CONTACT_MS) / 1000),
  footProgressionDeg: PROGRESSION_DEG,
  toeOffAngleDeg: Math.hypot(SHOE_PITCH_DEG, (motion.toeOffRateDegPerS * toeOffMs) / 1000),
  pushOffVelocityDegPerS: POINTING_DEG_PER_S,
})

function timing(metrics: Numbers): Numbers {
  const { strideTimeMs, cadenceSpm, stepTimeMs } = metrics
  const stance = walks(metrics) ? WALKING_STANCE_MS : STANCE_MS
  const period = stepTimeMs ? STEP_MS / stepTimeMs : strideTimeMs ? STRIDE_MS / strideTimeMs : null
  return {
    contactTimeMs: stance,
    flightTimeMs: stance,
    swingTimeMs: stance,
    strideTimeMs: STRIDE_MS,
    stepTimeMs: STEP_MS,
    dutyFactor: strideTimeMs ? stance / strideTimeMs : null,
    cadenceSpm: cadenceSpm && period ? cadenceSpm * period : null,
  }
}

/**
 * Spectra have no reference here and state nothing.
 * @param moves of the tibial numbers when contact is off by twice its own figure
 */
function impact(metrics: Numbers, moves: Numbers): Numbers {
  const peak = (value: number | null | undefined, share: number) => PEAK_G + share * Math.abs(value ?? 0)
  return {
    peakTibialAxialG: Math.hypot(peak(metrics.peakTibialAxialG, PEAK_SHARE), half(moves.peakTibialAxialG)),
    peakTibialResultantG: Math.hypot(
      peak(metrics.peakTibialResultantG, PEAK_SHARE),
      half(moves.peakTibialResultantG),
    ),
    timeToPeakTibialMs: Math.max(CONTACT_MS, half(moves.timeToPeakTibialMs)),
    tibialRateGPerS: RATE_SHARE * (metrics.tibialRateGPerS ?? 0),
    brakingG: peak(metrics.brakingG, SHOE_SHARE),
    shoePeakG: peak(metrics.shoePeakG, SHOE_SHARE),
  }
}

const half = (value: number | null | undefined): number => 0.5 * (value ?? 0)

/** Of a stride whose belt's speed is known. */
export function beltUncertainty({
  strideLengthM,
  speedMPerS,
}: {
  strideLengthM: number
  speedMPerS: number
}) {
  return { strideLengthM: BELT_SHARE * strideLengthM, speedMPerS: BELT_SHARE * speedMPerS }
}

function travelUncertainty({ strideTimeMs }: Numbers, travel: Travel | null): Numbers {
  if (travel === null || !strideTimeMs) return {}
  const lengthM = Math.hypot(travel.sdM, INTEGRATED_SHARE * travel.lengthM)
  return { strideLengthM: lengthM, speedMPerS: (1000 * lengthM) / strideTimeMs }
}
