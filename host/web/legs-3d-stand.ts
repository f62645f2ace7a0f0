/**
 * Where a leg is drawn. Pods tell how shin and shoe are turned, not where they are: the knee is held over one spot of the belt, the shin hangs
 * from it, and the knee's height is such that the shoe stands on the ground while it does.
 */

/** How fast the knee comes to its place after contact, and after toe-off, s. */
const LANDING_S = 0.02
const RISING_S = 0.09
/** A longer step between two pictures is a jump in time, s. */
const JUMP_S = 0.25
/** In the air the shoe keeps off the ground by this, m. */
const CLEAR_M = 0.012

export interface Stand {
  timeS: number
  /** Of the knee over the ground, m. */
  heightM: number
}

export const unknownStand: Stand = { timeS: Number.NaN, heightM: Number.NaN }

/**
 * @param before where it stood in the picture before
 * @param reachM from the knee down to the lowest point of the shoe
 * @param restM the knee's height in standing
 */
export function stood(before: Stand, timeS: number, onGround: boolean, reachM: number, restM: number): Stand {
  const goal = onGround ? reachM : Math.max(restM, reachM + CLEAR_M)
  const dt = timeS - before.timeS
  if (!(dt >= 0 && dt < JUMP_S)) return { timeS, heightM: goal }
  const kept = Math.exp(-dt / (onGround ? LANDING_S : RISING_S))
  const heightM = goal + kept * (before.heightM - goal)
  return { timeS, heightM: Math.max(reachM, heightM) }
}
