import type { LegPose, LegStretch, PoseMessage, Side } from '../server/messages.ts'

/** Eversion this runner usually has at this moment of stance, deg; `null` in the air and where there is no usual. */
export function usualEversion(usual: LegStretch | null, sinceContactS: number | null): number | null {
  const curve = usual?.curves.eversionDeg?.mean
  const contactMs = usual?.metrics.contactTimeMs?.mean
  if (!curve || !contactMs || sinceContactS === null) return null
  const at = Math.min(1, Math.max(0, (1000 * sinceContactS) / contactMs)) * (curve.length - 1)
  const k = Math.min(curve.length - 2, Math.floor(at))
  return curve[k]! + (at - k) * (curve[k + 1]! - curve[k]!)
}

/** For whoever wants no motion: each leg as it was at its furthest in the stance that has just ended, and still until the next has. */
export class StanceByStance {
  #shown: PoseMessage | null = null
  readonly #furthest: Record<Side, LegPose | null> = { left: null, right: null }

  /** @returns what is to be shown now; `null` when that is what was shown before */
  take(message: PoseMessage): PoseMessage | null {
    const before = this.#shown
    for (const side of ['left', 'right'] as const) {
      const pose = message.legs[side]
      const furthest = this.#furthest[side]
      if (pose.sinceContactS !== null) {
        if (furthest === null || further(pose, furthest)) this.#furthest[side] = pose
        continue
      }
      if (furthest === null && this.#shown !== null) continue
      this.#furthest[side] = null
      const legs = (this.#shown ?? message).legs
      this.#shown = { ...message, legs: { ...legs, [side]: furthest ?? pose } }
    }
    return this.#shown === before ? null : this.#shown
  }
}

const further = (a: LegPose, b: LegPose): boolean =>
  a.eversionDeg !== null && a.eversionDeg > (b.eversionDeg ?? -90)
