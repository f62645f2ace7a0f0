import { FLAG_BACKLOG, FLAG_BREAK, type FrameHeader, TYPE_SAMPLES } from '../../shared/frame.ts'
import type { Ack, Hello } from '../../shared/messages.ts'
import type { Backfill } from './backfill.ts'
import type { Gap, GapCause, Hole } from './hole.ts'
import type { Streams } from './streams.ts'

/** A stream that begins within this after a start was asked for is heard from its beginning, s. */
const STARTS_WITHIN_S = 4
/** A host that was held up reads what waited for so long afterwards, s. */
const CATCHES_UP_S = 0.5

/** What a line's reception needs of the line. */
export interface Line {
  resend(stream: number, from: number, count: number): number
  gap(gap: Gap): void
  reset(hello: Hello): void
  /** Bytes so far that were in no frame. */
  damage(): number
  /** When the host was last held up, session time, s. */
  stalledS(): number
}

/** A stream as this line hears it. */
interface Heard {
  backfill: Backfill
  /** It ran on another line before, and nothing of it has been heard on this one. */
  away: boolean
  /** Damaged bytes on the line when its last frame came. */
  damageBefore: number
  /** The stream of the same pod before it, which broke off: its gap is told when samples flow again. */
  resumes: Backfill | null
  // when the newest sample known of was taken, on the pod's clock, and its index
  timeUs: number
  newest: number
}

/** What comes in on one line: passes each frame once, has the missing ones sent again, and says what will never come and why. */
export class Reception {
  /** A stream that ran on another line before goes on on this one. */
  resumed: boolean = false
  readonly #streams: Streams
  readonly #line: Line
  readonly #heard = new Map<number, Heard>()
  readonly #countsBefore = { lost: 0, recovered: 0, duplicates: 0 }
  #startedS = Number.NEGATIVE_INFINITY

  constructor(streams: Streams, line: Line) {
    this.#streams = streams
    this.#line = line
  }

  /** False for a frame that has been here before. */
  take(header: FrameHeader, nowS: number): boolean {
    const heard = this.#of(header.stream, nowS)
    const { backfill } = heard
    const isNew = backfill.take(header, nowS, () => this.#cause(heard, nowS))
    heard.away = false
    heard.damageBefore = this.#line.damage()
    if (isNew && header.type === TYPE_SAMPLES) this.#samples(heard, header, nowS)
    return isNew
  }

  tick(nowS: number): void {
    for (const { backfill } of this.#heard.values()) backfill.tick(nowS, this.#asker)
  }

  /** True when it answers one of the requests made here. */
  answered(ack: Ack, nowS: number): boolean {
    return [...this.#heard.values()].some(({ backfill }) => backfill.answered(ack, nowS))
  }

  /** The pod behind a stream has said who it is. */
  introduce(hello: Hello, stream: number): void {
    const heard = this.#heard.get(stream)
    if (heard === undefined) return
    heard.backfill.hello = hello
    const before = this.#streams.introduce(hello.id, heard.backfill)
    if (before === null) return
    before.abandon(this.#asker)
    // one that never got to its samples leaves the gap before it to its successor
    const open = this.#heard.get(before.stream)?.resumes ?? null
    const brokeOff = !before.ended && !Number.isNaN(before.lastSamplesS)
    heard.resumes = brokeOff ? before : open
    this.#forget(before)
    if (brokeOff && !hello.streaming) this.#line.reset(hello)
  }

  isIntroduced(stream: number): boolean {
    return this.#heard.get(stream)?.backfill.hello != null
  }

  /** A start is asked for: streams that begin now are heard from their first frame. */
  expectNew(nowS: number): void {
    this.#startedS = nowS
  }

  /** The streams that run are told to end. */
  ending(): void {
    for (const { backfill } of this.#heard.values()) backfill.ended = true
  }

  /** Nothing more is waited for: what is still missing of streams that were told to end is lost. */
  giveUp(): void {
    for (const { backfill } of this.#heard.values()) if (backfill.ended) backfill.abandon(this.#asker)
  }

  detach(): void {
    for (const { backfill } of this.#heard.values()) backfill.detach()
  }

  get isOpen(): boolean {
    return [...this.#heard.values()].some(({ backfill }) => backfill.isOpen)
  }

  get counts(): { lost: number; recovered: number; duplicates: number } {
    const counts = { ...this.#countsBefore }
    for (const { backfill } of this.#heard.values()) count(counts, backfill)
    return counts
  }

  readonly #asker = {
    resend: (stream: number, from: number, count: number) => this.#line.resend(stream, from, count),
    gaveUp: ({ hello }: Backfill, { fromS, toS, samples, cause }: Hole) =>
      this.#tell(hello, { fromS, toS, samples, cause }),
  }

  #of(stream: number, nowS: number): Heard {
    const known = this.#heard.get(stream)
    if (known) return known
    const backfill = this.#streams.of(stream, nowS - this.#startedS < STARTS_WITHIN_S)
    const heard: Heard = {
      backfill,
      away: !Number.isNaN(backfill.lastS),
      damageBefore: this.#line.damage(),
      resumes: null,
      timeUs: 0,
      newest: -1,
    }
    this.resumed ||= heard.away
    this.#heard.set(stream, heard)
    return heard
  }

  #forget(backfill: Backfill): void {
    if (this.#heard.delete(backfill.stream)) count(this.#countsBefore, backfill)
  }

  #cause({ backfill, away, damageBefore }: Heard, nowS: number): GapCause {
    if (away) return 'unplugged'
    if (this.#line.stalledS() > Math.max(backfill.lastS, nowS - CATCHES_UP_S)) return 'host busy'
    return this.#line.damage() > damageBefore ? 'bit errors' : 'lost on the way'
  }

  #samples(heard: Heard, header: FrameHeader, nowS: number): void {
    const { resumes } = heard
    const { hello } = heard.backfill
    if (resumes !== null) {
      heard.resumes = null
      this.#tell(hello, { fromS: resumes.lastSamplesS, toS: nowS, samples: null, cause: 'pod reset' })
    }
    const newest = header.firstSample + header.count - 1 + (header.flags & FLAG_BACKLOG)
    // one that was sent again is older than what is known
    if (newest < heard.newest) return
    if (header.flags & FLAG_BREAK && hello && heard.newest >= 0) {
      // the index does not count what the pod lost; its clock does
      const takenS = ((header.timeUs - heard.timeUs) >>> 0) / 1e6
      const samples = Math.max(0, Math.round(takenS * hello.rateHz) - (newest - heard.newest))
      this.#tell(hello, { fromS: nowS - takenS, toS: nowS, samples, cause: 'overrun in the pod' })
    }
    heard.timeUs = header.timeUs
    heard.newest = newest
  }

  #tell(hello: Hello | null, gap: Omit<Gap, 'pod' | 'place'>): void {
    this.#line.gap({ pod: hello?.id ?? 'unknown', place: hello?.place ?? null, ...gap })
  }
}

function count(onto: Reception['counts'], { lost, recovered, duplicates }: Backfill): void {
  onto.lost += lost
  onto.recovered += recovered
  onto.duplicates += duplicates
}
