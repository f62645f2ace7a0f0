import type { StanceMotion } from '../motion/stance.ts'
import { maximum, shareAbove, slopes, topWidth } from './curve.ts'
import type { Numbers } from './joint.ts'

const DEG = Math.PI / 180

/** The turning axis in swing against the knee's mediolateral axis, 1 SD. */
const SHIN_AXIS_DEG = 4.4
/** Accelerometer bias that is not the same standing and running: frontal, sagittal. */
const FRONTAL_DEG = 0.6
const SAGITTAL_DEG = 1.3
/** A tracker in its stride knows a direction to √(α (1 − α)) of what single measurements are off by: gains ½ (tilt) and 0.2 (heading). */
const TILT_TRACKED = 0.5
const HEADING_TRACKED = 0.4
/** Depth of the stretch in which a maximum may really lie: wobble and axis errors bend the top by this. */
const TOP_DEG = 0.5
/** Least that is known of where something lies in stance, points: contact and toe-off shift and stretch it. */
const PLACE_PCT = 2
const FASTEST_PCT = 2.8
const EVERTED_PCT = 3
/** A shin's pod swings on its strap at some 12 Hz after contact; this is what it adds to the rate of eversion, deg/s. */
const WOBBLE_DEG_PER_S = 48
/** The shoe's pitch at toe-off, through which a wrong heading reaches eversion. */
const TOE_OFF_PITCH_DEG = 55
const ROTATION_DEG = 0.8
/** Every step of the plot counts alike in the mean direction, small ones too: wobble alone turns it by this. */
const DIRECTION_DEG = 6

/**
 * Uncertainty of what comes from the joint's curves. Eversion takes sin(flexion) of the shin axis' error and sin(foot pitch) of the heading's
 * (`docs/methods/angles.md`); at contact it also moves while contact is uncertain. The axis' error is followed through the curve:
 * numbers are read again from a curve bent by it.
 */
export function jointUncertainty(
  metrics: Numbers,
  motion: StanceMotion,
  contactS: number,
  toeOffS: number,
): Numbers {
  const { eversionDeg: eversion, tibialRotationDeg: rotation, dorsiflexionDeg: flexion } = motion.curves
  if (eversion === null || rotation === null || flexion === null) return {}
  const bent = eversion.map((v, k) => v + SHIN_AXIS_DEG * Math.sin(flexion[k]! * DEG))
  const perS = 100 / (motion.toS - motion.icS)
  const plain = read(eversion)
  const other = read(bent)
  const tilt = Math.hypot(FRONTAL_DEG, (TILT_TRACKED * motion.alignmentSd.tilt) / DEG)
  const heading = (HEADING_TRACKED * motion.alignmentSd.heading) / DEG
  const atStrike = heading * Math.sin((motion.strikeAngleDeg ?? 0) * DEG)
  const landing = plain.startRate * perS * contactS
  const place = Math.hypot(PLACE_PCT, topWidth(eversion, TOP_DEG) / 3, other.at - plain.at)
  const placeOfRotation = Math.hypot(PLACE_PCT, topWidth(rotation, TOP_DEG) / 3)
  const excursion = Math.hypot(FRONTAL_DEG, other.rise - plain.rise, atStrike, landing)
  return {
    eversionAtContactDeg: Math.hypot(tilt, bent[0]! - eversion[0]!, atStrike, landing),
    peakEversionDeg: Math.hypot(tilt, other.peak - plain.peak),
    peakEversionPct: place,
    timeToPeakEversionMs: Math.hypot((1000 * place) / perS, 1000 * contactS),
    eversionExcursionDeg: excursion,
    peakEversionVelocityDegPerS: Math.hypot(WOBBLE_DEG_PER_S, perS * (other.fastest - plain.fastest)),
    peakEversionVelocityPct: Math.hypot(FASTEST_PCT, other.fastestAt - plain.fastestAt),
    evertedPct: Math.hypot(
      EVERTED_PCT,
      50 * (shareAbove(eversion, -tilt) - shareAbove(eversion, tilt)),
      100 * (shareAbove(bent) - shareAbove(eversion)),
    ),
    resupinationDeg: Math.hypot(
      FRONTAL_DEG,
      other.fall - plain.fall,
      heading * Math.sin(TOE_OFF_PITCH_DEG * DEG),
      plain.endRate * perS * toeOffS,
    ),
    tibialRotationExcursionDeg: ROTATION_DEG,
    peakTibialRotationPct: placeOfRotation,
    ...coupling(metrics, excursion),
    couplingLagPct: Math.hypot(place, placeOfRotation),
    peakDorsiflexionDeg: SAGITTAL_DEG,
    peakDorsiflexionPct: Math.hypot(PLACE_PCT, topWidth(flexion, TOP_DEG) / 6),
  }
}

/** Both excursions' uncertainties carried through their ratio, and through the direction that their plot has. */
function coupling(metrics: Numbers, excursion: number): Numbers {
  const everted = metrics.eversionExcursionDeg ?? 0
  const rotated = metrics.tibialRotationExcursionDeg ?? 0
  const across = Math.hypot(rotated * excursion, everted * ROTATION_DEG)
  return {
    couplingRatio: rotated > 0 ? across / rotated ** 2 : null,
    couplingAngleDeg: Math.hypot(DIRECTION_DEG, across / Math.max(everted ** 2 + rotated ** 2, 1) / DEG),
  }
}

interface Reading {
  peak: number
  at: number
  rise: number
  fall: number
  /** Per point. */
  fastest: number
  fastestAt: number
  startRate: number
  endRate: number
}

function read(curve: readonly number[]): Reading {
  const top = maximum(curve)
  const turning = slopes(curve)
  const fastest = maximum(turning, 0, Math.max(0, Math.floor(top.at)))
  return {
    peak: top.value,
    at: top.at,
    rise: top.value - curve[0]!,
    fall: top.value - curve.at(-1)!,
    fastest: fastest.value,
    fastestAt: fastest.at,
    startRate: turning[0]!,
    endRate: turning.at(-1)!,
  }
}
