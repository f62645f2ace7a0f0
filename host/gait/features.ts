import type { ShoeCycle } from './shoe-cycle.ts'
import type { GaitSignals } from './signals.ts'

/**
 * What can be seen of a landing, of a push-off and of the toe-off that follows it, as plain numbers of order one: the inputs of the linear
 * corrections in `offset-models.ts`, in the order of the names here. Rates are in shares of the leg's swing peak, forces in 10 m/s²,
 * times in 100 ms, the stride's in s, angles in 10°. Few, because what more of them learn is the set they learned it on: `docs/methods/events.md`.
 */
const BEFORE_MS = 20
const MOST_FORCE = 3.5

export const CONTACT_FEATURES = ['depth', 'vertical -20']
export const PUSH_FEATURES = ['pitch', 'since contact', 'vertical 0', 'vertical -20']
export const LEAVING_FEATURES = ['pitch', 'rate -10', 'rate -40', 'stride']

/** What is seen of a foot about to leave is read this long before its estimated toe-off, s: so long later it is known. */
export const LEAVING_BEFORE_S = 0.01
const EARLIER_S = 0.04
/** A longer one was a walk's. */
const MOST_STRIDE_S = 0.9

const DEG10 = 18 / Math.PI

/** A signal at a fractional cell, by a straight line; the newest ready cell stands for what is not there yet. */
function valueAt(signals: GaitSignals, of: Float64Array, cell: number): number {
  const k = Math.min(Math.floor(cell), signals.ready - 2)
  const share = Math.min(1, cell - k)
  return of[signals.slot(k)]! * (1 - share) + of[signals.slot(k + 1)]! * share
}

/** How deep the rate falls, and whether the ground already bore 20 ms before; a shock's height tells no more than that it was there. */
export function contactFeatures(signals: GaitSignals, cycle: ShoeCycle, out: Float64Array): void {
  const { landingCell, landingRate, swingPeak } = cycle
  const before = signals.vertical(landingCell - BEFORE_MS / (1000 * signals.stepS)) / 10
  out[0] = landingRate / swingPeak
  out[1] = Math.max(0, Math.min(MOST_FORCE, before))
}

/** @param pitch of the shoe at the push-off against this stance's flat foot, rad, toe up */
export function pushFeatures(
  signals: GaitSignals,
  pushCell: number,
  pitch: number,
  sinceContactS: number,
  out: Float64Array,
): void {
  out[0] = pitch * DEG10
  out[1] = sinceContactS * 10
  out[2] = signals.vertical(pushCell) / 10
  out[3] = signals.vertical(pushCell - BEFORE_MS / (1000 * signals.stepS)) / 10
}

/**
 * The push-off may lie 80 ms before toe-off; what is seen about the estimated toe-off itself says how far that is off.
 * @param leavingCell of the estimate
 * @param flatPitch of this stance's flat foot, rad
 */
export function leavingFeatures(
  signals: GaitSignals,
  cycle: ShoeCycle,
  leavingCell: number,
  flatPitch: number,
  strideS: number,
  out: Float64Array,
): void {
  const now = leavingCell - LEAVING_BEFORE_S / signals.stepS
  out[0] = (valueAt(signals, signals.pitch, now) - flatPitch) * DEG10
  out[1] = valueAt(signals, signals.rate, now) / cycle.reference
  out[2] = valueAt(signals, signals.rate, leavingCell - EARLIER_S / signals.stepS) / cycle.reference
  out[3] = Math.min(MOST_STRIDE_S, strideS)
}
