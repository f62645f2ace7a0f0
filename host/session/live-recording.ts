import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { FeedMessage, Mark, UnplacedPod } from './feed.ts'
import type { PodPanel } from './pod-panel.ts'
import { Recorder } from './recorder.ts'
import { SessionRun } from './run.ts'

/** A session while it is recorded: every frame and mark goes to the disk and to the analysis, in one order with one stamp. */
export class LiveRecording {
  readonly info: SessionInfo
  readonly run: SessionRun
  readonly #recorder: Recorder
  readonly #emit: (message: FeedMessage) => void
  readonly #note: (text: string) => void
  /** The analysis failed: the bytes are kept all the same, and can be analysed later. */
  #broken: boolean = false

  /**
   * Named by the second; the second one within it is -2, whoever wrote the first.
   * @param info gives what is known under a name
   * @param note hears of what goes wrong, in words
   */
  static async begin(
    folder: string,
    zeroEpochMs: number,
    info: (id: string, startedAt: string) => SessionInfo,
    panel: PodPanel,
    emit: (message: FeedMessage) => void,
    note: (text: string) => void,
  ): Promise<LiveRecording> {
    await mkdir(folder, { recursive: true })
    const startedAt = new Date(zeroEpochMs).toISOString()
    const second = startedAt.replace(/[:.]/g, '-').slice(0, 19)
    for (let n = 1; ; n++) {
      const known = info(n === 1 ? second : `${second}-${n}`, startedAt)
      const path = join(folder, `${known.id}.mcap`)
      try {
        const recorder = await Recorder.create(path, known, BigInt(zeroEpochMs) * 1_000_000n, note)
        return new LiveRecording(known, recorder, panel, emit, note)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
  }

  private constructor(
    info: SessionInfo,
    recorder: Recorder,
    panel: PodPanel,
    emit: (message: FeedMessage) => void,
    note: (text: string) => void,
  ) {
    this.info = info
    this.#recorder = recorder
    this.#emit = emit
    this.#note = note
    this.run = new SessionRun(info, emit, panel)
  }

  get name(): string {
    return basename(this.#recorder.path)
  }

  frame(bytes: Uint8Array, arrivalS: number): void {
    this.#recorder.frame(bytes, arrivalS)
    this.#analyse(() => this.run.frame(bytes, arrivalS))
  }

  mark(mark: Mark): void {
    this.#recorder.mark(mark)
    if (this.#broken) this.#emit({ type: 'mark', mark })
    else this.#analyse(() => this.run.mark(mark))
  }

  tick(nowS: number, unplaced: UnplacedPod[]): void {
    this.#analyse(() => this.run.tick(nowS, unplaced))
  }

  async end(endS: number): Promise<void> {
    this.#analyse(() => this.run.end(endS))
    await this.#recorder.close()
  }

  /** An analysis that fails costs its own numbers, never the recording. */
  #analyse(step: () => void): void {
    if (this.#broken) return
    try {
      step()
    } catch (error) {
      this.#broken = true
      this.#note(`the analysis failed, the recording goes on: ${(error as Error).message}`)
    }
  }
}
