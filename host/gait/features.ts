import type { ShoeCycle } from './shoe-cycle.ts'
import type { GaitSignals } from './signals.ts'

/**
 * What can be seen of a landing and of a push-off when they are confirmed, as plain numbers of order one: the inputs of the linear
 * corrections in `offset-models.ts`, in the order of the names here. Rates are in shares of the leg's swing peak, forces in 10 m/s²,
 * times in 100 ms, angles in 10°. Few, because what more of them learn is the set they learned it on: `docs/methods/events.md`.
 */
const BEFORE_MS = 20
const MOST_FORCE = 3.5
const PUSH_MS = [-40, -20, 0, 10, 20]

export const CONTACT_FEATURES = ['depth', 'vertical -20']
export const PUSH_FEATURES = ['pitch', 'since contact', ...PUSH_MS.map((ms) => `rate ${ms}`)]

const DEG10 = 18 / Math.PI

/** Smoothed rate at a fractional cell, by a straight line; the newest ready cell stands for what is not there yet. */
function rateAt(signals: GaitSignals, cell: number): number {
  const k = Math.min(Math.floor(cell), signals.ready - 2)
  const share = Math.min(1, cell - k)
  return signals.rate[signals.slot(k)]! * (1 - share) + signals.rate[signals.slot(k + 1)]! * share
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
  cycle: ShoeCycle,
  pitch: number,
  sinceContactS: number,
  out: Float64Array,
): void {
  const { pushCell, reference } = cycle
  const cellMs = 1000 * signals.stepS
  let i = 0
  out[i++] = pitch * DEG10
  out[i++] = sinceContactS * 10
  for (const ms of PUSH_MS) out[i++] = rateAt(signals, pushCell + ms / cellMs) / reference
}
