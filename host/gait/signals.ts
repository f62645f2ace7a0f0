/**
 * A leg's signals on an even grid, whatever the pod's rate: pitch rate (toe-up positive) and vertical specific force, smoothed, and
 * the pitch angle.
 *
 * Samples are joined by straight lines and averaged over each cell, which is exact for any spacing and keeps what is faster than the grid
 * from folding into it. The smoothing is symmetric, so it shifts nothing in time; a cell is `ready` one half width after it happened.
 * Cells are numbered from the last `restart`; the ring keeps the last `capacity`.
 */
export class GaitSignals {
  readonly stepS: number
  readonly capacity = 1024
  /** Smoothed, rad/s. Read `[slot(k)]` for k < ready. */
  readonly rate = new Float64Array(this.capacity)
  /** Integral of the unsmoothed rate since the restart, rad. */
  readonly pitch = new Float64Array(this.capacity)
  /** Cells smoothed so far: the newest readable is `ready - 1`. */
  ready = 0

  /** Rate and vertical force as they fell into the cells. */
  private readonly raw = new Float64Array(2 * this.capacity)
  private readonly kernel: Float64Array
  private readonly half: number
  private cells = 0
  private originS = Number.NaN
  private lastS = Number.NaN
  private readonly last = new Float64Array(2)
  private readonly partial = new Float64Array(2)
  /** The incoming sample: numbers handed to a call that is not inlined would be boxed on the heap. */
  private readonly now = new Float64Array(3)
  private edgeS = 0

  /** @param smoothS half width of the Hann kernel, s */
  constructor(stepS: number, smoothS: number) {
    this.stepS = stepS
    this.half = Math.max(0, Math.ceil(smoothS / stepS) - 1)
    this.kernel = Float64Array.from(
      { length: 2 * this.half + 1 },
      (_, j) => 1 + Math.cos((Math.PI * (j - this.half) * stepS) / smoothS),
    )
    const sum = this.kernel.reduce((a, b) => a + b, 0)
    for (let j = 0; j < this.kernel.length; j++) this.kernel[j]! /= sum
  }

  slot(k: number): number {
    return k & (this.capacity - 1)
  }

  /** Session time of cell `k`, which may be between two. */
  timeS(k: number): number {
    return this.originS + k * this.stepS
  }

  /** Forgets all cells; the next sample is the first. */
  restart(): void {
    this.cells = 0
    this.ready = 0
    this.originS = Number.NaN
    this.partial.fill(0)
  }

  /** Takes one sample; times must increase. Allocates nothing. */
  push(timeS: number, rate: number, vertical: number): void {
    const now = this.now
    now[0] = timeS
    now[1] = rate
    now[2] = vertical
    this.take()
  }

  private take(): void {
    const now = this.now
    const timeS = now[0]!
    const rate = now[1]!
    const vertical = now[2]!
    const last = this.last
    if (Number.isNaN(this.originS)) {
      this.originS = timeS + 0.5 * this.stepS
      this.edgeS = timeS
    } else {
      const dt = timeS - this.lastS
      const a = last[0]!
      const b = last[1]!
      const da = (rate - a) / dt
      const db = (vertical - b) / dt
      let from = 0
      for (;;) {
        const to = Math.min(dt, this.edgeS + this.stepS - this.lastS)
        const middle = 0.5 * (from + to)
        const width = to - from
        const partial = this.partial
        partial[0]! += (a + da * middle) * width
        partial[1]! += (b + db * middle) * width
        if (to >= dt) break
        this.close()
        from = to
      }
    }
    last[0] = rate
    last[1] = vertical
    this.lastS = timeS
  }

  private close(): void {
    const k = this.cells++
    const slot = this.slot(k)
    const partial = this.partial
    this.raw[2 * slot] = partial[0]! / this.stepS
    this.raw[2 * slot + 1] = partial[1]! / this.stepS
    this.pitch[slot] = (k > 0 ? this.pitch[this.slot(k - 1)]! : 0) + partial[0]!
    partial.fill(0)
    this.edgeS = this.originS + (k + 0.5) * this.stepS
    const ready = k - this.half
    if (ready < 0) return
    this.rate[this.slot(ready)] = this.smoothed(ready, 0)
    this.ready = ready + 1
  }

  /** Vertical specific force at a cell, which may be between two, m/s²; the newest ready cell stands for what is not there yet. */
  vertical(cell: number): number {
    const k = Math.min(Math.floor(cell), this.ready - 2)
    const share = Math.min(1, cell - k)
    return this.smoothed(k, 1) * (1 - share) + this.smoothed(k + 1, 1) * share
  }

  /** The first cells have no full past: they are taken as they are. */
  private smoothed(k: number, channel: number): number {
    const { kernel, raw, half } = this
    if (k < half) return raw[2 * this.slot(k) + channel]!
    let sum = 0
    for (let j = 0; j < kernel.length; j++) sum += kernel[j]! * raw[2 * this.slot(k - half + j) + channel]!
    return sum
  }

  /** Cell, with its fraction, of the extremum of the rate at `k`, by the parabola through its neighbours. */
  vertex(k: number): number {
    const a = this.rate[this.slot(k - 1)]!
    const b = this.rate[this.slot(k)]!
    const c = this.rate[this.slot(k + 1)]!
    const bend = a - 2 * b + c
    return bend === 0 ? k : k + Math.max(-0.5, Math.min(0.5, (0.5 * (a - c)) / bend))
  }
}
