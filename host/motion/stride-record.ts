import type { UpState } from './tilt.ts'
import type { AngleState } from './tracker.ts'

/** How a shoe passed over the ground between two contacts. */
export interface Swing {
  /** Greatest height of the pod over where it stood at foot flat, m. */
  liftM: number
  /** Least height of the forefoot in mid-swing, m; `null` where it has no minimum there. */
  clearanceM: number | null
}

/** Level displacement over ground or belt, m, in the shoe's level frame. */
export interface Way {
  x: number
  y: number
}

/** What a stride taught, kept so that its stance can be read later. */
export interface StrideRecord {
  midS: number
  icS: number
  toS: number
  /** When the shoe turned least in mid-stance. */
  stillS: number
  nextIcS: number
  shoeUp: UpState | null
  shinUp: UpState | null
  /** Turn from the shin's level frame to the shoe's. */
  heading: AngleState | null
  /** Mean square of what either pod's up was off by, stride on stride, rad². */
  tiltVariance: number
  /** From the stance before to this one. */
  travel: Way | null
  /** From this stance to the next. */
  swing: Swing | null
}
