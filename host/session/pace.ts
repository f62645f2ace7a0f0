/** Session time that runs at a speed, or stands. */
export class Pace {
  #speed: number | null
  #runs: boolean = false
  #atS = 0
  #atMs = performance.now()

  /** @param speed 1 = as it happened; `null` = as fast as possible: time is then what it is set to */
  constructor(speed: number | null) {
    this.#speed = speed
  }

  get speed(): number | null {
    return this.#speed
  }

  set speed(speed: number | null) {
    this.set(this.timeS)
    this.#speed = speed
  }

  get timeS(): number {
    if (!this.#runs || this.#speed === null) return this.#atS
    return this.#atS + ((performance.now() - this.#atMs) * this.#speed) / 1e3
  }

  set(timeS: number): void {
    this.#atS = timeS
    this.#atMs = performance.now()
  }

  run(): void {
    this.set(this.timeS)
    this.#runs = true
  }

  stand(): void {
    this.set(this.timeS)
    this.#runs = false
  }

  /** How long until session time is this; 0 or less when it is. */
  msUntil(timeS: number): number {
    return this.#speed === null ? 0 : ((timeS - this.timeS) * 1e3) / this.#speed
  }
}
