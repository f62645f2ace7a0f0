import type { LegParameters } from './leg-parameters.ts'

/** Steps per minute on a treadmill: line through the mean of twelve legs at 2.5, 3.5, 4.5 m/s (Fukuchi et al. 2017). */
export const runningCadence = (v: number): number => 122 + 12 * v
/** Contact time, ms, from the same means, 312, 251, 217 ms, as a power of speed. */
export const runningContactMs = (v: number): number => 312 * (v / 2.5) ** -0.62
/** Step length grows as v^0.42 (Grieve and Gear 1966), so cadence as v^0.58; 112 a minute at 1.3 m/s. */
export const walkingCadence = (v: number): number => 112 * (v / 1.3) ** 0.58
/** Share of the stride in stance: 0.62 at 1.3 m/s, less when faster (Hebenstreit et al. 2015 find the same trend). */
export const walkingDuty = (v: number): number => 0.685 - 0.05 * v

/** A leg that runs at `v` m/s, of nobody in particular. */
export function runningLeg(v: number): LegParameters {
  return {
    contactTimeMs: runningContactMs(v),
    strikeAngleDeg: 13,
    eversionAtContactDeg: -5,
    peakEversionDeg: 10,
    peakEversionPct: 42,
    eversionAtToeOffDeg: -2,
    eversionHaste: 0.6,
    tibialRotationExcursionDeg: 6 + v,
    peakTibialRotationPct: 36,
    dorsiflexionAtContactDeg: 5,
    peakDorsiflexionDeg: 21.5,
    toeOffPitchDeg: -56,
    toeOffShinDeg: -36,
    followThroughDeg: 9 + 2.8 * v,
    swingShinDeg: -(30 + 16 * v),
    swingHeightM: 0.05 + 0.1 * v,
    footProgressionDeg: 4,
    standingToeOutDeg: 7,
    standingTibialRotationDeg: 5,
    shinLeanDeg: 4,
    brakingMPerS: 0.5 + 0.25 * v,
    landingMPerS: 0.1 + 0.2 * v,
    shinShockG: 0.8 + 0.4 * v,
    shoeShockG: 1.5 + 1.2 * v,
    toeUpLeadMs: 26,
    slapLagMs: 16,
    kneeAxisDeg: 0,
    knotShift: [],
  }
}

/** A leg that walks. */
export function walkingLeg(v: number): LegParameters {
  return {
    contactTimeMs: (120e3 / walkingCadence(v)) * walkingDuty(v),
    strikeAngleDeg: 16 + 4 * v,
    eversionAtContactDeg: -2,
    peakEversionDeg: 5,
    peakEversionPct: 38,
    eversionAtToeOffDeg: -6,
    eversionHaste: 0.2,
    tibialRotationExcursionDeg: 6,
    peakTibialRotationPct: 34,
    dorsiflexionAtContactDeg: 1,
    peakDorsiflexionDeg: 12,
    toeOffPitchDeg: -58,
    toeOffShinDeg: -45,
    followThroughDeg: 8,
    swingShinDeg: -(50 + 8 * v),
    swingHeightM: 0.21 + 0.03 * v,
    footProgressionDeg: 6,
    standingToeOutDeg: 7,
    standingTibialRotationDeg: 5,
    shinLeanDeg: 3,
    brakingMPerS: 0.2 + 0.25 * v,
    landingMPerS: 0.05 + 0.15 * v,
    shinShockG: 0.4 * v,
    shoeShockG: 1.5 * v,
    toeUpLeadMs: 25,
    slapLagMs: 28,
    kneeAxisDeg: 0,
    knotShift: [],
  }
}
