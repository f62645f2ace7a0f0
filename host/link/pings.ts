import { toMicros } from '../../shared/micros.ts'
import type { HostClock } from './host-clock.ts'

/** Five seconds of ten a second, fifteen of four, then one a second: the quickest of many shows the least delay (`docs/methods/clock.md`). */
const QUICK_PINGS = 50
const SOON_PINGS = 110

/** How long after its nth ping, counted from 1, a link waits for the next, ms. */
export const pingWaitMs = (n: number): number => (n <= QUICK_PINGS ? 100 : n <= SOON_PINGS ? 250 : 1000)

/** An answer to an older ping than so many is not waited for. */
const REMEMBERED = 32

/** Asks the pods on a port what time it is, again and again, and knows its own questions. */
export class Pings {
  readonly #clock: HostClock
  readonly #send: (token: number) => void
  #tokens: number[] = []
  #count = 0
  #callOff: () => void = () => {}

  /** @param send sends a ping with this token: session time, µs modulo 2^32 */
  constructor(clock: HostClock, send: (token: number) => void) {
    this.#clock = clock
    this.#send = send
  }

  /** From now on, quickly at first. */
  quickly(): void {
    this.#from(0)
  }

  /** From now on, as after a while: the clocks have met before, and the line is needed for what was missed. */
  slowly(): void {
    this.#from(SOON_PINGS)
  }

  stop(): void {
    this.#callOff()
  }

  /** Whether a ping with this token was sent not long ago. */
  sent(token: number): boolean {
    return this.#tokens.includes(token)
  }

  #from(count: number): void {
    this.stop()
    this.#count = count
    this.#ping()
  }

  #ping(): void {
    const token = toMicros(this.#clock.nowS())
    this.#tokens.push(token)
    if (this.#tokens.length > REMEMBERED) this.#tokens.shift()
    this.#send(token)
    this.#callOff = this.#clock.after(pingWaitMs(++this.#count), () => this.#ping())
  }
}
