import { basename } from 'node:path'
import type { FeedCommand, FeedMessage, FeedState, Mark, PoseMessage, SessionFeed } from './feed.ts'
import { FeedHub } from './feed-hub.ts'
import { openSession, type SessionSource } from './open.ts'
import type { Overview } from './overview.ts'
import { PoseSource } from './pose-source.ts'
import { SessionRun } from './run.ts'

const TELL_MS = 500
/** How long frames are pushed without a pause for the rest of the program, ms. */
const TURN_MS = 15
/** The longest sleep between two frames, so that pause and speed take hold at once, ms. */
const MAX_SLEEP_MS = 50
/** No two frames of a running session are further apart, s. */
const BETWEEN_FRAMES_S = 0.2
/** Played of the silence before the first frame, s. */
const LEAD_S = 1

/**
 * A session at rest, played: its frames go through the very analysis that live ones do, at the pace at which they came, faster, slower,
 * or as fast as they can be read.
 */
export class ReplaySession implements SessionFeed {
  readonly #source: SessionSource
  readonly #name: string
  readonly #hub = new FeedHub()
  readonly #timer: NodeJS.Timeout
  readonly #poses = new PoseSource(
    () => ({ timeS: this.#nowS(), runs: this.#phase === 'playing' }),
    () => this.#run.poses,
  )
  #phase: 'waiting' | 'playing' | 'paused' | 'ended' = 'waiting'
  #speed: number | null
  #run: SessionRun
  #timeS = 0
  // session and wall time at which the present pace began
  #paceS = 0
  #paceMs = 0
  /** The playing loop; a closed replay's ends at its next frame. */
  #playing: Promise<void> | null = null
  #resume: (() => void) | null = null
  #closed: boolean = false
  #marks: Mark[]

  /** @throws InputError when it cannot be read */
  static async open(path: string, speed: number | null = 1): Promise<ReplaySession> {
    return new ReplaySession(await openSession(path), basename(path), speed)
  }

  constructor(source: SessionSource, name: string, speed: number | null = 1) {
    this.#source = source
    this.#name = name
    this.#speed = speed
    this.#marks = [...source.marks]
    this.#run = new SessionRun(source.info, this.#hub)
    this.#timer = setInterval(() => this.#tell(), TELL_MS)
  }

  subscribe(listener: (message: FeedMessage) => void): () => void {
    return this.#hub.subscribe(listener)
  }

  poses(listener: (message: PoseMessage) => void): () => void {
    return this.#poses.subscribe(listener)
  }

  recent(): FeedMessage[] {
    return this.#hub.recent(this.#state())
  }

  async obey(command: FeedCommand): Promise<void> {
    switch (command.type) {
      case 'start':
        return this.start()
      case 'stop':
        return this.stop()
      case 'speed':
        return this.setSpeed(command.speed)
      case 'mark':
        return this.mark(command)
      default:
        throw new Error(`a replay cannot do “${command.type}” yet`)
    }
  }

  async overview(): Promise<Overview> {
    throw new Error('a replay has no overview yet')
  }

  /** Seen by who watches now; the recording stays as it is. */
  mark({ kind, text, tag }: Pick<Mark, 'kind' | 'text' | 'tag'>): void {
    this.#hub.emit({ type: 'mark', mark: { timeS: this.#timeS, kind, text, ...(tag && { tag }) } })
  }

  /** Plays on, or again from the beginning when the end was reached. */
  async start(): Promise<void> {
    if (this.#phase === 'playing') return
    if (this.#phase === 'ended') this.#rewind()
    this.#setPace()
    this.#phase = 'playing'
    this.#resume?.()
    this.#playing ??= this.#play()
    this.#tell()
  }

  async stop(): Promise<void> {
    if (this.#phase !== 'playing') return
    this.#phase = 'paused'
    this.#tell()
  }

  setSpeed(speed: number | null): void {
    if (speed !== null && !(speed > 0))
      throw new Error(`a speed of ${speed}: must be above 0, or null for as fast as possible`)
    this.#speed = speed
    this.#setPace()
    this.#tell()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    this.#poses.close()
    this.#resume?.()
    await this.#playing
  }

  /** Resolves when the end has been reached or the replay was closed. */
  async ended(): Promise<void> {
    await this.#playing
  }

  async #play(): Promise<void> {
    try {
      let turnMs = performance.now()
      let begun = false
      for await (const { bytes, arrivalS } of this.#source.frames((timeS, text) => this.#note(timeS, text))) {
        if (!begun) this.#skipTo(arrivalS - LEAD_S)
        begun = true
        if (await this.#due(arrivalS, turnMs)) turnMs = performance.now()
        if (this.#closed) return
        this.#timeS = arrivalS
        this.#tellMarks(arrivalS)
        this.#run.frame(bytes, arrivalS)
      }
      this.#tellMarks(Number.POSITIVE_INFINITY)
      this.#run.end()
    } catch (error) {
      this.#note(this.#timeS, `the replay ends here: ${(error as Error).message}`)
    }
    this.#phase = 'ended'
    this.#playing = null
    this.#tell()
  }

  /** Waits until a frame of this time may be pushed; true when the rest of the program had its turn meanwhile. */
  async #due(arrivalS: number, turnMs: number): Promise<boolean> {
    let waited = false
    while (!this.#closed) {
      const aheadMs = this.#aheadMs(arrivalS)
      if (this.#phase === 'paused') await new Promise<void>((resolve) => (this.#resume = resolve))
      else if (aheadMs > 0) await sleep(Math.min(aheadMs, MAX_SLEEP_MS))
      else if (!waited && performance.now() - turnMs > TURN_MS) await sleep(0)
      else break
      waited = true
    }
    return waited
  }

  #aheadMs(arrivalS: number): number {
    if (this.#speed === null) return 0
    return ((arrivalS - this.#paceS) * 1e3) / this.#speed - (performance.now() - this.#paceMs)
  }

  /** Session time between two frames, for whoever wants more than their times; a machine that lags is at its last frame. */
  #nowS(): number {
    if (this.#phase !== 'playing' || this.#speed === null) return this.#timeS
    const paceS = this.#paceS + ((performance.now() - this.#paceMs) * this.#speed) / 1e3
    return paceS - this.#timeS < BETWEEN_FRAMES_S ? paceS : this.#timeS
  }

  /** An import's time may begin at any number: the silence before it is not played. */
  #skipTo(timeS: number): void {
    if (timeS <= this.#timeS) return
    this.#timeS = timeS
    this.#setPace()
  }

  #setPace(): void {
    this.#paceS = this.#timeS
    this.#paceMs = performance.now()
  }

  #rewind(): void {
    this.#hub.forget()
    this.#run = new SessionRun(this.#source.info, this.#hub)
    this.#marks = [...this.#source.marks]
    this.#timeS = 0
  }

  #tellMarks(untilS: number): void {
    while (this.#marks.length > 0 && this.#marks[0]!.timeS <= untilS) {
      const mark = this.#marks.shift()!
      this.#hub.emit({ type: 'mark', mark })
      if (mark.gap) {
        this.#run.gap(mark.gap)
        this.#note(mark.timeS, mark.text)
      }
    }
  }

  #note(timeS: number, text: string): void {
    this.#hub.emit({ type: 'note', timeS, text })
  }

  #tell(): void {
    this.#hub.emit(this.#state())
    this.#run.tellPods(this.#timeS, this.#phase === 'playing')
  }

  #state(): FeedState {
    return {
      type: 'state',
      source: 'replay',
      phase: this.#phase,
      timeS: this.#timeS,
      durationS: this.#source.durationS,
      speed: this.#speed,
      recording: this.#name,
      info: this.#source.info,
    }
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
