import type { StrideMetric } from '../analysis/document.ts'
import type { StanceMotion } from '../motion/stance.ts'
import { slopes, valueAt } from './curve.ts'
import type { Numbers } from './joint.ts'

const DEG = Math.PI / 180

/**
 * What the parts are known to on people, 1 SD: measured on captured runners with force-plate events (`docs/methods/metrics.md`,
 * "Uncertainty"), one runner to the next included. It does not shrink with more strides.
 */
const CONTACT_MS = 6.5
const TOE_OFF_MS = 7.5
/** The turning axis in swing against the knee's mediolateral axis. */
const SHIN_AXIS_DEG = 4.4
/** Accelerometer bias that is not the same standing and running: frontal, sagittal. */
const FRONTAL_DEG = 0.3
const SAGITTAL_DEG = 0.8
const BELT_SHARE = 0.005
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
    strikeAngleDeg: Math.hypot(1.1, 0.3 * CONTACT_MS),
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
  // two contacts of one foot share the runner's own offset; what is left is the scatter within a leg
  const strideMs = 3.5
  const step = Math.SQRT2 * 3.5
  return {
    contactTimeMs: both,
    flightTimeMs: both,
    swingTimeMs: both,
    strideTimeMs: strideMs,
    stepTimeMs: step,
    dutyFactor: metrics.strideTimeMs ? both / metrics.strideTimeMs : null,
    cadenceSpm:
      metrics.cadenceSpm && metrics.stepTimeMs ? (metrics.cadenceSpm * step) / metrics.stepTimeMs : null,
  }
}

/**
 * Eversion takes sin(flexion) of the shin axis' error and sin(foot pitch) of the heading's; at contact it also moves while contact is
 * uncertain.
 */
function joint(motion: StanceMotion): Numbers {
  const eversion = motion.curves.eversionDeg!
  const flexion = motion.curves.dorsiflexionDeg!
  const contactS = motion.toS - motion.icS
  let peak = 0
  for (let k = 1; k < eversion.length; k++) if (eversion[k]! > eversion[peak]!) peak = k
  const flexed = Math.sin(valueAt(flexion, peak) * DEG)
  const strike = Math.sin((motion.strikeAngleDeg ?? 0) * DEG)
  const tilt = Math.hypot(FRONTAL_DEG, motion.alignmentSd.tilt / DEG)
  const heading = motion.alignmentSd.heading / DEG
  const atContact = Math.abs((slopes(eversion)[0]! * 100) / contactS) * (CONTACT_MS / 1000)
  const peakDeg = Math.hypot(tilt, SHIN_AXIS_DEG * flexed)
  const contactDeg = Math.hypot(
    tilt,
    SHIN_AXIS_DEG * Math.sin(flexion[0]! * DEG),
    heading * strike,
    atContact,
  )
  return {
    peakEversionDeg: peakDeg,
    eversionAtContactDeg: contactDeg,
    eversionExcursionDeg: Math.hypot(
      FRONTAL_DEG,
      SHIN_AXIS_DEG * (flexed - Math.sin(flexion[0]! * DEG)),
      heading * strike,
      atContact,
    ),
    peakEversionPct: 5,
    peakEversionVelocityDegPerS: 35,
    tibialRotationExcursionDeg: 0.8,
    peakTibialRotationPct: 3,
    peakDorsiflexionDeg: Math.hypot(SAGITTAL_DEG, 0.8),
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
