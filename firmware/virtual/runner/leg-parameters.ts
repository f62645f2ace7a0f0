/** What one leg is asked to do. Angles as in `docs/measure.md`, deg; % of stance. Strides scatter around these. */
export interface LegParameters {
  contactTimeMs: number
  strikeAngleDeg: number
  eversionAtContactDeg: number
  peakEversionDeg: number
  peakEversionPct: number
  eversionAtToeOffDeg: number
  /** 0: eversion rises evenly to its peak. 1: it waits after contact, then does most of the way at three times its mean rate. */
  eversionHaste: number
  tibialRotationExcursionDeg: number
  peakTibialRotationPct: number
  dorsiflexionAtContactDeg: number
  peakDorsiflexionDeg: number
  /** Pitch of the shoe and lean of the shin (top backward positive) when the foot leaves. */
  toeOffPitchDeg: number
  toeOffShinDeg: number
  /** How much further toe down the shoe turns in the first 9 % of swing. */
  followThroughDeg: number
  /** Furthest the shin lies back in swing. */
  swingShinDeg: number
  /** Highest the ankle gets in swing, m above the belt. */
  swingHeightM: number
  /** Foot progression in running and in standing, toe out positive; and the shoe's heading on the shin in standing. */
  footProgressionDeg: number
  standingToeOutDeg: number
  standingTibialRotationDeg: number
  /** Sideways lean of the shin in swing, knee inward positive. */
  shinLeanDeg: number
  /** Speed of the ankle forward over the belt, and downward, when the foot touches. */
  brakingMPerS: number
  landingMPerS: number
  /** First lobe of the heel burst as each pod feels it, g. */
  shinShockG: number
  shoeShockG: number
  /** When the toe-up peak and the lowest pitch rate lie, before and after contact, ms. */
  toeUpLeadMs: number
  slapLagMs: number
  /**
   * The knee's axis, which tells flexion from eversion, off the one about which the shin swings: turned outward about the long axis.
   * On people 3–5° either way.
   */
  kneeAxisDeg: number
  /** The runner's own shift of each knot of the courses, −1…1. */
  knotShift: readonly number[]
}

/** Every parameter that is one number. */
export type LegNumber = Exclude<keyof LegParameters, 'knotShift'>

/** Change of a leg's parameter in the first minute; it levels off over {@link DRIFT_LASTS_S}. */
export type Drift = Partial<
  Record<'contactTimeMs' | 'strikeAngleDeg' | 'peakEversionDeg' | 'peakEversionPct' | 'shinShockG', number>
>

/** Time constant with which a drift levels off, so that an endless run stays a run. */
export const DRIFT_LASTS_S = 1800
