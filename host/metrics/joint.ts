import type { StrideMetric } from '../analysis/document.ts'
import type { StanceMotion } from '../motion/stance.ts'
import { maximum, shareAbove, slopes } from './curve.ts'

export type Numbers = Partial<Record<StrideMetric, number | null>>

/**
 * Joint angles in numbers. What needs the absolute angle is `null` where angles do not count from standing: peaks, the value at
 * contact, the everted share. Excursions, times, velocities and coupling do not.
 */
export function jointMetrics(motion: StanceMotion): Numbers {
  const { eversionDeg, tibialRotationDeg, dorsiflexionDeg } = motion.curves
  const contactS = motion.toS - motion.icS
  const absolute = (value: number) => (motion.fromStanding ? value : null)
  const out: Numbers = {}
  if (dorsiflexionDeg !== null) {
    const peak = maximum(dorsiflexionDeg)
    out.peakDorsiflexionDeg = absolute(peak.value)
    out.peakDorsiflexionPct = peak.at
  }
  if (eversionDeg === null || tibialRotationDeg === null) return out
  const eversion = maximum(eversionDeg)
  const rotation = maximum(tibialRotationDeg)
  const atContact = eversionDeg[0]!
  const excursion = eversion.value - atContact
  const rotated = rotation.value - tibialRotationDeg[0]!
  const velocity = maximum(slopes(eversionDeg), 0, Math.max(0, Math.floor(eversion.at)))
  return {
    ...out,
    eversionAtContactDeg: absolute(atContact),
    peakEversionDeg: absolute(eversion.value),
    peakEversionPct: eversion.at,
    timeToPeakEversionMs: eversion.at * contactS * 10,
    eversionExcursionDeg: excursion,
    peakEversionVelocityDegPerS: (velocity.value * 100) / contactS,
    peakEversionVelocityPct: velocity.at,
    evertedPct: absolute(100 * shareAbove(eversionDeg)),
    resupinationDeg: eversion.value - eversionDeg.at(-1)!,
    tibialRotationExcursionDeg: rotated,
    peakTibialRotationPct: rotation.at,
    couplingRatio: rotated > LEAST_ROTATION_DEG ? excursion / rotated : null,
    couplingLagPct: rotation.at - eversion.at,
    couplingAngleDeg: couplingAngle(tibialRotationDeg, eversionDeg, Math.round(eversion.at)),
  }
}

/** A ratio to less rotation than this is noise. */
const LEAST_ROTATION_DEG = 1

/**
 * Mean vector-coding angle from contact to peak eversion, deg: direction of each step of the plot of eversion (up) against internal
 * tibial rotation (right), averaged on the circle (Batschelet 1981; Ferber et al. 2005). 45°: degree for degree; above: more eversion.
 */
export function couplingAngle(
  rotation: ArrayLike<number>,
  eversion: ArrayLike<number>,
  last: number,
): number | null {
  let sines = 0
  let cosines = 0
  for (let k = 1; k <= last; k++) {
    const across = rotation[k]! - rotation[k - 1]!
    const up = eversion[k]! - eversion[k - 1]!
    const length = Math.hypot(across, up)
    if (length === 0) continue
    sines += up / length
    cosines += across / length
  }
  return sines === 0 && cosines === 0 ? null : (Math.atan2(sines, cosines) * 180) / Math.PI
}
