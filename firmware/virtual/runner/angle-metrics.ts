import { DEG } from '../../../shared/imu.ts'

/** A stance's ankle angles, deg, evenly over the stance, first sample at contact, last at toe-off. */
export interface StanceAngles {
  contactTimeMs: number
  eversion: Float64Array
  tibialRotation: Float64Array
  dorsiflexion: Float64Array
}

export interface AngleMetrics {
  eversionAtContactDeg: number
  peakEversionDeg: number
  peakEversionPct: number
  timeToPeakEversionMs: number
  eversionExcursionDeg: number
  peakEversionVelocityDegPerS: number
  peakEversionVelocityPct: number
  evertedPct: number
  resupinationDeg: number
  tibialRotationExcursionDeg: number
  peakTibialRotationPct: number
  couplingRatio: number
  couplingLagPct: number
  couplingAngleDeg: number
  peakDorsiflexionDeg: number
  peakDorsiflexionPct: number
}

const indexOfMax = (x: Float64Array): number => x.reduce((best, v, i) => (v > x[best]! ? i : best), 0)

/** The metrics of `docs/measure.md` that come from the angles alone. */
export function angleMetrics(a: StanceAngles): AngleMetrics {
  const { eversion, tibialRotation, dorsiflexion } = a
  const last = eversion.length - 1
  const pct = (i: number): number => (100 * i) / last
  const peak = indexOfMax(eversion)
  const turned = indexOfMax(tibialRotation)
  const bent = indexOfMax(dorsiflexion)
  const stepS = a.contactTimeMs / 1000 / last
  let fastest = 0
  let fastestAt = 0
  let sine = 0
  let cosine = 0
  for (let i = 0; i < peak; i++) {
    const d = eversion[i + 1]! - eversion[i]!
    if (d / stepS > fastest) {
      fastest = d / stepS
      fastestAt = i + 0.5
    }
    // vector coding: angle of the path eversion against tibial rotation, every step counting alike
    const angle = Math.atan2(d, tibialRotation[i + 1]! - tibialRotation[i]!)
    sine += Math.sin(angle)
    cosine += Math.cos(angle)
  }
  const excursion = eversion[peak]! - eversion[0]!
  const turn = tibialRotation[turned]! - tibialRotation[0]!
  return {
    eversionAtContactDeg: eversion[0]!,
    peakEversionDeg: eversion[peak]!,
    peakEversionPct: pct(peak),
    timeToPeakEversionMs: (a.contactTimeMs * peak) / last,
    eversionExcursionDeg: excursion,
    peakEversionVelocityDegPerS: fastest,
    peakEversionVelocityPct: pct(fastestAt),
    evertedPct: (100 * eversion.filter((v) => v > 0).length) / eversion.length,
    resupinationDeg: eversion[peak]! - eversion[last]!,
    tibialRotationExcursionDeg: turn,
    peakTibialRotationPct: pct(turned),
    couplingRatio: excursion / turn,
    couplingLagPct: pct(turned) - pct(peak),
    couplingAngleDeg: Math.atan2(sine, cosine) / DEG,
    peakDorsiflexionDeg: dorsiflexion[bent]!,
    peakDorsiflexionPct: pct(bent),
  }
}
