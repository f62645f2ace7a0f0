import type { GaitSignals } from './signals.ts'

/** The flat part of a stance, cells; NaN where there is none. */
export interface Flat {
  /** Where the foot turns least. */
  cell: number
  /** First and last cell at which the pitch is within the limit of its value in mid-stance. */
  from: number
  to: number
}

/** Half width over which the turning is summed, cells. */
const WINDOW = 8

/**
 * Finds where the foot turns least, as the least mean |rate| in the inner part of the stance (Skog 2010, "Zero-velocity detection",
 * angular-rate energy), and how long it lies flat: from mid-stance outward while the pitch stays within `limitRad`. Where a foot turns slowly
 * all along, the least turning may lie anywhere; flat is told against the middle.
 * @param contact first cell of the stance, `push` the lowest push-off rate, `middle` mid-stance
 */
export function findFlat(
  signals: GaitSignals,
  contact: number,
  push: number,
  middle: number,
  limitRad: number,
  out: Flat,
): void {
  out.cell = out.from = out.to = Number.NaN
  const first = Math.max(
    Math.ceil(contact + 0.15 * (push - contact)),
    signals.ready - signals.capacity + WINDOW + 1,
    WINDOW,
  )
  const last = Math.floor(push - 0.15 * (push - contact))
  if (!(last > first)) return
  const { rate, pitch } = signals
  let sum = 0
  for (let k = first - WINDOW; k <= first + WINDOW; k++) sum += Math.abs(rate[signals.slot(k)]!)
  let least = Number.POSITIVE_INFINITY
  for (let k = first; k <= last; k++) {
    if (sum < least) {
      least = sum
      out.cell = k
    }
    sum += Math.abs(rate[signals.slot(k + WINDOW + 1)]!) - Math.abs(rate[signals.slot(k - WINDOW)]!)
  }
  out.from = out.to = Math.max(first, Math.min(last, Math.round(middle)))
  const flat = pitch[signals.slot(out.to)]!
  while (out.from > contact && Math.abs(pitch[signals.slot(out.from - 1)]! - flat) <= limitRad) out.from--
  while (out.to < push && Math.abs(pitch[signals.slot(out.to + 1)]! - flat) <= limitRad) out.to++
}
