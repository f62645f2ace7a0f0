import { deserialize, serialize } from 'node:v8'
import type { FeedMessage } from './feed.ts'
import { type Kind, kindOf } from './feed-hub.ts'
import { ScratchFile } from './scratch-file.ts'

/** Messages written together: some seconds of a session. */
const BLOCK = 128

export interface Told {
  /** Session time at which it was told, s. */
  timeS: number
  message: FeedMessage
}

interface Block {
  /** Number of its first message, from 0. */
  first: number
  fromS: number
  offset: number
  bytes: number
  kinds: ReadonlySet<Kind>
}

/**
 * All that a session tells, in order, to be told again from any moment on. It lies in a file of its own that is gone when it is closed; memory holds
 * where each block of it is, 100 bytes for some seconds of session. Numbers come back to the last bit.
 */
export class Timeline {
  readonly #file: ScratchFile
  readonly #blocks: Block[] = []
  #open: Told[] = []
  #bytes = 0
  #cached: { block: Block; told: Told[] } | null = null
  #grown: (() => void)[] = []
  #reachedS = Number.NEGATIVE_INFINITY
  #whole: boolean = false

  static async create(): Promise<Timeline> {
    return new Timeline(await ScratchFile.create('timeline'))
  }

  private constructor(file: ScratchFile) {
    this.#file = file
  }

  /** Messages so far. */
  get count(): number {
    const last = this.#blocks.at(-1)
    return (last ? last.first + BLOCK : 0) + this.#open.length
  }

  /** All of the session before this is in it, s. */
  get reachedS(): number {
    return this.#reachedS
  }

  /** Nothing more will come. */
  get isWhole(): boolean {
    return this.#whole
  }

  add(told: Told): void {
    this.#open.push(told)
    this.#reachedS = told.timeS
  }

  /** Everything before this time has been added. Writes what fills a block. */
  async reach(timeS: number): Promise<void> {
    this.#reachedS = Math.max(this.#reachedS, timeS)
    this.#wake()
    while (this.#open.length >= BLOCK) await this.#write(this.#open.slice(0, BLOCK))
  }

  end(): void {
    this.#whole = true
    this.#reachedS = Number.POSITIVE_INFINITY
    this.#wake()
  }

  /** Resolves when it holds all up to this time, or will hold no more. */
  async until(timeS: number): Promise<void> {
    while (!this.#whole && this.#reachedS <= timeS) await this.#growth()
  }

  /** The message of this number, as soon as there is one; `null` behind the last. */
  async at(n: number): Promise<Told | null> {
    while (n >= this.count && !this.#whole) await this.#growth()
    if (n >= this.count) return null
    const block = this.#blocks[Math.floor(n / BLOCK)]
    return block ? (await this.#read(block))[n - block.first]! : this.#open[n - this.#openFirst]!
  }

  /** The number of the first message after this time. */
  async firstAfter(timeS: number): Promise<number> {
    const at = this.#blocks.findLastIndex(({ fromS }) => fromS <= timeS)
    const isLast = at === this.#blocks.length - 1
    const open = [...this.#open]
    const openFirst = this.#openFirst
    if (at < 0 && !isLast) return 0
    if (at >= 0) {
      const block = this.#blocks[at]!
      const within = (await this.#read(block)).findIndex((told) => told.timeS > timeS)
      if (within >= 0) return block.first + within
      if (!isLast) return block.first + BLOCK
    }
    const within = open.findIndex((told) => told.timeS > timeS)
    return openFirst + (within < 0 ? open.length : within)
  }

  /**
   * The last messages of each kind before message `n`, in order: as many as are asked for of each. Of a segment, which is told again and again, only
   * the last.
   */
  async lastBefore(n: number, wanted: readonly (readonly [Kind, number])[]): Promise<FeedMessage[]> {
    const left = new Map(wanted)
    const found: FeedMessage[] = []
    const segments = new Set<number>()
    let newest = -1
    const take = (told: readonly Told[]) => {
      for (const { message } of told.toReversed()) {
        const kind = kindOf(message)
        const more = left.get(kind) ?? 0
        if (more === 0) continue
        if (message.type === 'segment') {
          const { index } = message.segment
          if (segments.has(index)) continue
          segments.add(index)
          // the newest is told last
          newest = Math.max(newest, index)
        }
        found.push(message)
        if (more === 1 || (kind === 'segment' && segments.size > newest)) left.delete(kind)
        else left.set(kind, more - 1)
      }
    }
    take(this.#open.slice(0, Math.max(0, n - this.#openFirst)))
    for (let at = Math.min(this.#blocks.length, Math.ceil(n / BLOCK)) - 1; at >= 0 && left.size > 0; at--) {
      const block = this.#blocks[at]!
      if ([...left.keys()].some((kind) => block.kinds.has(kind)))
        take((await this.#read(block)).slice(0, n - block.first))
    }
    return found.reverse()
  }

  async close(): Promise<void> {
    this.end()
    await this.#file.close()
  }

  get #openFirst(): number {
    return this.count - this.#open.length
  }

  async #write(told: Told[]): Promise<void> {
    const bytes = serialize(told)
    await this.#file.write(bytes, this.#bytes)
    this.#blocks.push({
      first: this.#openFirst,
      fromS: told[0]!.timeS,
      offset: this.#bytes,
      bytes: bytes.length,
      kinds: new Set(told.map(({ message }) => kindOf(message))),
    })
    this.#open.splice(0, told.length)
    this.#bytes += bytes.length
  }

  async #read(block: Block): Promise<Told[]> {
    if (this.#cached?.block !== block) {
      const bytes = await this.#file.read(block.bytes, block.offset)
      this.#cached = { block, told: deserialize(bytes) as Told[] }
    }
    return this.#cached.told
  }

  #growth(): Promise<void> {
    return new Promise((resolve) => this.#grown.push(resolve))
  }

  #wake(): void {
    for (const resolve of this.#grown.splice(0)) resolve()
  }
}
