/** Guess of where the forefoot lies from the pod before it has shown: ahead and above, and their SDs, m. */
const AHEAD_M = 0.12
const AHEAD_SD_M = 0.1
const ABOVE_M = -0.06
const ABOVE_SD_M = 0.04
/** How far the sole is from rolling over one point, 1 SD, m. */
const ROLL_SD_M = 0.005
/** What is left of earlier strides' evidence after one more. */
const KEPT = 0.9

/**
 * The point of the shoe it rolls over at push-off, learned from heights and pitches while it does: linear least squares from a guess
 * (`docs/methods/swing.md`).
 */
export class Forefoot {
  strides = 0
  /** Normal equations: ahead², ahead · above, above², and the two right sides. */
  private readonly sums = new Float64Array(5)

  /** A stride's evidence begins. */
  next(): void {
    this.strides++
    for (let i = 0; i < 5; i++) this.sums[i]! *= KEPT
  }

  /** The pod stands `heightM` over its place at foot flat while the sole is pitched by `pitch` from flat, rad, toes up positive. */
  rolls(heightM: number, pitch: number): void {
    const ahead = Math.sin(pitch)
    const above = Math.cos(pitch) - 1
    const s = this.sums
    s[0]! += ahead * ahead
    s[1]! += ahead * above
    s[2]! += above * above
    s[3]! -= ahead * heightM
    s[4]! -= above * heightM
  }

  /** Where the point lies from the pod: ahead and above, m. */
  locate(): { aheadM: number; aboveM: number } {
    const s = this.sums
    const w = 1 / ROLL_SD_M ** 2
    const aa = w * s[0]! + 1 / AHEAD_SD_M ** 2
    const ab = w * s[1]!
    const bb = w * s[2]! + 1 / ABOVE_SD_M ** 2
    const ra = w * s[3]! + AHEAD_M / AHEAD_SD_M ** 2
    const rb = w * s[4]! + ABOVE_M / ABOVE_SD_M ** 2
    const det = aa * bb - ab * ab
    return { aheadM: (ra * bb - rb * ab) / det, aboveM: (aa * rb - ab * ra) / det }
  }
}
