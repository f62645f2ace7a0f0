import { type FileHandle, open } from 'node:fs/promises'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { Mark } from './feed.ts'
import { RecordingFile } from './recording-file.ts'

/** How long a frame waits in memory before it is on its way to the disk, ms. A kill loses no more than twice that. */
const FLUSH_MS = 200
/** A disk that is this far behind is not going to catch up. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024

/**
 * Writes a live session to its recording. Taking a frame copies it and returns; the disk is written to between frames, one chunk at
 * a time, and each chunk is on the medium before the next is begun. While the disk is slow, chunks grow.
 */
export class Recorder {
  /** Why nothing more is recorded, in words; `null` while all is well. What was written so far can be read. */
  problem: string | null = null
  readonly path: string

  readonly #file: FileHandle
  readonly #recording: RecordingFile
  readonly #timer: NodeJS.Timeout
  readonly #onProblem: (problem: string) => void
  #writing: Promise<void> | null = null

  /** @param onProblem called once, when recording has failed */
  static async create(
    path: string,
    info: SessionInfo,
    startEpochNs: bigint,
    onProblem: (problem: string) => void,
  ): Promise<Recorder> {
    const file = await open(path, 'wx')
    return new Recorder(path, file, new RecordingFile(info, startEpochNs), onProblem)
  }

  private constructor(
    path: string,
    file: FileHandle,
    recording: RecordingFile,
    onProblem: (problem: string) => void,
  ) {
    this.path = path
    this.#file = file
    this.#recording = recording
    this.#onProblem = onProblem
    this.#timer = setInterval(() => this.#flush(), FLUSH_MS)
    this.#flush()
  }

  frame(bytes: Uint8Array, arrivalS: number): void {
    if (this.problem !== null) return
    this.#recording.addFrame(bytes, arrivalS)
    if (this.#recording.waitingBytes > MAX_WAITING_BYTES) this.#fail('the disk is too slow')
  }

  mark(mark: Mark): void {
    if (this.problem === null) this.#recording.addMark(mark)
  }

  /** Writes what is left and the index. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#writing
    if (this.problem === null) await this.#write(this.#recording.takeEnd())
    await this.#file.close()
  }

  #flush(): void {
    if (this.#writing !== null || this.problem !== null) return
    const bytes = this.#recording.takeChunk()
    if (bytes.length === 0) return
    this.#writing = this.#write(bytes).finally(() => {
      this.#writing = null
    })
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      await this.#file.writeFile(bytes)
      await this.#file.datasync()
    } catch (error) {
      this.#fail((error as Error).message)
    }
  }

  #fail(why: string): void {
    if (this.problem !== null) return
    this.problem = `recording stopped: ${why} (${this.path})`
    clearInterval(this.#timer)
    this.#onProblem(this.problem)
  }
}
