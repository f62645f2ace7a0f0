import { DEG } from '../../../shared/imu.ts'
import type { Side } from '../../../shared/places.ts'
import { Curve, type Knot } from './curve.ts'
import { pitch } from './pitch.ts'
import type { StrideParameters } from './stride.ts'
import { StrideClock } from './stride-clock.ts'

/** The courses of a leg's angles from one contact to the next, deg over s; any two strides in a row join with C². */
export interface Courses {
  shoePitch: Curve
  shinPitch: Curve
  eversion: Curve
  /** From standing, as in the truth. */
  tibialRotation: Curve
  /** Heading of the shoe to the belt, toe out positive. */
  progression: Curve
  /** Turn of the shin about the belt's direction; right side down positive, whichever leg. */
  lean: Curve
}

/** +1 left, −1 right: the sign that makes a turn about x or y eversion, internal rotation or toe-out on either leg. */
export const mirror = (side: Side): 1 | -1 => (side === 'left' ? 1 : -1)

/** Where each course's value and derivatives lie in a leg's jets. */
export const PITCH = 0
export const SHIN = 3
export const EVERSION = 6
export const ROTATION = 9
export const PROGRESSION = 12
export const LEAN = 15

/** From a stride and the one that follows it, of which only the contact matters. */
export function courses(s: StrideParameters, next: StrideParameters, side: Side): Courses {
  const clock = new StrideClock(s, next.icS)
  const { shoe, shin } = pitch(clock, s, next)
  const shoePitch = new Curve(shoe)
  const everting = new Curve(eversion(clock, s, next))
  const rotating = new Curve(tibialRotation(clock, s, next))
  return {
    shoePitch,
    shinPitch: new Curve(shin),
    eversion: everting,
    tibialRotation: rotating,
    progression: new Curve(progression(clock, s, next)),
    lean: new Curve(lean(clock, s, next, side, shoePitch, everting, rotating)),
  }
}

/** Onset of pronation: a share of the mean rate to the peak, and growing. */
function onset(x: StrideParameters, value: number, excursion: number, peakPct: number, share = 0.6): Knot {
  const untilPeakS = ((x.toS - x.icS) * peakPct) / 100
  const slope = (share * excursion) / untilPeakS
  return { t: x.icS, value, slope, curvature: (2.5 * slope) / untilPeakS }
}

function eversion(clock: StrideClock, s: StrideParameters, next: StrideParameters): Knot[] {
  const atContact = (x: StrideParameters): Knot => {
    const excursion = x.peakEversionDeg - x.eversionAtContactDeg
    return onset(x, x.eversionAtContactDeg, excursion, x.peakEversionPct, 0.6 - 0.5 * x.eversionHaste)
  }
  const first = s.eversionAtContactDeg
  const top = s.peakEversionDeg
  const last = s.eversionAtToeOffDeg
  const peak = s.peakEversionPct
  const haste = s.eversionHaste
  const rising = (when: number, share: number): Knot => ({
    t: clock.stance(when * peak, 1),
    value: first + share * (top - first),
  })
  const early = rising(0.36 - 0.12 * haste, 0.45 - 0.22 * haste)
  const late = rising(0.64 - 0.22 * haste, 0.83 - 0.06 * haste)
  const peakS = clock.stance(peak, 0)
  return [
    atContact(s),
    early,
    late,
    { t: 0.5 * (late.t + peakS), value: first + (0.955 - 0.01 * haste) * (top - first) },
    { t: peakS, value: top, slope: 0 },
    { t: clock.stance(0.5 * (peak + 100), 2), value: last + 0.52 * (top - last) },
    { t: clock.toS, value: last },
    { t: clock.swing(35, 3), value: last + 1.5 },
    { t: clock.swing(72, 3), value: 0.4 * next.eversionAtContactDeg + 0.5 },
    atContact(next),
  ]
}

function tibialRotation(clock: StrideClock, s: StrideParameters, next: StrideParameters): Knot[] {
  const atContact = (x: StrideParameters): Knot =>
    onset(x, TIBIAL_ROTATION_AT_CONTACT_DEG, x.tibialRotationExcursionDeg, x.peakTibialRotationPct)
  const first = TIBIAL_ROTATION_AT_CONTACT_DEG
  const top = first + s.tibialRotationExcursionDeg
  const last = first - 1.5
  const peak = s.peakTibialRotationPct
  return [
    atContact(s),
    { t: clock.stance(0.5 * peak, 1.5), value: first + 0.66 * s.tibialRotationExcursionDeg },
    { t: clock.stance(peak, 0), value: top, slope: 0 },
    { t: clock.stance(0.45 * peak + 55, 2), value: last + 0.55 * (top - last) },
    { t: clock.toS, value: last },
    { t: clock.swing(40, 3), value: first + 1.5 },
    { t: clock.swing(75, 3), value: first + 0.5 },
    atContact(next),
  ]
}
const TIBIAL_ROTATION_AT_CONTACT_DEG = 1

/** Steady on the ground, so that the sole rolls in one direction; a slight whip in the air. */
function progression(clock: StrideClock, s: StrideParameters, next: StrideParameters): Knot[] {
  const now = s.footProgressionDeg
  const then = next.footProgressionDeg
  return [
    { t: s.icS, value: now, slope: 0, curvature: 0 },
    { t: clock.toS, value: now, slope: 0, curvature: 0 },
    { t: clock.swing(45, 3), value: 0.5 * (now + then) + 1.5 },
    { t: next.icS, value: then, slope: 0, curvature: 0 },
  ]
}

/** Whatever the ankle does, the sole lies flat while it carries: the shin leans as far as the shoe everts. */
function lean(
  clock: StrideClock,
  s: StrideParameters,
  next: StrideParameters,
  side: Side,
  shoePitch: Curve,
  everting: Curve,
  rotating: Curve,
): Knot[] {
  const jet = new Float64Array(3)
  const at = (curve: Curve, t: number): number => {
    curve.eval(t, jet, 0)
    return jet[0]! * DEG
  }
  const flat = (t: number): number => {
    const theta = at(shoePitch, t)
    const b = mirror(side) * at(everting, t)
    const c = mirror(side) * (at(rotating, t) + s.standingTibialRotationDeg * DEG)
    const up = Math.sin(theta) * Math.sin(c) - Math.cos(theta) * Math.sin(b) * Math.cos(c)
    return Math.atan2(up, Math.cos(b) * Math.cos(c)) / DEG
  }
  const own = -mirror(side) * s.shinLeanDeg
  const then = -mirror(side) * next.shinLeanDeg
  const loaded = clock.stance(24, 2)
  const middle = clock.stance(48, 2)
  const rising = clock.stance(74, 2)
  return [
    { t: s.icS, value: own, slope: 0, curvature: 0 },
    { t: loaded, value: flat(loaded) },
    { t: middle, value: flat(middle) },
    { t: rising, value: 0.7 * flat(rising) + 0.3 * own },
    { t: clock.toS, value: 0.4 * flat(middle) + 0.6 * own },
    { t: clock.swing(45, 3), value: own },
    { t: next.icS, value: then, slope: 0, curvature: 0 },
  ]
}
