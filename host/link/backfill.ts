import { type FrameHeader, TYPE_HIGH_G } from '../../shared/frame.ts'
import type { Ack, Hello } from '../../shared/messages.ts'
import { type GapCause, Hole } from './hole.ts'

/** Frames asked for in one request: the pod sends them in a third of a second, between the live ones. */
const REQUEST_FRAMES = 32
/** A request of which nothing has come for so long is lost, s. */
const SILENT_S = 0.5
/** A pod that has too many requests is asked again after this, s. */
const REFUSED_S = 0.5
/** So many requests in a row that bring nothing end the asking. */
const MAX_IN_VAIN = 8
/** Longest ring any pod may have, frames. */
const MAX_RING = 1024

/** What a stream's reception needs of whoever it is received by. */
export interface Asker {
  /** Asks the pod for frames again; returns the command's number. */
  resend(stream: number, from: number, count: number): number
  /** A hole is given up: its remaining samples are lost. */
  gaveUp(of: Backfill, hole: Hole): void
}

interface Source {
  nextSample: number
  toldBy: number
  toldS: number
}

interface Request {
  id: number
  hole: Hole
  from: number
  to: number
  missingBefore: number
  heardS: number
}

/**
 * The reception of one stream: which frames came, which did not, and which of those are asked for, one request at a time, oldest first, until
 * they have come or the pod has them no longer. It outlives the port: a stream that comes back, on whatever port, goes on in it.
 *
 * A hole counts only when it held samples, which the sample index tells; what else a pod says is said again or of no use later.
 * Stepped by arrivals and ticks: no clock of its own.
 */
export class Backfill {
  readonly stream: number
  /** Whose stream it is; `null` until its hello was heard. */
  hello: Hello | null = null
  /** Samples lost for good. */
  lost = 0
  /** Frames that came when asked for again, and frames that came twice. */
  recovered = 0
  duplicates = 0
  /** Session time of the last frame that came for the first time, and of the last samples, s. */
  lastS = Number.NaN
  lastSamplesS = Number.NaN
  /** The host has told this stream to end: what follows is no reset. */
  ended = false

  #next: number
  /** Numbers that did not come and may yet turn out to have held samples. */
  #skipped: number[] = []
  /** Of the IMU and of a high-g chip, which count apart: the next sample's index, and the last frame that told it. */
  readonly #sources: [Source, Source]
  #holes: Hole[] = []
  #request: Request | null = null
  #notBeforeS = Number.NEGATIVE_INFINITY

  /** @param whole heard from its beginning: a first frame that is not number 0 has a hole before it */
  constructor(stream: number, whole: boolean) {
    this.stream = stream
    this.#next = whole ? 0 : -1
    const begin = { nextSample: whole ? 0 : -1, toldBy: -1, toldS: Number.NaN }
    this.#sources = [{ ...begin }, { ...begin }]
  }

  /** Frames the pod keeps. */
  get #ring(): number {
    return this.hello ? Math.min(this.hello.ring, MAX_RING) : MAX_RING
  }

  /** Something is still missing and may come. */
  get isOpen(): boolean {
    return this.#holes.length > 0
  }

  /** Takes a frame's header; false when it has been here before. @param cause asked only when there is a hole */
  take(header: FrameHeader, nowS: number, cause: () => GapCause): boolean {
    const { sequence, firstSample, count, type } = header
    if (sequence < this.#next) return this.#fill(header, nowS)
    if (this.#next >= 0) this.#skip(sequence)
    this.#next = sequence + 1
    const highG = type === TYPE_HIGH_G
    const source = this.#sources[highG ? 1 : 0]
    const missed = source.nextSample < 0 ? 0 : firstSample - source.nextSample
    if (missed > 0) {
      const missing = this.#skipped.filter((number) => number > source.toldBy)
      const fromS = Number.isNaN(source.toldS) ? nowS : source.toldS
      this.#holes.push(new Hole(missing, missed, highG, fromS, nowS, cause()))
    }
    source.nextSample = firstSample + count
    source.toldBy = sequence
    source.toldS = nowS
    this.lastS = nowS
    if (count > 0) this.lastSamplesS = nowS
    return true
  }

  /** Time goes on: asks for what is missing, and gives up what cannot come. */
  tick(nowS: number, asker: Asker): void {
    const oldest = this.#next - this.#ring
    // what has been asked for may be on its way
    for (const hole of this.#holes)
      hole.drop(0, hole === this.#request?.hole ? Math.min(oldest, this.#request.from) : oldest)
    if (this.#request && nowS - this.#request.heardS > SILENT_S) this.#over(this.#request)
    for (const hole of this.#holes) if (isHopeless(hole)) this.#giveUp(hole, asker)
    this.#holes = this.#holes.filter((hole) => !isHopeless(hole) && hole.samples > 0)
    const hole = this.#holes[0]
    if (hole === undefined || this.#request || nowS < this.#notBeforeS) return
    const from = hole.missing[0]!
    const count = hole.run(REQUEST_FRAMES)
    const id = asker.resend(this.stream, from, count)
    this.#request = { id, hole, from, to: from + count, missingBefore: hole.missing.length, heardS: nowS }
  }

  /** The pod's answer to a command; false when it is to none of this stream's requests. */
  answered(ack: Ack, nowS: number): boolean {
    const request = this.#request
    if (request?.id !== ack.id) return false
    if (ack.ok && ack.sent === 0) request.hole.nothing(request.from, request.to)
    if (!ack.ok) this.#notBeforeS = nowS + REFUSED_S
    this.#over(request)
    return true
  }

  /** The port has gone: what was asked for will have to be asked for again. */
  detach(): void {
    this.#request = null
  }

  /** The stream has ended: nothing more of it will come. */
  abandon(asker: Asker): void {
    this.#request = null
    for (const hole of this.#holes) this.#giveUp(hole, asker)
    this.#holes = []
  }

  #skip(sequence: number): void {
    if (sequence === this.#next) return
    const oldest = sequence - this.#ring
    this.#skipped = this.#skipped.filter((number) => number >= oldest)
    for (let number = Math.max(this.#next, oldest); number < sequence; number++) this.#skipped.push(number)
  }

  #fill({ sequence, count, type }: FrameHeader, nowS: number): boolean {
    const at = this.#skipped.indexOf(sequence)
    if (at < 0) {
      this.duplicates++
      return false
    }
    this.#skipped.splice(at, 1)
    this.recovered++
    const request = this.#request
    if (request) request.heardS = nowS
    for (const hole of this.#holes) hole.fill(sequence, hole.highG === (type === TYPE_HIGH_G) ? count : 0)
    this.#holes = this.#holes.filter((hole) => hole.samples > 0)
    if (request && !this.#holes.includes(request.hole)) this.#request = null
    return true
  }

  #over(request: Request): void {
    if (request.hole.missing.length === request.missingBefore) request.hole.inVain++
    this.#request = null
  }

  #giveUp(hole: Hole, asker: Asker): void {
    if (hole.samples <= 0) return
    this.lost += hole.samples
    if (this.#request?.hole === hole) this.#request = null
    asker.gaveUp(this, hole)
  }
}

const isHopeless = (hole: Hole): boolean => hole.missing.length === 0 || hole.inVain >= MAX_IN_VAIN
