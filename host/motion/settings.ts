/** What the motion room can be told. Defaults were chosen on development data and are documented in `docs/methods/angles.md`. */
export interface MotionSettings {
  /** Shortest quiet stretch that counts as standing, s. */
  standingS: number
  /** Quiet: standard deviation of the rate below this in every block, rad/s. */
  quietRateRadPerS: number
  /** Quiet: standard deviation of the specific force below this in every block, m/s². */
  quietAccelMPerS2: number
  /** Where in stance the averaging stride for "up" is cut, as a share of contact time. */
  midStanceShare: number
  /** Steady gains of the tilt tracker on a direction per stride and on its drift. */
  tiltGain: number
  tiltRateGain: number
  /** The same for relative heading. */
  headingGain: number
  headingRateGain: number
  /** Least coherence of the two pods' swing accelerations for a heading to be believed. */
  headingCoherence: number
  /** The heading window: this long after toe-off to this long before contact, s. */
  swingAfterToeOffS: number
  swingBeforeContactS: number
  /** Shoe axis: only samples turning toe-down faster than this, rad/s. */
  shoeAxisRateRadPerS: number
  /** Push-off turns the shoe about an axis that runs backward on the outer side; its angle to the shoe's own axis, rad. */
  pushOffObliqueRad: number
  /** Weight an axis estimate keeps from one stride to the next. */
  axisMemory: number
  /** Strides after which an axis is believed. */
  settleStrides: number
  /** A hole in the samples longer than this is not bridged: what leans on it says so, s. */
  longestBridgeS: number
  /** Longest stride; a longer pause begins anew, s. */
  longestStrideS: number
  /** Shank lean from vertical at mid-stance where no standing tells, rad. */
  shankLeanRad: number
  /** −3 dB frequency of the acceleration low-pass, Hz. */
  impactLowPassHz: number
  /** Slowest sampling for which impact numbers are given, Hz. */
  impactLeastRateHz: number
}

export const motionDefaults: MotionSettings = {
  standingS: 3,
  quietRateRadPerS: 0.06,
  quietAccelMPerS2: 0.5,
  midStanceShare: 0.3,
  tiltGain: 0.5,
  tiltRateGain: 0.15,
  headingGain: 0.2,
  headingRateGain: 0.02,
  headingCoherence: 0.7,
  swingAfterToeOffS: 0.04,
  swingBeforeContactS: 0.05,
  shoeAxisRateRadPerS: 1.75,
  pushOffObliqueRad: 0.061,
  axisMemory: 0.98,
  settleStrides: 8,
  longestBridgeS: 0.04,
  longestStrideS: 2.5,
  shankLeanRad: 0.227,
  impactLowPassHz: 60,
  impactLeastRateHz: 150,
}
