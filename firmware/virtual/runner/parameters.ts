import { SIDES, type Side } from '../../../shared/places.ts'
import type { Drift, LegNumber, LegParameters } from './leg-parameters.ts'
import { PRESETS, type PresetName } from './presets.ts'
import { Dice, hash } from './random.ts'
import { runningCadence, runningLeg, walkingCadence, walkingLeg } from './typical.ts'

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

/** People differ: SD of each parameter between runners; `share` of it between the legs of one. */
const BETWEEN: Partial<Record<LegNumber, number>> = {
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
  for (const [key, sd] of Object.entries(BETWEEN) as [LegNumber, number][])
    own[key] = leg[key] + dice.normal(sd * share)
  own.knotShift = Array.from({ length: 16 }, (_, i) =>
    share === 1 ? dice.between(-1, 1) : leg.knotShift[i]! + share * dice.between(-0.5, 0.5),
  )
  return own
}
