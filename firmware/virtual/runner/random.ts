/** Seeded randomness without state: every number is a function of what it is for, so any stride can be made at any time. */

/** Stirs one more 32-bit word into a hash (finaliser of MurmurHash3, Appleby 2011). Allocates nothing. */
export function stir(h: number, word: number): number {
  let x = Math.imul(h ^ word, 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}

/** One 32-bit hash of some integers. */
export const hash = (...words: number[]): number => words.reduce(stir, 0x9e3779b9)

/** Uniform numbers in [0, 1) from a seed: mulberry32 (Tommy Ettinger, public domain). */
export function uniforms(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Two words to one standard normal number (Box and Muller 1958). */
export function normalFrom(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v)
}

/** Draws used while a runner or a stride is made. */
export class Dice {
  readonly #next: () => number

  constructor(seed: number) {
    this.#next = uniforms(seed)
  }

  /** Uniform between `low` and `high`. */
  between(low: number, high: number): number {
    return low + (high - low) * this.#next()
  }

  /** Normal, cut at 2.5 SD so that no stride is absurd. */
  normal(sd: number): number {
    const z = normalFrom(this.#next(), this.#next())
    return sd * Math.max(-2.5, Math.min(2.5, z))
  }
}
