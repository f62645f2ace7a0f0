import { GRAVITY } from '../../../shared/imu.ts'
import type { Side } from '../../../shared/places.ts'
import type { Burst } from './landing.ts'
import { DRIFT_LASTS_S, type LegNumber, type LegParameters } from './leg-parameters.ts'
import type { Pace } from './pace.ts'
import type { RunnerParameters } from './parameters.ts'
import { Dice, hash } from './random.ts'

/** One stride as it will be: the leg's parameters with this stride's scatter, and its times. */
export interface StrideParameters extends LegParameters {
  activity: 'running' | 'walking'
  icS: number
  toS: number
  /** Where the ankle is when the foot touches, m, forward and to the right. */
  forwardM: number
  rightM: number
  /** What the belt has travelled then, m. */
  beltM: number
  /** The ankle's acceleration when the foot touches, forward and up, m/s²; and how long the sole gives either way, s. */
  arrivalForward: number
  arrivalUp: number
  shearLastsS: number
  pressLastsS: number
  /** Shift of each knot of the courses, % of stance. */
  shiftPct: readonly number[]
  bursts: Record<'shoe' | 'shin', readonly Burst[]>
}

/** Stride-to-stride SD. */
const WITHIN: Partial<Record<LegNumber, number>> = {
  contactTimeMs: 3,
  strikeAngleDeg: 0.9,
  eversionAtContactDeg: 0.7,
  peakEversionDeg: 0.5,
  peakEversionPct: 1.5,
  eversionAtToeOffDeg: 0.7,
  tibialRotationExcursionDeg: 0.5,
  peakTibialRotationPct: 1.5,
  dorsiflexionAtContactDeg: 0.7,
  peakDorsiflexionDeg: 0.5,
  toeOffPitchDeg: 1.2,
  toeOffShinDeg: 0.8,
  followThroughDeg: 0.8,
  swingShinDeg: 1.5,
  swingHeightM: 0.006,
  footProgressionDeg: 0.7,
  shinLeanDeg: 0.4,
  brakingMPerS: 0.05,
  landingMPerS: 0.03,
  shinShockG: 0.35,
  shoeShockG: 0.7,
  toeUpLeadMs: 2.5,
  slapLagMs: 1.6,
}
const CONTACT_JITTER_S = 0.005

/** Time of the `index`-th initial contact of a leg; any integer. Scatter does not add up, so any stride can be had alone. */
export function contactS(p: RunnerParameters, pace: Pace, side: Side, index: number): number {
  const strides = index + (side === 'right' ? p.rightPhase : 0)
  return pace.timeOf(strides) + jitter(p, side, index).normal(CONTACT_JITTER_S)
}

/** The stride that holds `t`. */
export function strideIndex(p: RunnerParameters, pace: Pace, side: Side, t: number): number {
  const guess = Math.floor(pace.stridesAt(t) - (side === 'right' ? p.rightPhase : 0))
  if (t < contactS(p, pace, side, guess)) return guess - 1
  return t >= contactS(p, pace, side, guess + 1) ? guess + 1 : guess
}

const jitter = (p: RunnerParameters, side: Side, index: number): Dice =>
  new Dice(hash(p.seed, side === 'left' ? 1 : 2, index))

/** Makes one stride of a leg. */
export function strideParameters(
  p: RunnerParameters,
  pace: Pace,
  side: Side,
  index: number,
): StrideParameters {
  const dice = jitter(p, side, index)
  dice.normal(CONTACT_JITTER_S)
  const icS = contactS(p, pace, side, index)
  const { activity, legs } = pace.gaitAt(icS)
  const running = activity === 'running'
  const leg = { ...legs[side] }
  const belt = new Float64Array(3)
  pace.belt(icS, belt)
  const runS = Math.max(0, icS - pace.startS)
  const minutes = (DRIFT_LASTS_S / 60) * (1 - Math.exp(-runS / DRIFT_LASTS_S))
  for (const [key, perMinute] of Object.entries(p.driftPerMinute) as [LegNumber, number][])
    leg[key] += perMinute * minutes
  for (const [key, sd] of Object.entries(WITHIN) as [LegNumber, number][]) leg[key] += dice.normal(sd)
  return {
    ...leg,
    activity,
    icS,
    toS: icS + leg.contactTimeMs / 1000,
    forwardM: (running ? 0.32 : 0.24 + 0.1 * belt[1]!) + dice.normal(0.012),
    rightM: (side === 'right' ? 1 : -1) * (running ? 0.04 : 0.06) + dice.normal(0.008),
    beltM: belt[0]!,
    arrivalForward: -(running ? 32 : 14) + dice.normal(3),
    arrivalUp: -3 + dice.normal(2),
    shearLastsS: dice.between(0.038, 0.05),
    pressLastsS: dice.between(0.05, 0.066),
    // a runner's own ±4 %, then 1 % from stride to stride
    shiftPct: leg.knotShift.map((own) => 4 * own + dice.normal(1)),
    // only whole contacts jolt: not those while the runner starts or stops
    bursts: pace.isFull(icS, icS + 0.3) ? bursts(activity, leg, dice) : { shoe: [], shin: [] },
  }
}

/** Heel and slap, often a third; each pod feels them at its own time and pitch. */
function bursts(
  activity: StrideParameters['activity'],
  leg: LegParameters,
  dice: Dice,
): StrideParameters['bursts'] {
  const at = (startS: number, tauS: number, peakG: number, forward: number): Burst => {
    const share = forward + dice.normal(0.15)
    return {
      startS,
      tauS: tauS * dice.between(0.85, 1.15) * (activity === 'running' ? 1 : 1.5),
      forward: peakG * GRAVITY * share,
      up: peakG * GRAVITY,
    }
  }
  // which of the bursts is the largest differs from contact to contact, as it does on recorded feet
  const slapS = Math.max(0.012, leg.slapLagMs / 1000 + dice.between(-0.004, 0.012))
  const lateS = slapS + dice.between(0.01, 0.022)
  const [heel, slap] = [dice.between(0.5, 1), dice.between(0.3, 1)]
  const late = Math.max(0, dice.between(-0.4, 0.6))
  const { shoeShockG, shinShockG } = leg
  const shoe = [
    at(dice.between(0.0005, 0.005), 0.0032, heel * shoeShockG, -0.5),
    at(slapS, 0.003, slap * shoeShockG, 0),
    at(lateS, 0.0035, late * shoeShockG, 0),
  ]
  const shin = [
    at(dice.between(0.003, 0.012), 0.0055, (0.6 + 0.4 * heel) * shinShockG, -0.3),
    at(slapS + dice.between(0.002, 0.006), 0.005, 0.5 * slap * shinShockG, 0),
    at(lateS + dice.between(0.002, 0.006), 0.006, 0.5 * late * shinShockG, 0),
  ]
  return { shoe, shin }
}
