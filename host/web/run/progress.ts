import type { Side } from '../../server/messages.ts'
import { beyond, RULES, type Target } from './target.ts'

/** One step's value of what is aimed at. */
export interface Measured {
  leg: Side
  icS: number
  value: number
}

/** The number and each leg's mark are means of this many steps. */
export const MEAN_OF = 5
/** The wash changes no oftener, s: a runner reads it with a moving head. */
export const LEAST_HOLD_S = 3

export interface Progress {
  /** Newest last, of both legs together and of each. */
  both: readonly number[]
  left: readonly number[]
  right: readonly number[]
  /** On target; `null` before the first step. */
  on: boolean | null
  /** When that last changed. */
  sinceS: number
  steps: number
  stepsOn: number
}

export const BEGINNING: Progress = {
  both: [],
  left: [],
  right: [],
  on: null,
  sinceS: 0,
  steps: 0,
  stepsOn: 0,
}

export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((a, b) => a + b) / values.length

/**
 * Takes one step. On target is decided on the mean of the last {@link MEAN_OF}: beyond the dead band it is lost, at the goal
 * it is won, between the two it stays as it was; and it stays for {@link LEAST_HOLD_S}.
 */
export function advance(progress: Progress, target: Target, step: Measured): Progress {
  const kept = (values: readonly number[]): number[] => [...values, step.value].slice(-MEAN_OF)
  const both = kept(progress.both)
  const value = mean(both)!
  const within = beyond(target, value) <= 0
  const reached = RULES[target.aim].better * (value - target.goal) >= 0
  const wanted = progress.on === null ? within : progress.on ? within : reached
  const mayChange = progress.on === null || step.icS - progress.sinceS >= LEAST_HOLD_S
  const changes = wanted !== progress.on && mayChange
  return {
    ...progress,
    both,
    [step.leg]: kept(progress[step.leg]),
    on: changes ? wanted : progress.on,
    sinceS: changes ? step.icS : progress.sinceS,
    steps: progress.steps + 1,
    stepsOn: progress.stepsOn + (beyond(target, step.value) <= 0 ? 1 : 0),
  }
}
