import { InputError } from './input-error.ts'

/** Rates of pods that gait can be seen with, Hz. */
export const MIN_RATE_HZ = 10
export const MAX_RATE_HZ = 10_000
/** By how much the rows may be off the rate that is given. */
const TOLERANCE = 0.15
/** Steps looked at. */
const STEPS = 2000

/** What the rows' times say of a pod's rate. */
export class RateCheck {
  readonly #path: string
  readonly #steps: number[] = []

  constructor(path: string) {
    this.#path = path
  }

  /** @param stepS from one row to the next, s */
  take(stepS: number): void {
    if (this.#steps.length < STEPS) this.#steps.push(stepS)
  }

  /**
   * The rate, Hz: as given, else of the steps that are no gaps.
   * @throws InputError when `t` cannot be in seconds, or the rate given is another one
   */
  end(givenHz: number | undefined): number {
    const medianS = this.#steps.toSorted((a, b) => a - b)[this.#steps.length >> 1]!
    const seenHz = 1 / medianS
    if (seenHz < MIN_RATE_HZ || seenHz > MAX_RATE_HZ)
      throw new InputError(
        this.#path,
        null,
        `a row every ${medianS} s; ${MIN_RATE_HZ} to ${MAX_RATE_HZ} a second are due. Is t in seconds, not milliseconds?`,
      )
    if (givenHz !== undefined && Math.abs(seenHz / givenHz - 1) > TOLERANCE)
      throw new InputError(
        this.#path,
        null,
        `rateHz is ${givenHz} in session.json, but there are ${seenHz.toFixed(1)} rows a second; correct it or leave it out`,
      )
    const usual = this.#steps.filter((stepS) => stepS < 1.5 * medianS)
    return givenHz ?? usual.length / usual.reduce((sum, stepS) => sum + stepS, 0)
  }
}
