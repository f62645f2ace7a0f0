import { setImmediate as breathe } from 'node:timers/promises'
import type { FeedMessage, Overview } from './feed.ts'
import { OverviewBuilder } from './overview.ts'
import { SessionRun } from './run.ts'
import type { SessionSource } from './source.ts'
import { Timeline } from './timeline.ts'

/** How long frames are analysed without a pause for the rest of the program, ms. */
const TURN_MS = 8
/** How often a session tells how things are, s. */
const TICK_S = 0.5
/** In a silence that has lasted so long nothing changes any more, s: an import's times may jump by years. */
const SILENCE_S = 60

/**
 * A session at rest, analysed once from end to end in the background by the very composition that live sessions go through. What it told is in
 * its timeline, as live would have told it; there it is played, sought and looped, and nothing is computed twice.
 */
export class Pass {
  readonly timeline: Timeline
  /** When each stance was told, s. */
  readonly stancesS: number[] = []
  /** Session time of the first and the last frame, as far as they have come. */
  firstS = Number.NaN
  lastS = Number.NaN
  readonly #source: SessionSource
  readonly #overview = new OverviewBuilder()
  readonly #run: SessionRun
  #nowS = Number.NEGATIVE_INFINITY
  #tickS = Number.NaN
  #stopped: boolean = false
  readonly #done: Promise<void>

  /** @throws SettingsError when the session's settings name what is not there */
  static async begin(source: SessionSource): Promise<Pass> {
    const timeline = await Timeline.create()
    try {
      return new Pass(source, timeline)
    } catch (error) {
      await timeline.close()
      throw error
    }
  }

  private constructor(source: SessionSource, timeline: Timeline) {
    this.#source = source
    this.timeline = timeline
    this.#run = new SessionRun(source.info, (message) => this.#add(message))
    this.#done = this.#go()
  }

  /** Of the whole session; `null` when that is not known beforehand. */
  get durationS(): number | null {
    return this.#source.durationS
  }

  /** 0…1; 0 until the end where the length is not known. */
  get share(): number {
    const { durationS } = this.#source
    if (this.timeline.isWhole) return 1
    if (durationS === null || Number.isNaN(this.firstS)) return 0
    return Math.min(0.999, Math.max(0, (this.#nowS - this.firstS) / (durationS - this.firstS)))
  }

  /** Once everything has been analysed. */
  async overview(): Promise<Overview> {
    await this.#done
    const { durationS } = this.#source
    return this.#overview.result(durationS ?? (Number.isNaN(this.lastS) ? 0 : this.lastS))
  }

  async close(): Promise<void> {
    this.#stopped = true
    await this.#done
    await this.timeline.close()
  }

  async #go(): Promise<void> {
    try {
      await this.#analyse()
    } catch (error) {
      this.#add({
        type: 'note',
        timeS: Math.max(0, this.#nowS),
        text: `the replay ends here: ${(error as Error).message}`,
      })
    }
    this.timeline.end()
  }

  async #analyse(): Promise<void> {
    let turnMs = performance.now()
    const frames = this.#source.frames(
      (timeS, text) => this.#add({ type: 'note', timeS, text }),
      (mark) => this.#run.mark(mark),
    )
    for await (const { bytes, arrivalS } of frames) {
      this.#advance(arrivalS)
      this.#run.frame(bytes, arrivalS)
      if (performance.now() - turnMs < TURN_MS) continue
      await this.timeline.reach(this.#nowS)
      await breathe()
      turnMs = performance.now()
      if (this.#stopped) return
    }
    this.#run.end(Number.isNaN(this.lastS) ? 0 : this.lastS)
    await this.timeline.reach(this.#nowS)
  }

  /** Arrivals may go back a little, where a frame was sent again; what is told does not. */
  #advance(arrivalS: number): void {
    if (Number.isNaN(this.firstS)) {
      this.firstS = arrivalS
      this.#tickS = arrivalS
    }
    const beforeS = this.lastS
    this.lastS = arrivalS
    for (; this.#tickS <= arrivalS; this.#tickS += TICK_S) {
      if (this.#tickS - beforeS > SILENCE_S)
        this.#tickS += TICK_S * Math.floor((arrivalS - this.#tickS) / TICK_S)
      this.#nowS = Math.max(this.#nowS, this.#tickS)
      this.#run.tick(this.#tickS)
    }
    this.#nowS = Math.max(this.#nowS, arrivalS)
  }

  #add(message: FeedMessage): void {
    const timeS = Math.max(this.#nowS, 0)
    this.#overview.take(message)
    if (message.type === 'stance') this.stancesS.push(timeS)
    this.timeline.add({ timeS, message })
  }
}
