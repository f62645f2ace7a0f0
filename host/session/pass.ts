import { setImmediate as breathe } from 'node:timers/promises'
import type { FeedMessage, Overview } from './feed.ts'
import { OverviewBuilder } from './overview.ts'
import type { SessionSource } from './source.ts'
import type { Timeline } from './timeline.ts'

/** How long it works without a pause for the rest of the program, ms. */
const TURN_MS = 8

/**
 * A session at rest, told once from end to end in the background. What was told is in its timeline, as live would have told it; there it is played,
 * sought and looped, and nothing is computed twice (D-016).
 */
export abstract class Pass {
  readonly timeline: Timeline
  /** When each stance was told, s. */
  readonly stancesS: number[] = []
  /** Session time of the first and the last frame, as far as they have come. */
  firstS = Number.NaN
  lastS = Number.NaN
  /** The session was told to its end. */
  ended = false
  protected readonly source: SessionSource
  /** Session time that has been reached. */
  protected nowS = Number.NEGATIVE_INFINITY
  protected stopped = false
  readonly #overview = new OverviewBuilder()
  #turnMs = performance.now()
  #done: Promise<void> | null = null
  #closing: Promise<void> | null = null

  protected constructor(source: SessionSource, timeline: Timeline) {
    this.source = source
    this.timeline = timeline
  }

  /** Of the whole session; `null` when that is not known beforehand. */
  get durationS(): number | null {
    return this.source.durationS
  }

  /** 0…1; 0 until the end where the length is not known. */
  get share(): number {
    const { durationS } = this.source
    if (this.timeline.isWhole) return 1
    if (durationS === null || Number.isNaN(this.firstS)) return 0
    return Math.min(0.999, Math.max(0, (this.nowS - this.firstS) / (durationS - this.firstS)))
  }

  /** Resolves when everything has been told. */
  async whole(): Promise<void> {
    await this.#done
  }

  /** Once everything has been told. */
  async overview(): Promise<Overview> {
    await this.#done
    const { durationS } = this.source
    return this.#overview.result(durationS ?? (Number.isNaN(this.lastS) ? 0 : this.lastS))
  }

  close(): Promise<void> {
    this.stopped = true
    this.#closing ??= this.whole().then(() => this.timeline.close())
    return this.#closing
  }

  /** Tells the session. */
  protected abstract tellAll(): Promise<void>

  /** By whoever makes one. */
  protected begin(): this {
    this.#done = this.#go()
    return this
  }

  protected readonly add = (message: FeedMessage): void => {
    const timeS = Math.max(this.nowS, 0)
    this.#overview.take(message)
    if (message.type === 'stance') this.stancesS.push(timeS)
    this.timeline.add({ timeS, message })
  }

  /** Lets the rest of the program have its turn when that is due. */
  protected async rest(): Promise<void> {
    if (performance.now() - this.#turnMs < TURN_MS) return
    await this.timeline.reach(this.nowS)
    await breathe()
    this.#turnMs = performance.now()
  }

  async #go(): Promise<void> {
    try {
      await this.tellAll()
      await this.timeline.reach(this.nowS)
    } catch (error) {
      this.add({
        type: 'note',
        timeS: Math.max(0, this.nowS),
        text: `the replay ends here: ${(error as Error).message}`,
      })
    }
    this.timeline.end()
  }
}
