import { SIDES, type Side } from '../../../shared/places.ts'
import type { Drift, LegNumber, LegParameters } from './leg-parameters.ts'
import { BLEND_S, type Bout, type Gait } from './pace.ts'
import { PRESETS, type Preset, type PresetName } from './presets.ts'
import { Dice, hash } from './random.ts'
import { runningCadence, runningLeg, walkingCadence, walkingLeg } from './typical.ts'

/** A runner at the speed asked for; other speeds of its bouts are other gaits of the same person. */
export interface RunnerParameters extends Gait {
  name: string
  seed: number
  speedMPerS: number
  /** From 0 s on. */
  bouts: readonly Bout[]
  /** The right foot's contact lies this much of a stride after the left's. */
  rightPhase: number
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
  /** Standing still before the run; default 5. */
  standingS?: number
  /** The runner stops after this; default never. */
  seconds?: number
  /** What the runner does instead, from 0 s on. A runner walks below 2 m/s. */
  bouts?: readonly Bout[]
  /** How the pods sit: any way round, or along the segment's axes. Default `random`. */
  mounts?: 'random' | 'aligned'
  legs?: Partial<Record<Side, Partial<LegParameters>>>
  driftPerMinute?: Drift
}

/**
 * A runner's own numbers: the preset's, spread by the seed, then what was asked for.
 * @throws Error for an unknown preset or a speed outside the activity's range
 */
export function runnerParameters(options: RunnerOptions): RunnerParameters {
  const { name = 'easy', seed = 1 } = options
  const preset = presetOf(name)
  const speedMPerS = options.speedMPerS ?? SPEEDS[preset.activity].usual
  const bouts = options.bouts ?? standThenRun(options, speedMPerS)
  return {
    ...personAt(speedMPerS, preset, options),
    name,
    seed,
    speedMPerS,
    bouts,
    driftPerMinute: { ...preset.driftPerMinute, ...options.driftPerMinute },
  }
}

/** The same person at another speed: who runs, walks below the slowest run. */
export function gaitOf(options: RunnerOptions, speedMPerS: number): Gait {
  const preset = presetOf(options.name ?? 'easy')
  const walks = speedMPerS < SPEEDS.running.from
  return personAt(speedMPerS, walks ? PRESETS.walker : preset, options)
}

const SPEEDS = {
  running: { from: 2, to: 5, usual: 3 },
  walking: { from: 0.8, to: 2, usual: 1.3 },
}

function presetOf(name: string): Preset {
  if (!Object.hasOwn(PRESETS, name))
    throw new Error(`no runner is called "${name}"; there are ${Object.keys(PRESETS).join(', ')}`)
  return PRESETS[name as PresetName]
}

function standThenRun(options: RunnerOptions, speedMPerS: number): Bout[] {
  const seconds = options.seconds ?? Number.POSITIVE_INFINITY
  if (!(seconds >= 2 * BLEND_S))
    throw new Error(`a run of ${seconds} s: at least ${2 * BLEND_S} s, to start and to stop`)
  const standing = { speedMPerS: 0, seconds: options.standingS ?? 5 }
  if (seconds === Number.POSITIVE_INFINITY) return [standing, { speedMPerS, seconds }]
  // it stands still again when the time is over
  const stop = { speedMPerS: 0, seconds: Number.POSITIVE_INFINITY }
  return [standing, { speedMPerS, seconds: seconds - BLEND_S }, stop]
}

/** One person at one speed. */
function personAt(
  speedMPerS: number,
  preset: Preset,
  options: RunnerOptions,
): Gait & Pick<RunnerParameters, 'rightPhase'> {
  const { activity } = preset
  const { from, to } = SPEEDS[activity]
  if (!(speedMPerS >= from && speedMPerS <= to))
    throw new Error(`${activity} at ${speedMPerS} m/s: choose a speed from ${from} to ${to} m/s`)
  const seed = options.seed ?? 1
  const dice = new Dice(hash(seed, 0x52554e))
  const typical = activity === 'running' ? runningLeg(speedMPerS) : walkingLeg(speedMPerS)
  const person = spread(typical, dice, 1)
  const cadence = (activity === 'running' ? runningCadence : walkingCadence)(speedMPerS)
  // drawn apart, and evenly: on people it spans the whole range
  const haste = new Dice(hash(seed, 0x48415354)).between(-0.4, 0.4)
  const leg = (side: Side): LegParameters => ({
    ...withHaste(spread({ ...person, ...preset.both, ...preset[side] }, dice, 0.4), haste),
    ...options.legs?.[side],
  })
  const [left, right] = SIDES.map(leg) as [LegParameters, LegParameters]
  return {
    activity,
    cadenceSpm: options.cadenceSpm ?? cadence + dice.normal(3),
    rightPhase: 0.5 + dice.normal(0.005),
    legs: { left, right },
  }
}

const withHaste = (leg: LegParameters, more: number): LegParameters => ({
  ...leg,
  eversionHaste: Math.max(0, Math.min(1, leg.eversionHaste + more)),
})

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
  toeUpLeadMs: 10,
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
