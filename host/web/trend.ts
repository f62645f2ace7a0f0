/** A number over the whole session in bounded memory: when full, every other point goes. */
export class Trend {
  timeS: number[] = []
  values: number[] = []
  readonly #limit: number
  #every = 1
  #skipped = 0

  constructor(limit = 2000) {
    this.#limit = limit
  }

  /** Takes a point; one that is not later than the last is ignored. */
  push(timeS: number, value: number): void {
    const last = this.timeS.at(-1)
    if (last !== undefined && timeS <= last) return
    if (++this.#skipped < this.#every) return
    this.#skipped = 0
    this.timeS.push(timeS)
    this.values.push(value)
    if (this.timeS.length < this.#limit) return
    this.timeS = this.timeS.filter((_, i) => i % 2 === 1)
    this.values = this.values.filter((_, i) => i % 2 === 1)
    this.#every *= 2
  }
}
