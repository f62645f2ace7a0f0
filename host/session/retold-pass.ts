import { BeltCourse } from '../analysis/belt.ts'
import type { Stride } from '../analysis/document.ts'
import { onBelt } from '../metrics/stride.ts'
import { beltChange } from './belt-marks.ts'
import { Conditions, hangsOnMarks } from './conditions.ts'
import type { FeedMessage, Mark } from './feed.ts'
import { Pass } from './pass.ts'
import type { SessionSource } from './source.ts'
import { Timeline } from './timeline.ts'

/**
 * What another pass tells, with marks that were not there then. Nothing is analysed: what was measured is told as it was, a belt's speed changes the
 * strides that begin behind it, and what marks make is made anew. Follows a pass that has not come to its end.
 */
export class RetoldPass extends Pass {
  /** `null` once all of it has been told. */
  #origin: Pass | null
  readonly #added: Mark[]
  readonly #conditions: Conditions
  readonly #belt: BeltCourse

  /**
   * @param origin must stay open until this one is whole
   * @param source the session with all its marks
   * @param added those of them that `origin` does not have
   */
  static async begin(origin: Pass, source: SessionSource, added: readonly Mark[]): Promise<Pass> {
    return new RetoldPass(origin, source, await Timeline.create(), added).begin()
  }

  private constructor(origin: Pass, source: SessionSource, timeline: Timeline, added: readonly Mark[]) {
    super(source, timeline)
    this.#origin = origin
    this.#added = added.toSorted((a, b) => a.timeS - b.timeS)
    this.#conditions = new Conditions(source.info, this.add)
    this.#belt = new BeltCourse(source.info)
  }

  override async close(): Promise<void> {
    this.stopped = true
    // it may wait for what the other one will tell
    await this.#origin?.close()
    await super.close()
  }

  protected async tellAll(): Promise<void> {
    const origin = this.#origin!
    for (let n = 0; ; n++) {
      const told = await origin.timeline.at(n)
      this.firstS = origin.firstS
      this.lastS = origin.lastS
      if (this.stopped) return
      while (this.#added[0] && (told === null || this.#added[0].timeS < told.timeS))
        this.#mark(this.#added.shift()!)
      if (told === null) break
      this.nowS = told.timeS
      this.#retell(told.message)
      await this.rest()
    }
    this.#origin = null
    if (!origin.ended) return
    this.#conditions.end(Number.isNaN(this.lastS) ? 0 : this.lastS)
    this.ended = true
  }

  #retell(message: FeedMessage): void {
    if (message.type === 'mark') this.#mark(message.mark)
    else if (message.type === 'stride') this.#conditions.stride(this.#onItsBelt(message.stride))
    else if (!hangsOnMarks(message)) this.add(message)
    if (message.type === 'pods') this.#conditions.tick(message.timeS)
  }

  #mark(mark: Mark): void {
    const belt = beltChange(mark)
    if (belt !== null) this.#belt.change(belt)
    this.#conditions.mark(mark)
  }

  #onItsBelt(stride: Stride): Stride {
    const speedMPerS = this.#belt.at(stride.icS)
    return speedMPerS === null ? stride : onBelt(stride, speedMPerS)
  }
}
