import { ScratchFile } from './scratch-file.ts'

/** An analysis' state (`saveState`) at a moment. */
export interface Checkpoint {
  /** Frames that had been analysed. */
  frames: number
  /** Session time of arrival that had been reached, s. */
  atS: number
}

interface Kept extends Checkpoint {
  offset: number
  bytes: number
}

/**
 * States of an analysis on its way through a recording, so that it can be taken up near any moment. They lie in a file of their own, about 3.5 MB
 * each for four pods. Their number is bounded: when there are too many every second one goes, and from then on they come half as often.
 */
export class Checkpoints {
  readonly #file: ScratchFile
  readonly #most: number
  #everyS: number
  #lastS = Number.NaN
  #kept: Kept[] = []
  /** Room of those that went. */
  readonly #free: { offset: number; bytes: number }[] = []
  #end = 0

  /**
   * @param everyS session time from one to the next, to begin with
   * @param most of them at a time
   */
  static async create(everyS = 60, most = 64): Promise<Checkpoints> {
    return new Checkpoints(await ScratchFile.create('checkpoints'), everyS, most)
  }

  private constructor(file: ScratchFile, everyS: number, most: number) {
    this.#file = file
    this.#everyS = everyS
    this.#most = most
  }

  /** In order of time. */
  get times(): number[] {
    return this.#kept.map(({ atS }) => atS)
  }

  /** Whether it is time for another one. To be asked from the first frame on. */
  isDue(atS: number): boolean {
    if (Number.isNaN(this.#lastS)) this.#lastS = atS
    return atS - this.#lastS >= this.#everyS
  }

  async add({ frames, atS }: Checkpoint, state: Uint8Array): Promise<void> {
    this.#lastS = atS
    if (this.#kept.length >= this.#most) this.#thin()
    const bytes = state.length
    const at = this.#free.findIndex((room) => room.bytes >= bytes)
    const [room] = at < 0 ? [] : this.#free.splice(at, 1)
    const offset = room?.offset ?? this.#end
    if (room === undefined) this.#end += bytes
    await this.#file.write(state, offset)
    this.#kept.push({ frames, atS, offset, bytes })
  }

  /** The last one that is not behind `atS`. */
  before(atS: number): Checkpoint | null {
    return this.#kept.findLast((kept) => kept.atS <= atS) ?? null
  }

  /** @returns `null` when it went meanwhile */
  async state({ frames }: Checkpoint): Promise<Uint8Array | null> {
    const kept = this.#kept.find((other) => other.frames === frames)
    if (kept === undefined) return null
    const state = await this.#file.read(kept.bytes, kept.offset)
    // its room may have been given to another one while it was read
    return this.#kept.includes(kept) ? state : null
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  #thin(): void {
    this.#everyS *= 2
    for (const [i, { offset, bytes }] of this.#kept.entries())
      if (i % 2 === 0) this.#free.push({ offset, bytes })
    this.#kept = this.#kept.filter((_, i) => i % 2 === 1)
  }
}
