import type { Duplex } from 'node:stream'
import { SYNC_0, SYNC_1 } from '../../shared/frame.ts'
import type { HostClock } from '../link/host-clock.ts'
import { FlashError } from './flash-error.ts'

/** Of what was said without being asked so much is kept, to tell what is there when nothing answers. */
const HEARD_CHARACTERS = 4096
/** A running program is broken into by Ctrl-C; a pod's gives the console back for three of them. What follows at once would be lost. */
const BREAK = '\x03\x03\x03'
const BREAK_MS = 300
/** Before a line: the interpreter neither echoes it nor prompts behind it. */
const QUIET = '\x10'
const ANSWER_MS = 4000

/** The interpreter's console on a port: asks it expressions, one at a time. */
export class EspruinoConsole {
  readonly #port: Duplex
  readonly #clock: HostClock
  #heard = ''
  #questions = 0
  #onHeard: () => void = () => {}
  #gone: boolean = false

  /** @param port open; nobody else may read from it meanwhile */
  constructor(port: Duplex, clock: HostClock) {
    this.#port = port
    this.#clock = clock
    port.on('data', this.#hear)
    port.on('close', this.#close)
  }

  /** Breaks into what runs and clears the line. */
  async interrupt(): Promise<void> {
    this.#port.write(BREAK)
    await this.wait(BREAK_MS)
  }

  /** Lets so much time pass. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#clock.after(ms, resolve))
  }

  /** Runs a line that answers nothing. */
  run(line: string): void {
    this.#port.write(`${QUIET}${line}\n`)
  }

  /**
   * The value of an expression, as JSON carries it.
   * @throws FlashError `silent` when nothing answers in time, `gone`, or `refused` when it threw, with its words
   */
  async ask<T>(expression: string, withinMs = ANSWER_MS): Promise<T> {
    // the mark is put together over there, so that an echo of the question is no answer
    const mark = `ff${++this.#questions}`
    const answer = this.#await(new RegExp(`${mark}(\\{.*\\})\\r?\\n`), withinMs)
    this.run(
      `(function(){var r;try{r={v:${expression}}}catch(e){r={e:""+e}}print("f"+"f${this.#questions}"+JSON.stringify(r))})()`,
    )
    const { v, e } = JSON.parse(await answer) as { v?: T; e?: string }
    if (e !== undefined) throw new FlashError('refused', e)
    return v as T
  }

  /** What seems to be on the port, from what it said. */
  get impression(): 'nothing' | 'locked' | 'pod' | 'noise' {
    if (/password>|Invalid password/.test(this.#heard)) return 'locked'
    if (this.#heard.includes(String.fromCharCode(SYNC_0, SYNC_1))) return 'pod'
    return this.#heard.trim() === '' ? 'nothing' : 'noise'
  }

  /** Lets go of the port. */
  release(): void {
    this.#port.off('data', this.#hear)
    this.#port.off('close', this.#close)
  }

  #await(pattern: RegExp, withinMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const finish = (end: () => void) => {
        callOff()
        this.#onHeard = () => {}
        end()
      }
      const callOff = this.#clock.after(withinMs, () =>
        finish(() => reject(new FlashError('silent', 'no answer'))),
      )
      const look = () => {
        const found = pattern.exec(this.#heard)
        if (found) finish(() => resolve(found[1]!))
        else if (this.#gone) finish(() => reject(new FlashError('gone', 'the port went away')))
      }
      this.#onHeard = look
      look()
    })
  }

  readonly #hear = (bytes: Buffer): void => {
    this.#heard = (this.#heard + bytes.toString('latin1')).slice(-HEARD_CHARACTERS)
    this.#onHeard()
  }

  readonly #close = (): void => {
    this.#gone = true
    this.#onHeard()
  }
}
