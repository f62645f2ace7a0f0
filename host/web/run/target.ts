import { SIDES } from '../../../shared/places.ts'
import type { Baseline, StrideMetric } from '../../server/messages.ts'

/** What a runner can aim at, one at a time. */
export const AIMS = ['landing', 'cadence', 'timing'] as const
export type Aim = (typeof AIMS)[number]

export interface AimRule {
  metric: StrideMetric
  /** Which way is better: −1 less, 1 more. */
  better: -1 | 1
  /** Of the runner's own usual, %: the least and most a target may be, in steps, and where it begins. */
  percents: readonly number[]
  percent: number
  /** How far past the target a step may be before it is told, % of the target; also the height of a level of loudness. */
  deadBandPct: number
  digits: number
  /** What the gauge spans, % of usual. */
  gaugePct: readonly [number, number]
}

/**
 * Crowell and Davis (2011) had runners aim at half of their own tibial peak; 80 % is a gentler beginning. Cadence is never
 * asked beyond + 10 %, the furthest that Heiderscheit et al. (2011) tried. Dead bands are starting points, not findings.
 */
export const RULES: Readonly<Record<Aim, AimRule>> = {
  landing: {
    metric: 'peakTibialAxialG',
    better: -1,
    percents: [50, 60, 70, 80, 90, 100],
    percent: 80,
    deadBandPct: 10,
    digits: 1,
    gaugePct: [30, 150],
  },
  cadence: {
    metric: 'cadenceSpm',
    better: 1,
    percents: [100, 102.5, 105, 107.5, 110],
    percent: 105,
    deadBandPct: 2,
    digits: 0,
    gaugePct: [90, 115],
  },
  timing: {
    metric: 'peakEversionPct',
    better: -1,
    percents: [70, 80, 90, 100],
    percent: 80,
    deadBandPct: 10,
    digits: 0,
    gaugePct: [40, 140],
  },
}

export interface Target {
  aim: Aim
  /** The runner's own, both legs. */
  usual: number
  goal: number
  /** Where a step begins to be told: the goal and its dead band. */
  edge: number
}

/** The runner's own value of an aim: the mean of the legs that have one. */
export function usualOf(aim: Aim, baseline: Baseline | null): number | null {
  const values = SIDES.map((side) => baseline?.legs[side].metrics[RULES[aim].metric]?.mean).filter(
    (mean) => mean !== undefined,
  )
  return values.length === 0 ? null : values.reduce((a, b) => a + b) / values.length
}

/** @param percent of usual; held within what the aim allows */
export function targetOf(aim: Aim, usual: number, percent: number): Target {
  const { percents, better, deadBandPct } = RULES[aim]
  const held = Math.min(percents.at(-1)!, Math.max(percents[0]!, percent))
  const goal = (usual * held) / 100
  return { aim, usual, goal, edge: goal * (1 - (better * deadBandPct) / 100) }
}

/** How far a step is beyond its dead band, in dead bands: 0 or less is within. */
export function beyond(target: Target, value: number): number {
  const { better, deadBandPct } = RULES[target.aim]
  return (better * (target.edge - value)) / ((target.goal * deadBandPct) / 100)
}
