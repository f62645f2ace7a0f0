import { SIDES, type Side } from '../../../shared/places.ts'
import { PRESETS, type PresetName } from './presets.ts'
import { Dice, hash } from './random.ts'

/** What one leg is asked to do. Angles as in `docs/measure.md`, deg; % of stance. Strides scatter around these. */
export interface LegParameters {
  contactTimeMs: number
  strikeAngleDeg: number
  eversionAtContactDeg: number
  peakEversionDeg: number
  peakEversionPct: number
  eversionAtToeOffDeg: number
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
  /** The runner's own shift of each knot of the courses, −1…1. */
  knotShift: readonly number[]
}

/** Change of a leg's parameter in the first minute; it levels off over {@link DRIFT_LASTS_S}. */
export type Drift = Partial<
  Record<'contactTimeMs' | 'strikeAngleDeg' | 'peakEversionDeg' | 'peakEversionPct' | 'shinShockG', number>
>

/** Time constant with which a drift levels off, so that an endless run stays a run. */
export const DRIFT_LASTS_S = 1800

export interface RunnerParameters {
  name: string
  seed: number
  activity: 'running' | 'walking'
  speedMPerS: number
  cadenceSpm: number
  /** Standing still before, and blending from standing into the run. */
  standingS: number
  blendS: number
  /** Length of the run after the standing; `Infinity` when it never ends. */
  seconds: number
  /** The right foot's contact lies this much of a stride after the left's. */
  rightPhase: number
  legs: Record<Side, LegParameters>
  driftPerMinute: Drift
}

export interface RunnerOptions {
  /** A preset; default `easy`. */
  name?: string
  /** Default 1. Another seed is another runner of the same kind. */
  seed?: number
  /** Running 2…5, walking 0.8…2; default 3 and 1.3. */
  speedMPerS?: number
  cadenceSpm?: number
  /** Default 5. */
  standingS?: number
  /** The runner stops after this; default never. */
  seconds?: number
  /** How the pods sit: any way round, or along the segment's axes. Default `random`. */
  mounts?: 'random' | 'aligned'
  legs?: Partial<Record<Side, Partial<LegParameters>>>
  driftPerMinute?: Drift
}

const BLEND_S = 2.5

/**
 * A runner's own numbers: the preset's, spread by the seed, then what was asked for.
 * @throws Error for an unknown preset or a speed outside the activity's range
 */
export function runnerParameters(options: RunnerOptions): RunnerParameters {
  const name = options.name ?? 'easy'
  if (!Object.hasOwn(PRESETS, name))
    throw new Error(`no runner is called "${name}"; there are ${Object.keys(PRESETS).join(', ')}`)
  const preset = PRESETS[name as PresetName]
  const { activity } = preset
  const range = activity === 'running' ? [2, 5, 3] : [0.8, 2, 1.3]
  const speedMPerS = options.speedMPerS ?? range[2]!
  if (!(speedMPerS >= range[0]! && speedMPerS <= range[1]!))
    throw new Error(`${activity} at ${speedMPerS} m/s: choose a speed from ${range[0]} to ${range[1]} m/s`)
  const seconds = options.seconds ?? Number.POSITIVE_INFINITY
  if (!(seconds >= 2 * BLEND_S))
    throw new Error(`a run of ${seconds} s: at least ${2 * BLEND_S} s, to start and to stop`)
  const seed = options.seed ?? 1
  const dice = new Dice(hash(seed, 0x52554e))
  const typical = activity === 'running' ? runningLeg(speedMPerS) : walkingLeg(speedMPerS)
  const person = spread(typical, dice, 1)
  const cadence = (activity === 'running' ? runningCadence : walkingCadence)(speedMPerS)
  const leg = (side: Side): LegParameters => ({
    ...spread({ ...person, ...preset.both, ...preset[side] }, dice, 0.4),
    ...options.legs?.[side],
  })
  const [left, right] = SIDES.map(leg) as [LegParameters, LegParameters]
  return {
    name,
    seed,
    activity,
    speedMPerS,
    cadenceSpm: options.cadenceSpm ?? cadence + dice.normal(3),
    standingS: options.standingS ?? 5,
    blendS: BLEND_S,
    seconds,
    rightPhase: 0.5 + dice.normal(0.005),
    legs: { left, right },
    driftPerMinute: { ...preset.driftPerMinute, ...options.driftPerMinute },
  }
}

/** Steps per minute on a treadmill: line through the mean of twelve legs at 2.5, 3.5, 4.5 m/s (Fukuchi et al. 2017). */
export const runningCadence = (v: number): number => 122 + 12 * v
/** Contact time, ms, from the same means, 312, 251, 217 ms, as a power of speed. */
export const runningContactMs = (v: number): number => 312 * (v / 2.5) ** -0.62
/** Step length grows as v^0.42 (Grieve and Gear 1966), so cadence as v^0.58; 112 a minute at 1.3 m/s. */
export const walkingCadence = (v: number): number => 112 * (v / 1.3) ** 0.58
/** Share of the stride in stance: 0.62 at 1.3 m/s, less when faster (Hebenstreit et al. 2015 find the same trend). */
export const walkingDuty = (v: number): number => 0.685 - 0.05 * v

function runningLeg(v: number): LegParameters {
  return {
    contactTimeMs: runningContactMs(v),
    strikeAngleDeg: 13,
    eversionAtContactDeg: -5,
    peakEversionDeg: 10,
    peakEversionPct: 42,
    eversionAtToeOffDeg: -2,
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
    toeUpLeadMs: 22,
    slapLagMs: 16,
    knotShift: [],
  }
}

function walkingLeg(v: number): LegParameters {
  return {
    contactTimeMs: (120e3 / walkingCadence(v)) * walkingDuty(v),
    strikeAngleDeg: 16 + 4 * v,
    eversionAtContactDeg: -2,
    peakEversionDeg: 5,
    peakEversionPct: 38,
    eversionAtToeOffDeg: -6,
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
    knotShift: [],
  }
}

/** People differ: SD of each parameter between runners; `share` of it between the legs of one. */
const BETWEEN: Partial<Record<keyof LegParameters, number>> = {
  contactTimeMs: 8,
  strikeAngleDeg: 2.5,
  eversionAtContactDeg: 1.5,
  peakEversionDeg: 1.5,
  peakEversionPct: 3,
  eversionAtToeOffDeg: 1.5,
  tibialRotationExcursionDeg: 1,
  peakTibialRotationPct: 3,
  dorsiflexionAtContactDeg: 1.5,
  peakDorsiflexionDeg: 1.5,
  toeOffPitchDeg: 2.5,
  toeOffShinDeg: 2,
  followThroughDeg: 3.5,
  swingShinDeg: 4,
  swingHeightM: 0.015,
  footProgressionDeg: 3,
  standingToeOutDeg: 3,
  standingTibialRotationDeg: 3,
  shinLeanDeg: 1,
  brakingMPerS: 0.06,
  landingMPerS: 0.04,
  shinShockG: 0.4,
  shoeShockG: 0.8,
  toeUpLeadMs: 4,
  slapLagMs: 4,
}

function spread(leg: LegParameters, dice: Dice, share: number): LegParameters {
  const own = { ...leg }
  for (const [key, sd] of Object.entries(BETWEEN) as ['strikeAngleDeg', number][])
    own[key] = leg[key] + dice.normal(sd * share)
  own.knotShift = Array.from({ length: 16 }, (_, i) =>
    share === 1 ? dice.between(-1, 1) : leg.knotShift[i]! + share * dice.between(-0.5, 0.5),
  )
  return own
}
