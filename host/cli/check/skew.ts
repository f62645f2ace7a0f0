/** Arrivals are thinned to the quickest in each second. */
const SPAN_S = 1
/** A pod's clock steps by so much, s: what it read may have happened up to that much later. */
const STEP_S = 1 / 32_768

/**
 * Between what bounds a pod's clock runs fast against the host's. Nothing arrives before it was sent: session time as a line over device
 * time stays below every arrival from the pod and above the sending of every ping. The steepest and the flattest such line touch one point
 * of each kind, so the bounds are the extremes over pairs. They assume nothing about delays, and close as the run grows: a round trip of
 * 2 ms over 20 s leaves ±100 ppm. For runs of less than 35 minutes.
 */
export class Skew {
  /** Device and session time, s. */
  readonly #sent: [number, number][] = []
  readonly #arrived: [number, number][] = []
  #zeroUs = -1

  /** A ping sent at this session time was read at this device time, µs modulo 2³². */
  ping(readUs: number, sentS: number): void {
    this.#sent.push([this.#deviceS(readUs), sentS - STEP_S])
  }

  /** A frame made at this device time arrived at this session time. */
  arrival(madeUs: number, arrivalS: number): void {
    const deviceS = this.#deviceS(madeUs)
    const last = this.#arrived.at(-1)
    if (last === undefined || Math.floor(deviceS / SPAN_S) > Math.floor(last[0] / SPAN_S))
      this.#arrived.push([deviceS, arrivalS])
    else if (arrivalS - deviceS < last[1] - last[0])
      this.#arrived[this.#arrived.length - 1] = [deviceS, arrivalS]
  }

  /** Parts per million, positive when the pod's clock is fast; `null` before there is anything to compare. */
  get ppm(): { least: number; most: number } | null {
    let flattest = Number.NEGATIVE_INFINITY
    let steepest = Number.POSITIVE_INFINITY
    for (const [x, sent] of this.#sent)
      for (const [u, arrived] of this.#arrived) {
        const slope = (arrived - sent) / (u - x)
        if (u > x) steepest = Math.min(steepest, slope)
        else if (u < x) flattest = Math.max(flattest, slope)
      }
    if (!Number.isFinite(flattest) || !Number.isFinite(steepest)) return null
    return { least: 1e6 * (1 / steepest - 1), most: 1e6 * (1 / flattest - 1) }
  }

  #deviceS(us: number): number {
    if (this.#zeroUs < 0) this.#zeroUs = us
    return ((us - this.#zeroUs) | 0) / 1e6
  }
}
