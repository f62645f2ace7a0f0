import { basename } from 'node:path'
import type { Analysis } from '../analysis/analysis.ts'
import type { FeedCommand, FeedMessage, FeedState, Mark, Overview, PoseMessage, SessionFeed } from './feed.ts'
import { FeedHub, TO_KNOW } from './feed-hub.ts'
import { Follower } from './follower.ts'
import { addMark } from './marks-file.ts'
import { openSession, type SessionSource } from './open.ts'
import { Pace } from './pace.ts'
import { Pass } from './pass.ts'
import { PoseSource } from './pose-source.ts'
import { baselineProblem } from './usual.ts'

const TELL_MS = 500
/** How long messages are told without a pause for the rest of the program, ms. */
const TURN_MS = 15
/** The longest sleep between two messages, so that pause and speed take hold at once, ms. */
const MAX_SLEEP_MS = 50
/** Played of the silence before the first frame, s. */
const LEAD_S = 1

/**
 * A session at rest, played. It is analysed once, in the background, by the very composition that live sessions go through; what that told is told again at the
 * pace at which it came, faster, slower, from any moment on, and over and over (D-016).
 */
export class ReplaySession implements SessionFeed {
  readonly #path: string
  #source: SessionSource
  readonly #hub = new FeedHub()
  readonly #timer: NodeJS.Timeout
  readonly #poses = new PoseSource(
    () => this.#nowS(),
    () => this.#followed(),
  )
  #follower: Follower | null = null
  #pass: Pass
  #phase: 'waiting' | 'playing' | 'paused' | 'ended' = 'waiting'
  readonly #pace: Pace
  #loop: { fromS: number; toS: number } | null = null
  /** The next message to be told. */
  #next = 0
  /** Counts the jumps, so that who waited meanwhile notices. */
  #jumps = 0
  #wake: () => void = () => {}
  #playing: Promise<void> | null = null
  #marking: Promise<void> = Promise.resolve()
  #closed: boolean = false
  readonly #endings: (() => void)[] = []

  /** @throws InputError when it cannot be read */
  static async open(path: string, speed: number | null = 1): Promise<ReplaySession> {
    const source = await openSession(path)
    return new ReplaySession(path, source, await Pass.begin(source), speed)
  }

  private constructor(path: string, source: SessionSource, pass: Pass, speed: number | null) {
    this.#path = path
    this.#source = source
    this.#pass = pass
    this.#pace = new Pace(speed)
    this.#timer = setInterval(() => this.#tell(), TELL_MS)
  }

  subscribe(listener: (message: FeedMessage) => void, restarted?: () => void): () => void {
    return this.#hub.subscribe(listener, restarted)
  }

  poses(listener: (message: PoseMessage) => void): () => void {
    return this.#poses.subscribe(listener)
  }

  recent(): FeedMessage[] {
    return this.#hub.recent(this.#state())
  }

  async overview(): Promise<Overview> {
    for (;;) {
      const pass = this.#pass
      const overview = await pass.overview()
      // a mark may have had the recording analysed anew meanwhile
      if (pass === this.#pass) return overview
    }
  }

  async obey(command: FeedCommand): Promise<void> {
    switch (command.type) {
      case 'start':
        return this.start()
      case 'stop':
        return this.stop()
      case 'speed':
        return this.setSpeed(command.speed)
      case 'seek':
        return this.seek(command.timeS)
      case 'loop':
        return this.loop(command.off ? null : command)
      case 'step':
        return this.step(command.by)
      case 'mark':
        return this.#mark({
          kind: command.kind,
          text: command.text,
          ...(command.tag && { tag: command.tag }),
        })
      case 'baseline':
        return this.#baseline(command.action)
      case 'stand':
      case 'stand-cancel':
      case 'assign':
      case 'assign-cancel':
      case 'blink':
        throw new Error('a recording has no pods to speak to: go to Live')
    }
  }

  /** Plays on, or again from the beginning when the end was reached. */
  async start(): Promise<void> {
    if (this.#phase === 'playing') return
    if (this.#phase === 'ended') await this.seek(Number.NEGATIVE_INFINITY)
    this.#setPhase('playing')
    this.#playing ??= this.#play()
      .catch((error: Error) => this.#fail(error))
      .finally(() => {
        this.#playing = null
      })
  }

  async stop(): Promise<void> {
    if (this.#phase === 'playing') this.#setPhase('paused')
  }

  setSpeed(speed: number | null): void {
    if (speed !== null && !(speed > 0))
      throw new Error(`a speed of ${speed}: must be above 0, or null for as fast as possible`)
    this.#pace.speed = speed
    this.#wake()
    this.#tell()
  }

  /** Goes there. Waits until that moment has been analysed. */
  async seek(timeS: number): Promise<void> {
    const jump = ++this.#jumps
    const isOvertaken = () => jump !== this.#jumps || this.#closed
    const there = await this.#find(timeS).catch((error) => {
      // of a timeline that was put away while it was read
      if (isOvertaken()) return null
      throw error
    })
    if (there === null || isOvertaken()) return
    const { atS, next, past } = there
    this.#next = next
    this.#pace.set(atS)
    if (this.#phase === 'waiting' || this.#phase === 'ended') this.#phase = 'paused'
    this.#hub.restart(past)
    this.#wake()
    this.#tell()
  }

  /** Plays a stretch over and over; `null`: no more. */
  async loop(stretch: { fromS: number; toS: number } | null): Promise<void> {
    if (stretch === null) {
      this.#loop = null
      return this.#tell()
    }
    const { fromS, toS } = stretch
    if (!(toS > fromS)) throw new Error(`a loop from ${fromS} to ${toS} s: it must end after it begins`)
    this.#loop = { fromS, toS }
    await this.seek(fromS)
  }

  /** To the moment at which the next or previous stance was known, and stands there. */
  async step(by: 1 | -1): Promise<void> {
    this.#setPhase('paused')
    const fromS = this.#nowS()
    const { stancesS, timeline } = this.#pass
    const found = () =>
      by > 0 ? stancesS.find((timeS) => timeS > fromS) : stancesS.findLast((timeS) => timeS < fromS)
    while (by > 0 && found() === undefined && !timeline.isWhole) await timeline.until(timeline.reachedS)
    const toS = found()
    if (toS === undefined) throw new Error(`there is no ${by > 0 ? 'later' : 'earlier'} stance`)
    await this.seek(toS)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    this.#poses.close()
    this.#wake()
    await this.#playing
    await Promise.all([this.#pass.close(), this.#follower?.close()])
    this.#tellEnd()
  }

  /** Resolves when the end has been reached or the replay was closed. */
  async ended(): Promise<void> {
    if (this.#phase !== 'ended' && !this.#closed)
      await new Promise<void>((resolve) => this.#endings.push(resolve))
  }

  async #play(): Promise<void> {
    let turnMs = performance.now()
    while (!this.#closed) {
      if (this.#phase !== 'playing') {
        await new Promise<void>((resolve) => (this.#wake = resolve))
        continue
      }
      const jump = this.#jumps
      const told = await this.#pass.timeline.at(this.#next)
      if (jump !== this.#jumps || this.#closed) continue
      if (this.#next === 0) this.#skipLead()
      if (this.#loop !== null && (told === null || told.timeS > this.#loop.toS)) {
        if (!(await this.#due(this.#loop.toS, jump))) continue
        await this.seek(this.#loop.fromS)
        // as fast as possible, a stretch in which nothing is told would let nobody else have a turn
        await sleep(0)
      } else if (told === null) {
        if (await this.#due(this.#pass.lastS || 0, jump)) this.#end()
      } else if (await this.#due(told.timeS, jump)) {
        this.#next++
        if (this.#pace.speed === null) this.#pace.set(told.timeS)
        this.#hub.emit(told.message)
        if (performance.now() - turnMs < TURN_MS) continue
        await sleep(0)
        turnMs = performance.now()
      }
    }
  }

  /** Sleeps for a while when a moment has not come; true when it has. */
  async #due(timeS: number, jump: number): Promise<boolean> {
    const aheadMs = this.#pace.msUntil(timeS)
    if (aheadMs <= 0) return true
    let woken = () => {}
    await Promise.race([
      sleep(Math.min(aheadMs, MAX_SLEEP_MS)),
      new Promise<void>((resolve) => {
        woken = resolve
        this.#wake = resolve
      }),
    ])
    woken()
    return jump === this.#jumps && this.#phase === 'playing' && this.#pace.msUntil(timeS) <= 0
  }

  #fail(error: Error): void {
    this.#hub.emit({ type: 'note', timeS: this.#nowS(), text: `the replay stands: ${error.message}` })
    this.#setPhase('paused')
  }

  #end(): void {
    this.#phase = 'ended'
    this.#pace.stand()
    this.#pace.set(this.#pass.lastS || 0)
    this.#tell()
    this.#tellEnd()
  }

  #tellEnd(): void {
    for (const resolve of this.#endings.splice(0)) resolve()
  }

  #setPhase(phase: 'playing' | 'paused' | 'ended'): void {
    this.#phase = phase
    if (phase === 'playing') this.#pace.run()
    else this.#pace.stand()
    this.#wake()
    this.#tell()
  }

  /** An import's time may begin at any number: the silence before it is not played. */
  #skipLead(): void {
    const leadS = this.#pass.firstS - LEAD_S
    if (leadS > this.#pace.timeS) this.#pace.set(leadS)
  }

  /** A moment, the message that is next there, and what a viewer must know there. */
  async #find(timeS: number) {
    const { timeline } = this.#pass
    const atS = await this.#within(timeS)
    await timeline.until(atS)
    const next = await timeline.firstAfter(atS)
    return { atS, next, past: await timeline.lastBefore(next, TO_KNOW) }
  }

  /** A moment of the recording, as near to `timeS` as there is one. */
  async #within(timeS: number): Promise<number> {
    await this.#pass.timeline.at(0)
    const { firstS, timeline } = this.#pass
    if (Number.isNaN(firstS)) return 0
    if (timeS > (this.#source.durationS ?? Number.NEGATIVE_INFINITY)) await timeline.until(timeS)
    const lastS = timeline.isWhole ? this.#pass.lastS : (this.#source.durationS ?? timeS)
    return Math.min(lastS, Math.max(timeS, Math.max(0, firstS - LEAD_S)))
  }

  #baseline(action: 'set' | 'clear'): Promise<void> {
    const strides = this.recent().flatMap((message) => (message.type === 'stride' ? [message.stride] : []))
    const problem = action === 'set' ? baselineProblem(strides) : null
    if (problem !== null) throw new Error(problem)
    return this.#mark({ kind: 'baseline', text: action })
  }

  /** Kept beside the recording, which is then analysed anew: a mark may change numbers. One after the other. */
  #mark(what: Omit<Mark, 'timeS'>): Promise<void> {
    const mark: Mark = { timeS: Math.round(this.#nowS() * 1e6) / 1e6, ...what }
    const done = this.#marking.then(() => this.#keep(mark))
    this.#marking = done.catch(() => {})
    return done
  }

  async #keep(mark: Mark): Promise<void> {
    await addMark(this.#path, mark)
    const source = await openSession(this.#path)
    const pass = await Pass.begin(source)
    await pass.timeline.until(this.#nowS())
    if (this.#closed) return pass.close()
    const [oldPass, oldFollower] = [this.#pass, this.#follower]
    this.#source = source
    this.#pass = pass
    this.#follower = null
    await this.seek(this.#nowS())
    await Promise.all([oldPass.close(), oldFollower?.close()])
  }

  /** Where the legs point is worked out by an analysis of its own, once somebody asks. */
  #followed(): Analysis | null {
    this.#follower ??= new Follower(this.#source)
    return this.#follower.at(this.#nowS())
  }

  #nowS(): number {
    const { reachedS } = this.#pass.timeline
    return Math.max(0, Math.min(this.#pace.timeS, this.#loop?.toS ?? reachedS, reachedS))
  }

  #tell(): void {
    this.#hub.emit(this.#state())
  }

  #state(): FeedState {
    return {
      type: 'state',
      source: 'replay',
      phase: this.#phase,
      timeS: this.#nowS(),
      durationS: this.#source.durationS,
      speed: this.#pace.speed,
      loop: this.#loop,
      analysed: this.#pass.share,
      recording: basename(this.#path),
      info: this.#source.info,
    }
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
