import type { StrideMetric } from '../analysis/document.ts'
import type { StanceMotion } from '../motion/stance.ts'
import { maximum, slopes, topWidth } from './curve.ts'
import type { Numbers } from './joint.ts'

const DEG = Math.PI / 180

/**
 * What the parts are known to on people, 1 SD: measured on captured runners with force-plate events (`docs/methods/metrics.md`,
 * "Uncertainty"), one runner to the next included. It does not shrink with more strides.
 */
const CONTACT_MS = 7.5
const TOE_OFF_MS = 7.5
/** Scatter of a contact within one leg: what is left of a difference of two contacts of one foot. */
const CONTACT_SCATTER_MS = 3.5
/** The turning axis in swing against the knee's mediolateral axis. */
const SHIN_AXIS_DEG = 4.4
/** Accelerometer bias that is not the same standing and running: frontal, sagittal; and the shoe's pitch from its axis. */
const FRONTAL_DEG = 0.5
const SAGITTAL_DEG = 1.3
const SHOE_PITCH_DEG = 1.5
/** Depth of the stretch in which a maximum may really lie: wobble and axis errors bend the top by this. */
const TOP_DEG = 0.5
/** Foot moves on the belt from one contact to the next; integration of the shoe. */
const BELT_SHARE = 0.011
const INTEGRATED_SHARE = 0.025

/** 1-SD uncertainty of each number that has one, in its own unit. */
export function uncertaintyOf(
  metrics: Numbers,
  motion: StanceMotion,
  strideLengthSource: 'belt' | 'estimated' | null,
): Partial<Record<StrideMetric, number>> {
  const all: Numbers = {
    ...timing(metrics),
    ...(motion.curves.eversionDeg === null ? {} : joint(motion)),
    strikeAngleDeg: Math.hypot(SHOE_PITCH_DEG, (motion.strikeRateDegPerS * CONTACT_MS) / 1000),
    footProgressionDeg: 5,
    peakTibialAxialG: 0.15 + 0.03 * Math.abs(metrics.peakTibialAxialG ?? 0),
    peakTibialResultantG: 0.15 + 0.03 * Math.abs(metrics.peakTibialResultantG ?? 0),
    timeToPeakTibialMs: CONTACT_MS,
    ...travelled(metrics, strideLengthSource),
  }
  const out: Partial<Record<StrideMetric, number>> = {}
  for (const [name, value] of Object.entries(all) as [StrideMetric, number | null][])
    if (value !== null && (metrics[name] ?? null) !== null) out[name] = value
  return out
}

function timing(metrics: Numbers): Numbers {
  const both = Math.hypot(CONTACT_MS, TOE_OFF_MS)
  const between = Math.SQRT2 * CONTACT_SCATTER_MS
  // two feet do not share their offset
  const step = Math.hypot(between, CONTACT_MS)
  return {
    contactTimeMs: both,
    flightTimeMs: both,
    swingTimeMs: both,
    strideTimeMs: between,
    stepTimeMs: step,
    dutyFactor: metrics.strideTimeMs ? both / metrics.strideTimeMs : null,
    cadenceSpm:
      metrics.cadenceSpm && metrics.stepTimeMs ? (metrics.cadenceSpm * step) / metrics.stepTimeMs : null,
  }
}

/**
 * Eversion takes sin(flexion) of the shin axis' error and sin(foot pitch) of the heading's (`docs/methods/angles.md`); at contact it also
 * moves while contact is uncertain. The axis' error is followed through the curve: numbers are read again from a curve bent by it.
 */
function joint(motion: StanceMotion): Numbers {
  const eversion = motion.curves.eversionDeg!
  const flexion = motion.curves.dorsiflexionDeg!
  const rotation = motion.curves.tibialRotationDeg!
  const contactS = motion.toS - motion.icS
  const bent = eversion.map((v, k) => v + SHIN_AXIS_DEG * Math.sin(flexion[k]! * DEG))
  const peak = maximum(eversion)
  const bentPeak = maximum(bent)
  const turning = slopes(eversion)
  const velocity = (curve: Float64Array, to: number) =>
    (maximum(curve, 0, Math.max(0, Math.floor(to))).value * 100) / contactS
  const tilt = Math.hypot(FRONTAL_DEG, motion.alignmentSd.tilt / DEG)
  const heading = (motion.alignmentSd.heading / DEG) * Math.sin((motion.strikeAngleDeg ?? 0) * DEG)
  const atContact = Math.abs((turning[0]! * 100) / contactS) * (CONTACT_MS / 1000)
  const pct = (width: number) => Math.hypot(2, width / 3)
  return {
    peakEversionDeg: Math.hypot(tilt, bentPeak.value - peak.value),
    eversionAtContactDeg: Math.hypot(tilt, bent[0]! - eversion[0]!, heading, atContact),
    eversionExcursionDeg: Math.hypot(
      FRONTAL_DEG,
      bentPeak.value - bent[0]! - (peak.value - eversion[0]!),
      heading,
      atContact,
    ),
    peakEversionPct: Math.hypot(pct(topWidth(eversion, TOP_DEG)), bentPeak.at - peak.at),
    peakEversionVelocityDegPerS: Math.hypot(
      25,
      velocity(slopes(bent), bentPeak.at) - velocity(turning, peak.at),
    ),
    tibialRotationExcursionDeg: 0.8,
    peakTibialRotationPct: pct(topWidth(rotation, TOP_DEG)),
    peakDorsiflexionDeg: SAGITTAL_DEG,
  }
}

function travelled(metrics: Numbers, source: 'belt' | 'estimated' | null): Numbers {
  if (source === null) return {}
  const share = source === 'belt' ? BELT_SHARE : INTEGRATED_SHARE
  return {
    strideLengthM: share * (metrics.strideLengthM ?? 0),
    speedMPerS: share * (metrics.speedMPerS ?? 0),
  }
}
