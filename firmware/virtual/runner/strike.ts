import type { Knot } from './curve.ts'
import type { StrideParameters } from './stride.ts'

/**
 * The shoe's pitch around contact, deg over s. On force plate and treadmill the pitch rate crosses zero 10–50 ms before contact, is
 * lowest 5–17 ms after it (the later the steeper the strike) and nearly back at zero when the sole is flat.
 */
export interface Strike {
  ic: Knot
  /** The toe-up peak, in the swing before. */
  before: Knot
  after: Knot[]
  flatS: number
}

/** The foot needs some time to turn, and the swing before has other things to do. */
const toeUpLeadS = (s: StrideParameters): number => Math.max(10, Math.min(50, s.toeUpLeadMs)) / 1000

/** Below this the heel does not slap down. */
const FLAT_STRIKE_DEG = 2.5

export function strike(s: StrideParameters): Strike {
  const value = s.strikeAngleDeg
  const landing = value < FLAT_STRIKE_DEG ? onTheBall(s, value) : onTheHeel(s, value)
  const leadS = toeUpLeadS(s)
  return {
    ...landing,
    before: { t: s.icS - leadS, value: value - 0.4 * landing.ic.slope! * leadS, slope: 0 },
  }
}

/**
 * The rate falls from that of the swing to its lowest and back to nearly flat: its area is the strike angle. Contact itself changes
 * only how the rate changes, nothing before it.
 */
function onTheHeel(s: StrideParameters, value: number): Omit<Strike, 'before'> {
  const contactS = s.toS - s.icS
  const flatForS = Math.min(0.2 * contactS, contactS > 0.45 ? 0.1 : 0.055)
  const slapS = Math.max(0.006, Math.min(0.55 * flatForS, s.slapLagMs / 1000))
  const rate = -Math.min(170, 30 + 10 * value)
  const lowest = -(2 * (value - 0.3) + rate * slapS - 20 * (flatForS - slapS)) / flatForS
  const flatS = s.icS + flatForS
  return {
    ic: { t: s.icS, value, slope: rate, curvature: rate / toeUpLeadS(s) },
    after: [
      { t: s.icS + slapS, value: value + 0.5 * (rate + lowest) * slapS, slope: lowest, curvature: 0 },
      { t: flatS, value: 0.3, slope: -20 },
    ],
    flatS,
  }
}

/** The heel is up: a dip of about two degrees, then it comes down slowly. */
function onTheBall(s: StrideParameters, value: number): Omit<Strike, 'before'> {
  const slapS = Math.max(0.005, Math.min(0.012, s.slapLagMs / 1000))
  const dipS = 2.5 * slapS
  const rate = -100
  const lowest = -200
  const sunk = value + 0.5 * (rate + lowest) * slapS
  const flatS = s.icS + 0.27 * (s.toS - s.icS)
  return {
    ic: { t: s.icS, value, slope: rate, curvature: rate / toeUpLeadS(s) },
    after: [
      { t: s.icS + slapS, value: sunk, slope: lowest, curvature: 0 },
      { t: s.icS + dipS, value: sunk + 0.5 * lowest * (dipS - slapS), slope: 0 },
      { t: flatS, value: -1.2 },
    ],
    flatS,
  }
}
