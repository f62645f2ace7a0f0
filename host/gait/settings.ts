import { pitchAxisDefaults } from '../motion/pitch-axis.ts'

/**
 * Everything that decides when a foot lands and leaves. Shares are of the leg's own swing peak (`reference`), so that a
 * slow walker and a sprinter meet the same rules. What each one does, and breaks: `docs/methods/events.md`.
 */
export const gaitDefaults = {
  /** Step of the internal grid the pod's samples are averaged onto, s; makes every rule independent of the pod's rate. */
  stepS: 0.0025,
  /** Half width of the symmetric smoothing kernel (Hann), s: it costs exactly this in latency. */
  smoothS: 0.016,

  /** Swing peak taken for the reference until the first swing is seen, rad/s, its floor, and how fast it follows. */
  firstSwingRadPerS: 6,
  leastSwingRadPerS: 3,
  swingLearn: 0.2,

  /** A swing begins above this share of the reference. */
  armShare: 0.35,
  /** … and lasts at least this share of the last stride from the push-off on. */
  leastSwingShareWalking: 0.22,
  leastSwingShareRunning: 0.35,
  /** A push-off that no swing follows within this time was none, s. */
  swingDueS: 0.35,
  /** A dip in swing below this share of the swing's peak may be the contact … */
  fallShare: 0.22,
  /** … unless the rate comes back above this share (a forefoot's heel drop stays below it), or, from a dip that did not reach `dipShare` below zero, above `fallShare`. */
  backShare: 0.9,
  dipShare: 0.1,
  /** Contact is sure after this time without a lower rate, s, when the dip is deeper than `deepShare` of the peak or the rate has come back by `riseShare` of it … */
  landHoldS: 0.005,
  deepShare: 0.25,
  riseShare: 0.1,
  /** … and after this time otherwise: a shallow dip may be a step on the way down. */
  shallowHoldS: 0.04,
  /** … and in walking after this one, when the level that calls it was not passed: a heel touches down before the foot falls. */
  walkHoldS: 0.1,
  /** Walking: contact is called where the falling rate passes minus this share of the reference. */
  crossShare: 0.25,

  /** The foot lies flat when the rate is above minus this share, at least this long after the landing's lowest rate. */
  flatShare: 0.15,
  flatAfterS: 0.04,
  /** Push-off comes no earlier after the landing than this share of the last stride: before it, a walking foot slaps down. */
  pushAfterShare: { walking: 0.3, unknown: 0.16, running: 0.12 },
  /** Push-off, running: the toe-down rate is beyond this share, the shoe has turned this far from its flattest, rad, and … */
  pushShare: 0.35,
  pushTurnRad: (24 * Math.PI) / 180,
  /** … the rate has grown by less than this many references a second for this long, s. */
  pushGrowth: 2.8,
  pushHoldS: 0.01,
  /** Walking, and in stances longer than this, s: push-off has ended where the rate has come back to this share of its lowest, which lies below minus `pushShare`. */
  longStanceS: 0.42,
  pushBackShare: 0.8,
  /** … if by then the shoe has turned this far from its flattest, rad; else once it has, or the rate has passed zero. */
  walkTurnRad: (20 * Math.PI) / 180,
  /** Walking, where no push-off was seen: a toe-up rate beyond this share, come back by the next, is a small step's swing when the foot goes faster than this, m/s. */
  smallShare: 0.2,
  smallBackShare: 0.9,
  smallSpeedMPerS: 0.5,
  /** A swing that peaks below this share may end without a fall: the foot has landed when its rate has stayed within `fallShare` of the peak for `walkHoldS`. */
  smallSwingShare: 0.6,

  /** Shin: the forward swing has ended when the rate is below minus this share. */
  shinCrossShare: 0.1,
  /** Shin: in running the leg rests in late stance once its rate is above minus the first share, and leaves when it falls below minus the second. */
  shinRestShare: 0.12,
  shinPushShare: 0.2,
  /** Shin, walking: the rate passes up through zero no earlier in the stride than the first share; after a stance this long, s, a leg that never rested walks. */
  shinPushAfterShareWalking: 0.4,
  shinWalkStanceS: 0.55,

  /** Stride time taken for typical until there is one, s. */
  firstStrideS: 1,
  /** Plausible stance and stride, s; a stance or stride outside is not reported. */
  leastStanceS: 0.08,
  mostStanceS: 1.8,
  leastStrideS: 0.35,
  mostStrideS: 2.6,
  /** Plausible share of stance in a stride. */
  leastDuty: 0.15,
  mostDuty: 0.85,

  /** Stance share of the stride above which the leg walks, and the band around it where it keeps what it did. */
  walkDuty: 0.5,
  walkDutyBand: 0.02,

  /** Before the first stride: root mean square of |specific force| minus gravity below which it is taken for walking, m/s². */
  walkForce: 8,

  /** Slower than this the foot is taken to rest where a look begins, rad/s. */
  restingRadPerS: 1,

  /** Samples further apart than this are a gap: the stride in progress is lost, s. A walking foot turns slower. */
  gapS: 0.05,
  walkGapS: 0.085,
  /** Mid-stance, share of stance; foot flat lasts while the pitch is within this of its value there, rad. */
  midStanceShare: 0.4,
  flatRad: (2 * Math.PI) / 180,
  /** Not turning for this long: the leg is still, and must show a whole stride again before anything is reported, s. */
  stillS: 1,

  /** The first step out of rest; see `departure.ts`. */
  departure: {
    restRadPerS: 0.4,
    restS: 0.25,
    withinS: 1.2,
    tipRad: (20 * Math.PI) / 180,
    tipSpeedMPerS: 0.5,
    dipRad: (8 * Math.PI) / 180,
    swingSpeedMPerS: 1.2,
    along: 0.9,
  },
  /** Confidence in the axis that one step has shown. */
  departureQuality: 0.6,
  /** … and the strides that must follow it are looked for this long, s. */
  strideDueS: 2.5,

  /** When the axis becomes known, what is gone over begins this long before the turning was noticed, s. */
  lookBackS: 0.8,

  pitch: pitchAxisDefaults,
}
export type GaitSettings = typeof gaitDefaults
