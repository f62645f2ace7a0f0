import type { Place, Side } from '../../shared/places.ts'

/** Something that is wrong with how pods are worn, for as long as it is. */
export type Fault =
  /** Turned on its segment; angles from the standing hold no longer. */
  | { code: 'slipped'; place: Place; sinceS: number; turnedDeg: number }
  /** The two pods of a leg are exchanged or one is on the other leg; `null`: left and right are. */
  | { code: 'swapped'; side: Side | null }
