import { SIDES, type Side } from '../../shared/places.ts'
import type { Stride } from './document.ts'

/** Strides of either leg the evidence is averaged over. */
const STRIDES = 4
/** Roll of both feet from which legs look swapped, and above which they do not, deg. */
const SWAPPED_BELOW = -2
const PROPER_ABOVE = 0

/**
 * Whether all pods of the left leg are worn on the right and the other way round. Nothing in a leg's own motion tells; but a foot lands on its
 * outer edge, rolls inward and rolls out again before it leaves, so that eversion in mid-stance lies above its two ends. On swapped legs every
 * sign is mirrored, on both at once. Needs all four pods.
 */
export class MirrorWatch {
  private readonly roll: Record<Side, number[]> = { left: [], right: [] }
  mirrored = false

  /** @returns whether `mirrored` has changed */
  observe(stride: Stride): boolean {
    const curve = stride.curves.eversionDeg
    if (curve === null || !stride.quality.ok) return false
    const own = this.roll[stride.leg]
    own.push(roll(curve))
    if (own.length > STRIDES) own.shift()
    const means = SIDES.map((side) => mean(this.roll[side]))
    const before = this.mirrored
    if (SIDES.some((side) => this.roll[side].length < STRIDES)) return false
    if (means.every((v) => v < SWAPPED_BELOW)) this.mirrored = true
    else if (means.every((v) => v > PROPER_ABOVE)) this.mirrored = false
    return this.mirrored !== before
  }
}

/** Mean eversion over 30…60 % of stance above the mean of its ends, deg. */
const roll = (curve: readonly number[]): number =>
  mean(curve.slice(30, 61)) - 0.5 * (curve[0]! + curve.at(-1)!)

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
