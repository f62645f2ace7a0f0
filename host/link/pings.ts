import { toMicros } from '../../shared/micros.ts'
import type { HostClock } from './host-clock.ts'

/** Pings come fast until the clocks have met, then slowly. */
const QUICK_PING_MS = 250
const QUICK_PINGS = 20
const PING_MS = 2000
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
    this.stop()
    this.#count = 0
    this.#ping()
  }

  stop(): void {
    this.#callOff()
  }

  /** Whether a ping with this token was sent not long ago. */
  sent(token: number): boolean {
    return this.#tokens.includes(token)
  }

  #ping(): void {
    const token = toMicros(this.#clock.nowS())
    this.#tokens.push(token)
    if (this.#tokens.length > REMEMBERED) this.#tokens.shift()
    this.#send(token)
    const waitMs = ++this.#count < QUICK_PINGS ? QUICK_PING_MS : PING_MS
    this.#callOff = this.#clock.after(waitMs, () => this.#ping())
  }
}
