import type { ShoeCycle } from './shoe-cycle.ts'
import type { GaitSignals } from './signals.ts'

/**
 * What can be seen of a landing and of a push-off when they are confirmed, as plain numbers of order one: the inputs of the linear
 * corrections in `offset-models.ts`, in the order of the names here. Rates are in shares of the leg's swing peak, forces in 10 m/s²,
 * times in 10 ms, angles in 10°.
 */
const CONTACT_RATE_MS = [4, 8]
const CONTACT_VERTICAL_MS = [-20, 0, 8]
const CONTACT_FORWARD_MS = [0, 8]
const PUSH_MS = [-40, -20, 0, 10, 20]

export const CONTACT_FEATURES = [
  'pitch',
  'pitch beyond 8°',
  'depth',
  'swing peak',
  'since swing peak',
  'since a fifth of it',
  ...CONTACT_RATE_MS.map((ms) => `rate ${ms}`),
  ...CONTACT_VERTICAL_MS.map((ms) => `vertical ${ms}`),
  ...CONTACT_FORWARD_MS.map((ms) => `forward ${ms}`),
]
export const PUSH_FEATURES = ['pitch', 'since contact', ...PUSH_MS.map((ms) => `rate ${ms}`)]

const DEG10 = 18 / Math.PI

/** Value of a smoothed signal at a fractional cell, by a straight line; the newest ready cell stands for what is not there yet. */
function at(signals: GaitSignals, values: Float64Array, cell: number): number {
  const k = Math.min(Math.floor(cell), signals.ready - 2)
  const share = Math.min(1, cell - k)
  return values[signals.slot(k)]! * (1 - share) + values[signals.slot(k + 1)]! * share
}

/** @param pitch of the shoe at the landing's lowest rate against the last stance's flat foot, rad, toe up */
export function contactFeatures(
  signals: GaitSignals,
  cycle: ShoeCycle,
  pitch: number,
  out: Float64Array,
): void {
  const { landingCell, landingRate, swingPeak, swingCell, reference } = cycle
  const cellMs = 1000 * signals.stepS
  let i = 0
  out[i++] = pitch * DEG10
  out[i++] = Math.max(0, pitch * DEG10 - 0.8)
  out[i++] = landingRate / swingPeak
  out[i++] = swingPeak / 10
  out[i++] = ((landingCell - swingCell) * cellMs) / 10
  let fifth = Math.floor(landingCell)
  while (fifth > swingCell && signals.rate[signals.slot(fifth)]! < 0.2 * swingPeak) fifth--
  out[i++] = ((landingCell - fifth) * cellMs) / 10
  for (const ms of CONTACT_RATE_MS)
    out[i++] = at(signals, signals.rate, landingCell + ms / cellMs) / reference
  for (const ms of CONTACT_VERTICAL_MS)
    out[i++] = at(signals, signals.vertical, landingCell + ms / cellMs) / 10
  for (const ms of CONTACT_FORWARD_MS) out[i++] = at(signals, signals.forward, landingCell + ms / cellMs) / 10
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
  for (const ms of PUSH_MS) out[i++] = at(signals, signals.rate, pushCell + ms / cellMs) / reference
}
