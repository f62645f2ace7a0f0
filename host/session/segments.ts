import type { Side } from '../../shared/places.ts'
import type { Stride } from '../analysis/document.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { FeedMessage, Mark, SessionSegment, Tag } from './feed.ts'
import { StretchSums } from './stretch.ts'

/** A segment that changed is told no more often than this, s. */
const TELL_EVERY_S = 2
/** Strides are held back while alignment settles: one may belong to a segment that closed this long before another began, s. */
const LATE_S = 30
/** Tags that make other conditions of it. */
const CONDITIONS = ['shoe', 'orthotic', 'speedMPerS', 'inclinePct'] as const satisfies (keyof Tag)[]

interface Running {
  index: number
  fromS: number
  toS: number | null
  label: string
  tags: Tag
  legs: Record<Side, StretchSums>
  changed: boolean
  toldS: number
}

/** A session from one change of conditions to the next, in running sums. Good strides only. */
export class Segments {
  readonly #emit: (message: FeedMessage) => void
  /** The last one is open; those before it may still get strides. */
  readonly #running: Running[]

  constructor({ treadmill }: SessionInfo, emit: (message: FeedMessage) => void) {
    this.#emit = emit
    const { speedMPerS, inclinePct } = treadmill
    const tags: Tag = {
      ...(speedMPerS !== undefined && { speedMPerS }),
      ...(inclinePct !== undefined && { inclinePct }),
    }
    this.#running = [begin(0, Number.NEGATIVE_INFINITY, '', tags)]
  }

  stride(stride: Stride): void {
    if (!stride.quality.ok) return
    const segment = this.#running.findLast(({ fromS }) => stride.icS >= fromS)
    if (segment === undefined) return
    segment.legs[stride.leg].add(stride)
    segment.changed = true
  }

  mark({ timeS, text, tag }: Mark): void {
    if (tag === undefined) return
    const open = this.#running.at(-1)!
    if (CONDITIONS.every((name) => tag[name] === undefined || tag[name] === open.tags[name])) {
      // what is felt or noted belongs to what goes on
      open.tags = { ...open.tags, ...tag }
      open.changed = true
      return
    }
    const { pain: _, note: __, ...lasting } = open.tags
    open.toS = timeS
    open.changed = true
    // by marks, which stand between the frames: ticks come at other moments in a replay
    while (this.#running[0]!.toS! < timeS - LATE_S) this.#running.shift()
    this.#running.push(begin(open.index + 1, timeS, text, { ...lasting, ...tag }))
    this.#tell(this.#running.slice(-2), timeS)
  }

  /** Tells what changed. */
  tick(nowS: number): void {
    this.#tell(
      this.#running.filter(({ changed, toldS }) => changed && nowS - toldS >= TELL_EVERY_S),
      nowS,
    )
  }

  /** The session ends: what is open closes. */
  end(endS: number): void {
    this.#running.at(-1)!.toS = endS
    this.#tell(this.#running, endS)
  }

  /** The newest is always the one that was told last. */
  #tell(segments: readonly Running[], nowS: number): void {
    if (segments.length === 0) return
    for (const segment of new Set([...segments, this.#running.at(-1)!])) {
      segment.changed = false
      segment.toldS = nowS
      this.#emit({ type: 'segment', segment: told(segment) })
    }
  }
}

const begin = (index: number, fromS: number, label: string, tags: Tag): Running => ({
  index,
  fromS,
  toS: null,
  label,
  tags,
  legs: { left: new StretchSums(), right: new StretchSums() },
  changed: false,
  toldS: Number.NEGATIVE_INFINITY,
})

const told = ({ index, fromS, toS, label, tags, legs }: Running): SessionSegment => ({
  index,
  // the first one has no beginning of its own
  fromS: Math.max(0, fromS),
  toS,
  label,
  tags,
  legs: { left: legs.left.result(), right: legs.right.result() },
})
