interface Timer {
  callback: (...args: unknown[]) => void
  args: unknown[]
  dueS: number
  /** s; 0 = once. */
  everyS: number
}

/** setTimeout and setInterval of a machine, in true time. Ties run in the order they were set. */
export class Timers {
  readonly #timers = new Map<number, Timer>()
  #lastId = 0

  set(timer: Timer): number {
    this.#lastId++
    this.#timers.set(this.#lastId, timer)
    return this.#lastId
  }

  clear(id?: number): void {
    if (id === undefined) this.#timers.clear()
    else this.#timers.delete(id)
  }

  /** When the next one is due; infinity when there is none. */
  nextS(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { dueS } of this.#timers.values()) if (dueS < next) next = dueS
    return next
  }

  /** Runs the first timer due at `nowS`. An interval that fell behind runs once and then on from now: it does not bunch up. */
  runNext(nowS: number): void {
    const dueS = this.nextS()
    for (const [id, timer] of this.#timers) {
      if (timer.dueS !== dueS) continue
      if (timer.everyS > 0) timer.dueS = Math.max(dueS + timer.everyS, nowS)
      else this.#timers.delete(id)
      timer.callback(...timer.args)
      return
    }
  }
}
