import type { Phase } from '../analysis/document.ts'
import type { StanceMotion } from '../motion/stance.ts'
import { maximum, valueAt } from './curve.ts'

/** The four instants between phases come from events and from the eversion curve. */
export interface StanceInstants {
  icS: number
  footFlatS: number | null
  heelRiseS: number | null
  toS: number
}

/**
 * Five phases of stance by our own rule, after the order of Ward's Flow Motion model (which gives no rule):
 * strike ends at foot flat, suspension at peak eversion, transition at heel rise, shift half-way from there to toe-off, propulsion at
 * toe-off. An instant that comes before its forerunner is put on it, so phases may be empty but never overlap. Without both pods
 * suspension ends half-way between foot flat and heel rise. `null` without foot flat or heel rise.
 */
export function phasesOf(stance: StanceInstants, motion: Pick<StanceMotion, 'curves'>): Phase[] | null {
  if (stance.footFlatS === null || stance.heelRiseS === null) return null
  const { eversionDeg, tibialRotationDeg } = motion.curves
  const percent = (timeS: number) =>
    Math.min(100, Math.max(0, (100 * (timeS - stance.icS)) / (stance.toS - stance.icS)))
  const flat = percent(stance.footFlatS)
  const rise = Math.max(flat, percent(stance.heelRiseS))
  const everted = eversionDeg === null ? 0.5 * (flat + rise) : maximum(eversionDeg).at
  const top = Math.max(flat, everted)
  const lifted = Math.max(top, rise)
  const bounds = [0, flat, top, lifted, 0.5 * (lifted + 100), 100]
  const travel = (curve: number[] | null, from: number, to: number) =>
    curve && valueAt(curve, to) - valueAt(curve, from)
  return PHASES.map((name, k) => ({
    name,
    startPct: bounds[k]!,
    endPct: bounds[k + 1]!,
    eversionDeg: travel(eversionDeg, bounds[k]!, bounds[k + 1]!),
    tibialRotationDeg: travel(tibialRotationDeg, bounds[k]!, bounds[k + 1]!),
  }))
}

export const PHASES = ['strike', 'suspension', 'transition', 'shift', 'propulsion'] as const
