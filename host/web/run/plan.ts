import { oneOf, stored } from '../stored.ts'
import { AIMS, type Aim, RULES } from './target.ts'

/** What is set before a run; kept for the next in this browser. */

export const aim = stored<Aim>('footfall-run-aim', 'landing', oneOf(AIMS))

/** Of usual, %, of each aim. */
export const percents = {
  landing: stored<number>('footfall-run-landing', RULES.landing.percent, oneOf(RULES.landing.percents)),
  cadence: stored<number>('footfall-run-cadence', RULES.cadence.percent, oneOf(RULES.cadence.percents)),
  timing: stored<number>('footfall-run-timing', RULES.timing.percent, oneOf(RULES.timing.percents)),
}

/** Minutes to run; `null`: until Stop. */
export const LENGTHS = [null, 5, 10, 20, 30] as const
export const minutes = stored<(typeof LENGTHS)[number]>('footfall-run-minutes', null, oneOf(LENGTHS))

/** What sounds: each step that is out, or the beat of the target. */
export const SOUNDS = ['cues', 'metronome', 'both'] as const
export type SoundChoice = (typeof SOUNDS)[number]
export const sounds = stored<SoundChoice>('footfall-run-sounds', 'cues', oneOf(SOUNDS))

/** The metronome beats the target of quicker steps; the other aims have no beat of their own. */
export const soundsOf = (of: Aim): SoundChoice => (of === 'cadence' ? sounds.value : 'cues')
