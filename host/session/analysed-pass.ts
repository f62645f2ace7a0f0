import type { Checkpoints } from './checkpoints.ts'
import { Pass } from './pass.ts'
import { SessionRun } from './run.ts'
import type { SessionSource } from './source.ts'
import { Timeline } from './timeline.ts'

/** How often a session tells how things are, s. */
const TICK_S = 0.5
/** In a silence that has lasted so long nothing changes any more, s: an import's times may jump by years. */
const SILENCE_S = 60

/** A session told by the very composition that live sessions go through, frame by frame. */
export class AnalysedPass extends Pass {
  readonly #run: SessionRun
  readonly #checkpoints: Checkpoints | null
  #tickS = Number.NaN

  /**
   * @param checkpoints where its analysis is put down on its way
   * @throws SettingsError when the session's settings name what is not there
   */
  static async begin(source: SessionSource, checkpoints: Checkpoints | null = null): Promise<Pass> {
    const timeline = await Timeline.create()
    try {
      return new AnalysedPass(source, timeline, checkpoints).begin()
    } catch (error) {
      await timeline.close()
      throw error
    }
  }

  private constructor(source: SessionSource, timeline: Timeline, checkpoints: Checkpoints | null) {
    super(source, timeline)
    this.#checkpoints = checkpoints
    this.#run = new SessionRun(source.info, this.add)
  }

  protected async tellAll(): Promise<void> {
    const frames = this.source.frames(
      (timeS, text) => this.add({ type: 'note', timeS, text }),
      (mark) => this.#run.mark(mark),
    )
    let count = 0
    for await (const { bytes, arrivalS } of frames) {
      this.#advance(arrivalS)
      this.#run.frame(bytes, arrivalS)
      count++
      if (this.#checkpoints?.isDue(this.nowS))
        await this.#checkpoints.add({ frames: count, atS: this.nowS }, this.#run.saveState())
      await this.rest()
      if (this.stopped) return
    }
    this.#run.end(Number.isNaN(this.lastS) ? 0 : this.lastS)
    this.ended = true
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
      this.nowS = Math.max(this.nowS, this.#tickS)
      this.#run.tick(this.#tickS)
    }
    this.nowS = Math.max(this.nowS, arrivalS)
  }
}
