/**
 * The sole as a rigid rocker: how high the ankle is over the belt and how far it rolls, for a given pitch of the shoe.
 *
 * A convex body that rolls without slipping is wholly given by its support function h(θ), the height of a point over the plane:
 * the ankle rises by h, the contact lies h′ behind it, and it moves forward by −∫h dθ (θ positive toe up). Here
 *
 *     h(θ) = D cos θ − m sin θ + g √(θ² + ε²)
 *
 * a heel edge m − g and a toe m + g ahead of the ankle, joined by a sole of radius h + h″ = g (√(θ²+ε²) + ε²/(θ²+ε²)^{3/2}) > 0:
 * nearly flat within ε, rounder toward the toe, so always convex and smooth.
 */
const HEEL_M = -0.055
export const TOE_M = 0.18
const MIDDLE_M = (HEEL_M + TOE_M) / 2
const HALF_M = (TOE_M - HEEL_M) / 2
const FLATNESS_RAD = 0.05
/** Height of the ankle joint over the belt when the sole is flat. */
export const ANKLE_HEIGHT_M = 0.085
const DROP_M = ANKLE_HEIGHT_M - HALF_M * FLATNESS_RAD

/** From pitch, its rate and acceleration: height to `out[0…2]` and forward travel to `out[3…5]`, each with two derivatives, m. */
export function roll(pitch: Float64Array, out: Float64Array): void {
  const q = pitch[0]!
  const q1 = pitch[1]!
  const q2 = pitch[2]!
  const c = Math.cos(q)
  const s = Math.sin(q)
  const root = Math.sqrt(q * q + FLATNESS_RAD ** 2)
  const h = DROP_M * c - MIDDLE_M * s + HALF_M * root
  const h1 = -DROP_M * s - MIDDLE_M * c + (HALF_M * q) / root
  const h2 = -DROP_M * c + MIDDLE_M * s + (HALF_M * FLATNESS_RAD ** 2) / root ** 3
  out[0] = h
  out[1] = h1 * q1
  out[2] = h2 * q1 * q1 + h1 * q2
  out[3] =
    -DROP_M * s - MIDDLE_M * c - 0.5 * HALF_M * (q * root + FLATNESS_RAD ** 2 * Math.asinh(q / FLATNESS_RAD))
  out[4] = -h * q1
  out[5] = -h1 * q1 * q1 - h * q2
}
