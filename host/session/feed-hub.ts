import type { FeedMessage, FeedState } from './feed.ts'

/** What a late viewer is given of what happened, at most. */
const KEPT = { stance: 12, stride: 80, mark: 200, note: 50, segment: 100 } as const
type KeptType = keyof typeof KEPT
const isKept = (type: FeedMessage['type']): type is KeptType => Object.hasOwn(KEPT, type)

/** Of these only the newest says how things are. */
const LATEST = ['pods', 'baseline', 'standing', 'assign'] as const
type LatestType = (typeof LATEST)[number]
const isLatest = (type: FeedMessage['type']): type is LatestType =>
  (LATEST as readonly string[]).includes(type)

/** How many messages of each type, counted back from any moment, tell what a viewer must know then. */
export const TO_KNOW: readonly [type: FeedMessage['type'], count: number][] = [
  ...Object.entries(KEPT).map(([type, count]) => [type as KeptType, count] as const),
  ['pods', 1],
  ['baseline', 1],
  ['alert', 100],
  ['alert-cleared', 100],
].map(([type, count]) => [type as FeedMessage['type'], count as number])

interface Listener {
  take(message: FeedMessage): void
  restarted(): void
}

/** Hands messages to all who listen and remembers, within bounds, what one who comes late must know. */
export class FeedHub {
  readonly #listeners = new Set<Listener>()
  readonly #kept: Record<KeptType, FeedMessage[]> = {
    stance: [],
    stride: [],
    mark: [],
    note: [],
    segment: [],
  }
  readonly #latest = new Map<LatestType, FeedMessage>()
  readonly #alerts = new Map<string, FeedMessage>()

  subscribe(take: (message: FeedMessage) => void, restarted: () => void = () => {}): () => void {
    const listener = { take, restarted }
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(message: FeedMessage): void {
    this.#remember(message)
    this.#tell((listener) => listener.take(message))
  }

  recent(state: FeedState): FeedMessage[] {
    const { mark, note, segment, stride, stance } = this.#kept
    return [
      state,
      ...this.#latest.values(),
      ...mark,
      ...note,
      ...segment,
      ...this.#alerts.values(),
      ...stride,
      ...stance,
    ]
  }

  /** What was before is not part of what comes now: a new recording, or another moment of one, whose past is `past`. */
  restart(past: readonly FeedMessage[] = []): void {
    this.#latest.clear()
    this.#alerts.clear()
    for (const kept of Object.values(this.#kept)) kept.length = 0
    for (const message of past) this.#remember(message)
    this.#tell((listener) => listener.restarted())
  }

  #remember(message: FeedMessage): void {
    if (message.type === 'alert') this.#alerts.set(message.alert.key, message)
    else if (message.type === 'alert-cleared') this.#alerts.delete(message.key)
    else if (isLatest(message.type)) this.#latest.set(message.type, message)
    else if (isKept(message.type)) this.#keep(message.type, message)
  }

  #keep(type: KeptType, message: FeedMessage): void {
    const kept = this.#kept[type]
    // a segment that was told before is told anew
    const told = message.type === 'segment' ? kept.findIndex((other) => isSame(other, message)) : -1
    if (told >= 0) kept[told] = message
    else kept.push(message)
    if (kept.length > KEPT[type]) kept.shift()
  }

  #tell(one: (listener: Listener) => void): void {
    for (const listener of this.#listeners)
      try {
        one(listener)
      } catch (error) {
        // one bad listener is its own trouble: the others and the recording go on
        process.emitWarning(error as Error)
      }
  }
}

const isSame = (a: FeedMessage, b: FeedMessage): boolean =>
  a.type === 'segment' && b.type === 'segment' && a.segment.index === b.segment.index
