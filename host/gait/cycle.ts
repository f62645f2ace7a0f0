/** What a step of a cycle found. */
export const NOTHING = 0
export const CONTACT = 1
export const TOE_OFF = 2
/** No swing followed the push-off: the foot still stands. */
export const STAYED = 3
/** It may be in a small step: whether it goes must be looked at. */
export const STIRS = 4

/** `unknown`: it has landed for the first time, and how long it stands will tell. */
export type Pace = 'walking' | 'running' | 'unknown'

/** A leg's pitch rate walked through cell by cell, in order, each once; landmarks in cells with fractions, NaN until found. */
export interface Cycle {
  /** Whose rules hold; set between strides. */
  pace: Pace
  /** The last stride's time, s; what is typical until there is one. */
  strideS: number
  /** Peak of the swing before the last contact, rad/s, and its cell. */
  readonly swingPeak: number
  readonly swingCell: number
  /** Lowest rate of the landing (shin: the passage that stands for it). */
  readonly landingCell: number
  readonly landingRate: number
  /** Falling passage at which walking contact is called. */
  readonly crossingCell: number
  readonly pushCell: number
  /** Forgets the stride in progress: it waits for a swing, or, when the foot is known to rest, for a push-off. */
  restart(resting: boolean): void
  /** Looks at cell `k`; returns {@link NOTHING}, {@link CONTACT}, {@link TOE_OFF}, {@link STAYED} or {@link STIRS}. */
  step(k: number): number
}
