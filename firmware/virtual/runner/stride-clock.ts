import type { StrideParameters } from './stride.ts'

/**
 * Places knots in % of stance and of swing. Each is shifted by the runner's and the stride's own amount, so that no feature of the
 * signals lies at a fixed share of the stride.
 */
export class StrideClock {
  readonly icS: number
  readonly toS: number
  readonly nextIcS: number
  readonly #shiftPct: readonly number[]
  #knot = 0

  constructor(s: StrideParameters, nextIcS: number) {
    this.icS = s.icS
    this.toS = s.toS
    this.nextIcS = nextIcS
    this.#shiftPct = s.shiftPct
  }

  get contactS(): number {
    return this.toS - this.icS
  }

  /** The next knot at `pct` of stance; `room` is how far it may move before it crowds its neighbours, %. */
  stance(pct: number, room: number): number {
    return this.icS + (this.contactS * (pct + this.#shift(room))) / 100
  }

  /** The next knot at `pct` of swing. */
  swing(pct: number, room: number): number {
    return this.toS + ((this.nextIcS - this.toS) * (pct + this.#shift(room))) / 100
  }

  #shift(room: number): number {
    const shift = this.#shiftPct[this.#knot++ % this.#shiftPct.length]!
    return Math.max(-room, Math.min(room, shift))
  }
}
