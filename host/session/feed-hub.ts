import type { FeedMessage, FeedState } from './feed.ts'

/** A type, but for what is told of samples that are missing: there may be any number of these, and they push nothing else out. */
export type Kind = FeedMessage['type'] | 'gap' | 'gap-note'

export function kindOf(message: FeedMessage): Kind {
  if (message.type === 'mark' && message.mark.gap) return 'gap'
  return message.type === 'note' && message.ofGap ? 'gap-note' : message.type
}

/** What a late viewer is given of what happened, at most. */
const KEPT = { stance: 12, stride: 80, mark: 200, gap: 200, note: 50, 'gap-note': 50, segment: 100 } as const
type KeptKind = keyof typeof KEPT
const isKept = (kind: Kind): kind is KeptKind => Object.hasOwn(KEPT, kind)

/** Of these only the newest says how things are. */
const LATEST = ['pods', 'baseline', 'standing', 'assign'] as const
type LatestType = (typeof LATEST)[number]
const isLatest = (type: FeedMessage['type']): type is LatestType =>
  (LATEST as readonly string[]).includes(type)

/** How many messages of each kind, counted back from any moment, tell what a viewer must know then. */
export const TO_KNOW: readonly [kind: Kind, count: number][] = [
  ...Object.entries(KEPT).map(([kind, count]) => [kind as KeptKind, count] as const),
  ['pods', 1],
  ['baseline', 1],
  ['alert', 100],
  ['alert-cleared', 100],
].map(([kind, count]) => [kind as Kind, count as number])

interface Listener {
  take(message: FeedMessage): void
  restarted(): void
}

/** Hands messages to all who listen and remembers, within bounds, what one who comes late must know. */
export class FeedHub {
  readonly #listeners = new Set<Listener>()
  readonly #kept: Record<KeptKind, FeedMessage[]> = {
    stance: [],
    stride: [],
    mark: [],
    gap: [],
    note: [],
    'gap-note': [],
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
    const { mark, gap, note, 'gap-note': gapNote, segment, stride, stance } = this.#kept
    return [
      state,
      ...this.#latest.values(),
      ...inOrder([...mark, ...gap]),
      ...inOrder([...note, ...gapNote]),
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
    else {
      const kind = kindOf(message)
      if (isKept(kind)) this.#keep(kind, message)
    }
  }

  #keep(kind: KeptKind, message: FeedMessage): void {
    const kept = this.#kept[kind]
    // a segment that was told before is told anew
    const told = message.type === 'segment' ? kept.findIndex((other) => isSame(other, message)) : -1
    if (told >= 0) kept[told] = message
    else kept.push(message)
    if (kept.length > KEPT[kind]) kept.shift()
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

const inOrder = (messages: readonly FeedMessage[]): FeedMessage[] =>
  messages.toSorted((a, b) => timeOf(a) - timeOf(b))

const timeOf = (message: FeedMessage): number =>
  message.type === 'mark' ? message.mark.timeS : message.type === 'note' ? message.timeS : 0

const isSame = (a: FeedMessage, b: FeedMessage): boolean =>
  a.type === 'segment' && b.type === 'segment' && a.segment.index === b.segment.index
