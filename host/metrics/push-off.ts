import type { StanceMotion } from '../motion/stance.ts'
import { slopes } from './curve.ts'
import type { Numbers } from './joint.ts'

/** Without a heel rise push-off is looked for from here on, share of stance. */
const FROM = 0.6

interface Instants {
  icS: number
  toS: number
  heelRiseS: number | null
}

/** How the foot leaves the ground: when the heel rises, how steeply the shoe stands at toe-off, how fast the ankle points. */
export function pushOffMetrics({ icS, toS, heelRiseS }: Instants, motion: StanceMotion): Numbers {
  const contactS = toS - icS
  const risen = heelRiseS === null ? FROM : (heelRiseS - icS) / contactS
  const { dorsiflexionDeg } = motion.curves
  return {
    heelRisePct: heelRiseS === null ? null : 100 * risen,
    toeOffAngleDeg: motion.toeOffAngleDeg,
    pushOffVelocityDegPerS: dorsiflexionDeg === null ? null : steepestFall(dorsiflexionDeg, risen) / contactS,
  }
}

/** From a share of the curve to its end, per whole length. */
function steepestFall(curve: readonly number[], from: number): number {
  const turning = slopes(curve)
  let fastest = 0
  for (let k = Math.round(from * (curve.length - 1)); k < curve.length; k++)
    fastest = Math.max(fastest, -turning[k]!)
  return fastest * (curve.length - 1)
}
