import type { FeedMessage, FeedState } from './feed.ts'

/** What a late viewer is given, at most. */
const KEPT = { stance: 12, stride: 80, mark: 200, note: 50 } as const
type KeptType = keyof typeof KEPT
const isKept = (type: FeedMessage['type']): type is KeptType => Object.hasOwn(KEPT, type)

/** Hands messages to all who listen and remembers, within bounds, what one who comes late must know. */
export class FeedHub {
  readonly #listeners = new Set<(message: FeedMessage) => void>()
  readonly #kept: Record<KeptType, FeedMessage[]> = { stance: [], stride: [], mark: [], note: [] }
  #pods: FeedMessage | null = null

  subscribe(listener: (message: FeedMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(message: FeedMessage): void {
    if (message.type === 'pods') this.#pods = message
    else if (isKept(message.type)) {
      const kept = this.#kept[message.type]
      kept.push(message)
      if (kept.length > KEPT[message.type]) kept.shift()
    }
    for (const listener of this.#listeners)
      try {
        listener(message)
      } catch (error) {
        // one bad listener is its own trouble: the others and the recording go on
        process.emitWarning(error as Error)
      }
  }

  recent(state: FeedState): FeedMessage[] {
    const { mark, note, stride, stance } = this.#kept
    return [state, ...(this.#pods ? [this.#pods] : []), ...mark, ...note, ...stride, ...stance]
  }

  /** A new recording begins: what was before is not part of it. */
  forget(): void {
    this.#pods = null
    for (const kept of Object.values(this.#kept)) kept.length = 0
  }
}
