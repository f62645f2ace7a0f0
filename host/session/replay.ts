import { basename } from 'node:path'
import type { Analysis } from '../analysis/analysis.ts'
import { AnalysedPass } from './analysed-pass.ts'
import { Checkpoints } from './checkpoints.ts'
import type { FeedCommand, FeedMessage, FeedState, Mark, Overview, PoseMessage, SessionFeed } from './feed.ts'
import { FeedHub } from './feed-hub.ts'
import { Follower } from './follower.ts'
import { fileIdentity, identityOf, type KeptOverviews } from './kept-overviews.ts'
import { addMark, marksAdded, readMarks, withMarks } from './marks-file.ts'
import { openUnmarked, type SessionSource } from './open.ts'
import type { Pass } from './pass.ts'
import { Player } from './player.ts'
import { PoseSource } from './pose-source.ts'
import { RetoldPass } from './retold-pass.ts'
import { baselineProblem } from './usual.ts'

const TELL_MS = 500

/** A session with the marks that stood beside it at one time. */
interface Edition {
  marks: readonly Mark[]
  /** What it was made of. */
  identity: string
  source: SessionSource
  pass: Pass
}

/**
 * A session at rest, played. It is analysed once, in the background, by the very composition that live sessions go through; what that told is told again
 * by its player (D-016).
 */
export class ReplaySession implements SessionFeed {
  readonly #path: string
  readonly #unmarked: SessionSource
  readonly #kept: KeptOverviews | null
  /** The recording that was opened; it may be longer by now. */
  readonly #recorded: string
  #edition: Edition
  /** Of the analysis that began with it. */
  readonly #checkpoints: Checkpoints
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

  /**
   * @param kept where its overview is looked for, and kept
   * @throws InputError when it cannot be read
   */
  static async open(
    path: string,
    speed: number | null = 1,
    kept: KeptOverviews | null = null,
  ): Promise<ReplaySession> {
    const recorded = await fileIdentity(path)
    const identity = await identityOf(path, recorded)
    const unmarked = await openUnmarked(path)
    const marks = await readMarks(path)
    const source = withMarks(unmarked, marks)
    const checkpoints = await Checkpoints.create()
    try {
      const pass = await AnalysedPass.begin(source, checkpoints)
      const edition = { marks, identity, source, pass }
      return new ReplaySession(path, unmarked, recorded, edition, checkpoints, speed, kept)
    } catch (error) {
      await checkpoints.close()
      throw error
    }
  }

  private constructor(
    path: string,
    unmarked: SessionSource,
    recorded: string,
    edition: Edition,
    checkpoints: Checkpoints,
    speed: number | null,
    kept: KeptOverviews | null,
  ) {
    this.#path = path
    this.#unmarked = unmarked
    this.#recorded = recorded
    this.#edition = edition
    this.#checkpoints = checkpoints
    this.#kept = kept
    this.#player = new Player(edition.pass, speed, {
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
    const name = basename(this.#path)
    for (;;) {
      await this.#marking
      const edition = this.#edition
      const kept = await this.#kept?.overview(name, edition.identity)
      if (kept) return kept
      const overview = await edition.pass.overview()
      // a mark may have had it told anew meanwhile
      if (edition !== this.#edition) continue
      if (edition.pass.ended) await this.#kept?.keep(name, edition.identity, overview)
      return overview
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
    await Promise.all([this.#edition.pass.close(), this.#follower?.close()])
    await this.#checkpoints.close()
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
    const before = this.#edition
    const identity = await identityOf(this.#path, this.#recorded)
    // with whatever somebody else has added
    const marks = await readMarks(this.#path)
    const source = withMarks(this.#unmarked, marks)
    const added = marksAdded(before.marks, marks)
    const pass = await (added === null
      ? AnalysedPass.begin(source)
      : RetoldPass.begin(before.pass, source, added))
    await pass.timeline.until(this.#player.timeS)
    if (this.#closed) return pass.close()
    this.#edition = { marks, identity, source, pass }
    await this.#player.change(pass)
    // what is still being told is told from it
    void pass.whole().then(() => before.pass.close())
  }

  /** Where the legs point is worked out by an analysis of its own, once somebody asks. */
  #followed(): Analysis | null {
    this.#follower ??= new Follower(this.#unmarked, this.#checkpoints)
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
      durationS: this.#unmarked.durationS,
      speed,
      loop,
      analysed: this.#edition.pass.share,
      recording: basename(this.#path),
      info: this.#edition.source.info,
    }
  }
}
