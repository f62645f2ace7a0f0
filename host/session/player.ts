import type { FeedMessage } from './feed.ts'
import { TO_KNOW } from './feed-hub.ts'
import { Pace } from './pace.ts'
import type { Pass } from './pass.ts'

/** How long messages are told without a pause for the rest of the program, ms. */
const TURN_MS = 15
/** The longest sleep between two messages, so that pause and speed take hold at once, ms. */
const MAX_SLEEP_MS = 50
/** Played of the silence before the first frame, s. */
const LEAD_S = 1

/** Whom it is played to. */
export interface Audience {
  /** A message whose time has come. */
  tell(message: FeedMessage): void
  /** It is at another moment, and this is what must be known there. */
  restart(past: readonly FeedMessage[]): void
  /** Phase, speed, loop or moment are others. */
  changed(): void
}

/** Plays what a pass told, at the pace at which it came, faster, slower, from any moment on, and over and over (D-016). */
export class Player {
  #pass: Pass
  #phase: 'waiting' | 'playing' | 'paused' | 'ended' = 'waiting'
  #loop: { fromS: number; toS: number } | null = null
  readonly #audience: Audience
  readonly #pace: Pace
  /** The next message to be told. */
  #next = 0
  /** Counts the jumps, so that who waited meanwhile notices. */
  #jumps = 0
  #wake: () => void = () => {}
  #playing: Promise<void> | null = null
  #closed: boolean = false
  readonly #endings: (() => void)[] = []

  /** @param speed 1 = as it happened, `null` = as fast as possible */
  constructor(pass: Pass, speed: number | null, audience: Audience) {
    this.#pass = pass
    this.#pace = new Pace(speed)
    this.#audience = audience
  }

  get phase() {
    return this.#phase
  }

  get loop() {
    return this.#loop
  }

  get speed(): number | null {
    return this.#pace.speed
  }

  /** Session time. */
  get timeS(): number {
    const { reachedS } = this.#pass.timeline
    return Math.max(0, Math.min(this.#pace.timeS, this.#loop?.toS ?? reachedS, reachedS))
  }

  /** Plays on, or again from the beginning when the end was reached. */
  async start(): Promise<void> {
    if (this.#phase === 'playing') return
    if (this.#phase === 'ended') await this.seek(Number.NEGATIVE_INFINITY)
    this.#setPhase('playing')
    this.#playing ??= this.#play()
      .catch((error: Error) => this.#fail(error))
      .finally(() => {
        this.#playing = null
      })
  }

  stop(): void {
    if (this.#phase === 'playing') this.#setPhase('paused')
  }

  setSpeed(speed: number | null): void {
    if (speed !== null && !(speed > 0))
      throw new Error(`a speed of ${speed}: must be above 0, or null for as fast as possible`)
    this.#pace.speed = speed
    this.#wake()
    this.#audience.changed()
  }

  /** Goes there. Waits until that moment has been analysed. */
  async seek(timeS: number): Promise<void> {
    const jump = ++this.#jumps
    const isOvertaken = () => jump !== this.#jumps || this.#closed
    const there = await this.#find(timeS).catch((error) => {
      // of a timeline that was put away while it was read
      if (isOvertaken()) return null
      throw error
    })
    if (there === null || isOvertaken()) return
    const { atS, next, past } = there
    this.#next = next
    this.#pace.set(atS)
    if (this.#phase === 'waiting' || this.#phase === 'ended') this.#phase = 'paused'
    this.#audience.restart(past)
    this.#wake()
    this.#audience.changed()
  }

  /** Plays a stretch over and over; `null`: no more. */
  async repeat(stretch: { fromS: number; toS: number } | null): Promise<void> {
    if (stretch === null) {
      this.#loop = null
      return this.#audience.changed()
    }
    const { fromS, toS } = stretch
    if (!(toS > fromS)) throw new Error(`a loop from ${fromS} to ${toS} s: it must end after it begins`)
    this.#loop = { fromS, toS }
    await this.seek(fromS)
  }

  /** To the moment at which the next or previous stance was known, and stands there. */
  async step(by: 1 | -1): Promise<void> {
    this.#setPhase('paused')
    const fromS = this.timeS
    const { stancesS, timeline } = this.#pass
    const found = () =>
      by > 0 ? stancesS.find((timeS) => timeS > fromS) : stancesS.findLast((timeS) => timeS < fromS)
    while (by > 0 && found() === undefined && !timeline.isWhole) await timeline.until(timeline.reachedS)
    const toS = found()
    if (toS === undefined) throw new Error(`there is no ${by > 0 ? 'later' : 'earlier'} stance`)
    await this.seek(toS)
  }

  /** Goes on in another pass over the session, at the same moment. */
  async change(pass: Pass): Promise<void> {
    this.#pass = pass
    await this.seek(this.timeS)
  }

  /** Plays no more. */
  async close(): Promise<void> {
    this.#closed = true
    this.#wake()
    await this.#playing
    this.#tellEnd()
  }

  /** Resolves when the end has been reached or it was closed. */
  async ended(): Promise<void> {
    if (this.#phase !== 'ended' && !this.#closed)
      await new Promise<void>((resolve) => this.#endings.push(resolve))
  }

  async #play(): Promise<void> {
    let turnMs = performance.now()
    while (!this.#closed) {
      if (this.#phase !== 'playing') {
        await new Promise<void>((resolve) => (this.#wake = resolve))
        continue
      }
      const jump = this.#jumps
      const told = await this.#pass.timeline.at(this.#next)
      if (jump !== this.#jumps || this.#closed) continue
      if (this.#next === 0) this.#skipLead()
      if (this.#loop !== null && (told === null || told.timeS > this.#loop.toS)) {
        if (!(await this.#due(this.#loop.toS, jump))) continue
        await this.seek(this.#loop.fromS)
        // as fast as possible, a stretch in which nothing is told would let nobody else have a turn
        await sleep(0)
      } else if (told === null) {
        if (await this.#due(this.#pass.lastS || 0, jump)) this.#end()
      } else if (await this.#due(told.timeS, jump)) {
        this.#next++
        if (this.#pace.speed === null) this.#pace.set(told.timeS)
        this.#audience.tell(told.message)
        if (performance.now() - turnMs < TURN_MS) continue
        await sleep(0)
        turnMs = performance.now()
      }
    }
  }

  /** Sleeps for a while when a moment has not come; true when it has. */
  async #due(timeS: number, jump: number): Promise<boolean> {
    const aheadMs = this.#pace.msUntil(timeS)
    if (aheadMs <= 0) return true
    let woken = () => {}
    await Promise.race([
      sleep(Math.min(aheadMs, MAX_SLEEP_MS)),
      new Promise<void>((resolve) => {
        woken = resolve
        this.#wake = resolve
      }),
    ])
    woken()
    return jump === this.#jumps && this.#phase === 'playing' && this.#pace.msUntil(timeS) <= 0
  }

  #fail(error: Error): void {
    this.#audience.tell({ type: 'note', timeS: this.timeS, text: `the replay stands: ${error.message}` })
    this.#setPhase('paused')
  }

  #end(): void {
    this.#phase = 'ended'
    this.#pace.stand()
    this.#pace.set(this.#pass.lastS || 0)
    this.#audience.changed()
    this.#tellEnd()
  }

  #tellEnd(): void {
    for (const resolve of this.#endings.splice(0)) resolve()
  }

  #setPhase(phase: 'playing' | 'paused'): void {
    this.#phase = phase
    if (phase === 'playing') this.#pace.run()
    else this.#pace.stand()
    this.#wake()
    this.#audience.changed()
  }

  /** An import's time may begin at any number: the silence before it is not played. */
  #skipLead(): void {
    const leadS = this.#pass.firstS - LEAD_S
    if (leadS > this.#pace.timeS) this.#pace.set(leadS)
  }

  /** A moment, the message that is next there, and what a viewer must know there. */
  async #find(timeS: number) {
    const { timeline } = this.#pass
    const atS = await this.#within(timeS)
    await timeline.until(atS)
    const next = await timeline.firstAfter(atS)
    return { atS, next, past: await timeline.lastBefore(next, TO_KNOW) }
  }

  /** A moment of the recording, as near to `timeS` as there is one. */
  async #within(timeS: number): Promise<number> {
    await this.#pass.timeline.at(0)
    const { firstS, timeline, durationS } = this.#pass
    if (Number.isNaN(firstS)) return 0
    if (timeS > (durationS ?? Number.NEGATIVE_INFINITY)) await timeline.until(timeS)
    const lastS = timeline.isWhole ? this.#pass.lastS : (durationS ?? timeS)
    return Math.min(lastS, Math.max(timeS, Math.max(0, firstS - LEAD_S)))
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
