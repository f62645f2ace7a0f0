import type { Measured } from './progress.ts'
import { beyond, type Target } from './target.ts'

/** Loudness of a cue by how far the step was out, in dead bands. */
export type Level = 1 | 2 | 3

/** A cue follows its contact by this much at the least, s: the footfall itself is over by then. */
export const AFTER_CONTACT_S = 0.06
/** A cue that would come later than this after its contact belongs to no step the runner still feels, s. */
const STALE_S = 0.6

export interface Cue {
  leg: Measured['leg']
  level: Level
  /** From now, s. */
  inS: number
}

/**
 * What is sounded for one step: nothing when it was within the dead band, for silence is the reward; else a tick, louder
 * the further it was out, {@link AFTER_CONTACT_S} after its contact or, when it became known later, at once.
 *
 * @param nowS session time now
 */
export function cueFor(target: Target, step: Measured, nowS: number): Cue | null {
  const out = beyond(target, step.value)
  const sinceS = nowS - step.icS
  if (out <= 0 || sinceS > STALE_S) return null
  const level = Math.min(3, Math.ceil(out)) as Level
  return { leg: step.leg, level, inS: Math.max(0, AFTER_CONTACT_S - sinceS) }
}
