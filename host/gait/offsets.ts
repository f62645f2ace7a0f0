import type { ShoeCycle } from './shoe-cycle.ts'

/** Contact lies this far before the landing's lowest rate, s, by how far the toe is up there. */
export function contactLeadS(pitchRad: number): number {
  const deg = (pitchRad * 180) / Math.PI
  return 0.005 + 0.012 * Math.max(0, Math.min(1, (deg - 3) / 10))
}
/** The same when the pitch is not known yet. */
export const unknownContactLeadS = 0.011
/** Walking: contact lies this far behind the zero crossing, s. */
export const walkContactLagS = 0.028
/** Toe-off lies this far behind the lowest push-off rate, s. */
export const toeOffLagS = 0.018
export const walkToeOffLagS = 0.034
export type { ShoeCycle }
