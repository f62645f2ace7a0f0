import { setImmediate as breathe } from 'node:timers/promises'
import { Analysis } from '../analysis/analysis.ts'
import { restoreState } from '../analysis/state.ts'
import type { Checkpoint, Checkpoints } from './checkpoints.ts'
import type { SessionFrame, SessionSource } from './source.ts'

const TURN_MS = 8
/** Samples of a moment have arrived when frames of so long after it have, s. */
const BEYOND_S = 0.3
/** It goes on by so much more, so that it is there already when time has gone on, s. */
const AHEAD_S = 1.5
/** An analysis can still be asked for moments this long ago, s: it keeps where legs pointed for some strides, six seconds of running. */
const REMEMBERS_S = 4

/** Taking an analysis up again costs about as much as so much of a recording, s. */
const WORTH_S = 5

/** An analysis of a session at rest that has got to where somebody looks, for what is worked out only when it is asked for. */
export class Follower {
  readonly #source: SessionSource
  readonly #checkpoints: Checkpoints | null
  #analysis: Analysis
  #frames: AsyncIterator<SessionFrame> | null = null
  #reachedS = Number.NEGATIVE_INFINITY
  #targetS = Number.NEGATIVE_INFINITY
  #ended: boolean = false
  #running: Promise<void> | null = null
  #closed: boolean = false

  /** @param checkpoints of an analysis of this very source, as it goes on */
  constructor(source: SessionSource, checkpoints: Checkpoints | null = null) {
    this.#source = source
    this.#checkpoints = checkpoints
    this.#analysis = new Analysis(source.info, {})
  }

  /** The analysis, once it has reached this time; until then `null`. Sees to it that it gets there. */
  at(timeS: number): Analysis | null {
    this.#targetS = timeS + BEYOND_S
    if (!this.#reaches(AHEAD_S) && !this.#closed)
      this.#running ??= this.#run()
        // the frames end where they cannot be read; what is wrong with them the replay's pass says
        .catch(() => {
          this.#ended = true
        })
        .finally(() => {
          this.#running = null
        })
    return this.#reaches(0) ? this.#analysis : null
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#running
    await this.#frames?.return?.()
  }

  /** Whether it has come so far beyond what was asked for, and not so far that this is forgotten. */
  #reaches(moreS: number): boolean {
    const beyondS = this.#reachedS - this.#targetS
    return (this.#ended || beyondS >= moreS) && beyondS < REMEMBERS_S
  }

  async #run(): Promise<void> {
    let turnMs = performance.now()
    while (!this.#reaches(AHEAD_S) && !this.#closed) {
      await this.#jump()
      const { value, done } = await this.#frames!.next()
      if (done) {
        this.#ended = true
        return
      }
      this.#analysis.push(value.bytes, value.arrivalS)
      this.#reachedS = Math.max(this.#reachedS, value.arrivalS)
      if (performance.now() - turnMs < TURN_MS) continue
      await breathe()
      turnMs = performance.now()
    }
  }

  /** To the last checkpoint before what is asked for, where that is nearer than where it stands; else to the beginning if it is behind. */
  async #jump(): Promise<void> {
    const isBeyond = this.#frames === null || this.#reachedS - this.#targetS >= REMEMBERS_S
    const checkpoint = this.#checkpoints?.before(this.#targetS) ?? null
    const isNearer = checkpoint !== null && checkpoint.atS - this.#reachedS > WORTH_S
    if (!isBeyond && !isNearer) return
    const state = checkpoint && (await this.#checkpoints!.state(checkpoint))
    if (state === null) {
      if (isBeyond) await this.#begin(new Analysis(this.#source.info, {}))
      return
    }
    await this.#begin(restoreState(state, {}, this.#source.info.software), checkpoint!)
  }

  async #begin(analysis: Analysis, { frames, atS }: Checkpoint = BEGINNING): Promise<void> {
    await this.#frames?.return?.()
    this.#analysis = analysis
    this.#frames = this.#source.frames(undefined, undefined, frames)[Symbol.asyncIterator]()
    this.#reachedS = atS
    this.#ended = false
  }
}

const BEGINNING: Checkpoint = { frames: 0, atS: Number.NEGATIVE_INFINITY }
