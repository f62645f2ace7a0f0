import type { Place, Side } from '../../shared/places.ts'
import type { Curves } from '../analysis/document.ts'
import type { Acceleration } from './acceleration.ts'
import type { Swing } from './stride-record.ts'

/** One stance as the pods saw it: everything the metrics are made of. */
export interface StanceMotion {
  leg: Side
  icS: number
  toS: number
  /** Over stance, 101 points. Angles in degrees; tibial rotation from zero at contact. */
  curves: Curves
  /** Eversion and dorsiflexion count from standing; otherwise from their mean over strides. */
  fromStanding: boolean
  strikeAngleDeg: number | null
  /** Fastest mean pitching of the shoe from contact to 8 ms before or after it: what an early or late contact does to the strike angle. */
  strikeRateDegPerS: number
  /** Pitch of the shoe at toe-off, toes down positive. */
  toeOffAngleDeg: number | null
  /** Mean pitching in the 8 ms before toe-off. */
  toeOffRateDegPerS: number
  footProgressionDeg: number | null
  /** The swing that follows; `null` until its contact has come. */
  swing: Swing | null
  /** Shin, segment axes (y toward the knee): as measured, and low-passed. Spans stance and a margin before and behind. */
  shin: { raw: Acceleration; smooth: Acceleration | null } | null
  /** Shoe, level frame: x the way the foot travels, y left of it, z up. */
  shoe: { raw: Acceleration; smooth: Acceleration | null } | null
  /** Samples at the sensor's limit: over the stride when it is known, else over the stance. */
  clippedSamples: Partial<Record<Place, number>>
  /** 1 SD of what alignment is known to, rad. */
  alignmentSd: { tilt: number; heading: number }
  reasons: string[]
  /** False when a reason makes the angles or the impact unfit for a summary. */
  sound: boolean
}
