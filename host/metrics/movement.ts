import type { Movement, Phase } from '../analysis/document.ts'
import { type Pace, phaseNorm } from './norms.ts'

/** Missing: less than this share of what is usual … */
const SHARE = 0.7
/** … and less than nineteen in twenty legs travel: so many SD from the mean. */
const RARE_SD = 1.645

/** A phase shorter than this is not there in this runner, and misses nothing: a forefoot striker's strike, say. */
const LEAST_PCT = 8

/**
 * What shoe or tibia did in a phase beside what captured runners did at this speed. Only where nineteen in twenty of them moved the same way is there
 * something to miss; then it is missing when, as far as the measurement can tell, the travel that way stays below 70 % of the usual and below
 * what nineteen in twenty legs reach. A statement of size, not of fault.
 *
 * @param uncertaintyDeg of the travel, 1 SD
 */
export function movement(
  phase: Pick<Phase, 'name' | 'startPct' | 'endPct'>,
  travel: 'eversionDeg' | 'tibialRotationDeg',
  meanDeg: number,
  sdDeg: number,
  uncertaintyDeg: number,
  pace: Pace,
): Movement {
  const usual = phaseNorm(phase.name, travel, pace)
  if (usual === null) return { meanDeg, sdDeg, usualDeg: null, usualSdDeg: null, missing: null }
  const size = Math.abs(usual.mean)
  const reached = meanDeg * Math.sign(usual.mean)
  const least = Math.min(SHARE * size, size - RARE_SD * usual.sd)
  const judged = size > RARE_SD * usual.sd && phase.endPct - phase.startPct >= LEAST_PCT
  return {
    meanDeg,
    sdDeg,
    usualDeg: usual.mean,
    usualSdDeg: usual.sd,
    missing: judged ? reached + uncertaintyDeg < least : null,
  }
}
