import { basename } from 'node:path'
import type { Analysis } from '../analysis/analysis.ts'
import { AnalysedPass } from './analysed-pass.ts'
import type { FeedCommand, FeedMessage, FeedState, Mark, Overview, PoseMessage, SessionFeed } from './feed.ts'
import { FeedHub } from './feed-hub.ts'
import { Follower } from './follower.ts'
import { addMark, marksAdded, readMarks, withMarks } from './marks-file.ts'
import { openUnmarked, type SessionSource } from './open.ts'
import type { Pass } from './pass.ts'
import { Player } from './player.ts'
import { PoseSource } from './pose-source.ts'
import { RetoldPass } from './retold-pass.ts'
import { baselineProblem } from './usual.ts'

const TELL_MS = 500

/**
 * A session at rest, played. It is analysed once, in the background, by the very composition that live sessions go through; what that told is told again
 * by its player (D-016).
 */
export class ReplaySession implements SessionFeed {
  readonly #path: string
  readonly #unmarked: SessionSource
  /** Those that stand beside it. */
  #marks: readonly Mark[]
  #source: SessionSource
  #pass: Pass
  readonly #hub = new FeedHub()
  readonly #player: Player
  readonly #timer: NodeJS.Timeout
  readonly #poses = new PoseSource(
    () => this.#player.timeS,
    () => this.#followed(),
  )
  #follower: Follower | null = null
  #marking: Promise<void> = Promise.resolve()
  #closed: boolean = false

  /** @throws InputError when it cannot be read */
  static async open(path: string, speed: number | null = 1): Promise<ReplaySession> {
    const unmarked = await openUnmarked(path)
    const marks = await readMarks(path)
    return new ReplaySession(
      path,
      unmarked,
      marks,
      await AnalysedPass.begin(withMarks(unmarked, marks)),
      speed,
    )
  }

  private constructor(
    path: string,
    unmarked: SessionSource,
    marks: readonly Mark[],
    pass: Pass,
    speed: number | null,
  ) {
    this.#path = path
    this.#unmarked = unmarked
    this.#marks = marks
    this.#source = withMarks(unmarked, marks)
    this.#pass = pass
    this.#player = new Player(pass, speed, {
      tell: (message) => this.#hub.emit(message),
      restart: (past) => this.#hub.restart(past),
      changed: () => this.#tell(),
    })
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
      await this.#marking
      const pass = this.#pass
      const overview = await pass.overview()
      // a mark may have had it told anew meanwhile
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
  start(): Promise<void> {
    return this.#player.start()
  }

  async stop(): Promise<void> {
    this.#player.stop()
  }

  setSpeed(speed: number | null): void {
    this.#player.setSpeed(speed)
  }

  /** Goes there. Waits until that moment has been analysed. */
  seek(timeS: number): Promise<void> {
    return this.#player.seek(timeS)
  }

  /** Plays a stretch over and over; `null`: no more. */
  loop(stretch: { fromS: number; toS: number } | null): Promise<void> {
    return this.#player.repeat(stretch)
  }

  /** To the moment at which the next or previous stance was known, and stands there. */
  step(by: 1 | -1): Promise<void> {
    return this.#player.step(by)
  }

  /** Resolves when the end has been reached or the replay was closed. */
  ended(): Promise<void> {
    return this.#player.ended()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    this.#poses.close()
    await this.#player.close()
    await Promise.all([this.#pass.close(), this.#follower?.close()])
  }

  #baseline(action: 'set' | 'clear'): Promise<void> {
    const strides = this.recent().flatMap((message) => (message.type === 'stride' ? [message.stride] : []))
    const problem = action === 'set' ? baselineProblem(strides) : null
    if (problem !== null) throw new Error(problem)
    return this.#mark({ kind: 'baseline', text: action })
  }

  /** Kept beside the recording, whose numbers are then told anew behind it. One after the other. */
  #mark(what: Omit<Mark, 'timeS'>): Promise<void> {
    const mark: Mark = { timeS: Math.round(this.#player.timeS * 1e6) / 1e6, ...what }
    const done = this.#marking.then(() => this.#keep(mark))
    this.#marking = done.catch(() => {})
    return done
  }

  async #keep(mark: Mark): Promise<void> {
    await addMark(this.#path, mark)
    if (this.#closed) return
    this.#hub.emit({ type: 'mark', mark })
    // with whatever somebody else has added
    const marks = await readMarks(this.#path)
    const source = withMarks(this.#unmarked, marks)
    const added = marksAdded(this.#marks, marks)
    const pass = await (added === null
      ? AnalysedPass.begin(source)
      : RetoldPass.begin(this.#pass, source, added))
    await pass.timeline.until(this.#player.timeS)
    if (this.#closed) return pass.close()
    const before = this.#pass
    this.#marks = marks
    this.#source = source
    this.#pass = pass
    await this.#player.change(pass)
    // what is still being told is told from it
    void pass.whole().then(() => before.close())
  }

  /** Where the legs point is worked out by an analysis of its own, once somebody asks. */
  #followed(): Analysis | null {
    this.#follower ??= new Follower(this.#source)
    return this.#follower.at(this.#player.timeS)
  }

  #tell(): void {
    this.#hub.emit(this.#state())
  }

  #state(): FeedState {
    const { phase, timeS, speed, loop } = this.#player
    return {
      type: 'state',
      source: 'replay',
      phase,
      timeS,
      durationS: this.#source.durationS,
      speed,
      loop,
      analysed: this.#pass.share,
      recording: basename(this.#path),
      info: this.#source.info,
    }
  }
}
