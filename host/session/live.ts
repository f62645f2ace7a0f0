import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Observable, Subscription } from 'rxjs'
import type { SessionInfo } from '../analysis/session-info.ts'
import { type Gap, gapText } from '../link/hole.ts'
import type { HostClock } from '../link/host-clock.ts'
import type { PodLink } from '../link/pod-link.ts'
import type { FeedCommand, FeedMessage, FeedState, Mark, PoseMessage, SessionFeed } from './feed.ts'
import { FeedHub } from './feed-hub.ts'
import type { Overview } from './overview.ts'
import { PodPanel } from './pod-panel.ts'
import { PoseSource } from './pose-source.ts'
import { Recorder } from './recorder.ts'
import { SessionRun } from './run.ts'
import { softwareVersion } from './software.ts'

const TELL_MS = 500
/** A recording that ends waits so long for what is being sent again. */
const FILL_MS = 3000

export interface LiveOptions {
  /** The clock the links stamp with; recording restarts it. */
  clock: HostClock
  /** Links as pods are found, and again when one comes back. */
  links: Observable<PodLink>
  /** Folder of recordings; made when it is not there. */
  recordings: string
  /** What is known beforehand. */
  info?: Partial<Pick<SessionInfo, 'activity' | 'subject' | 'treadmill' | 'settings'>>
}

interface Recording {
  run: SessionRun
  /** The analysis failed: the bytes are kept all the same, and can be analysed later. */
  broken: boolean
  recorder: Recorder
}

/**
 * Running pods. Waits until it is started, then every frame goes to the recording and to the analysis, in the same order
 * with the same stamp, until it is stopped. May be started again for another recording.
 */
export class LiveSession implements SessionFeed {
  readonly #clock: HostClock
  readonly #folder: string
  readonly #known: LiveOptions['info']
  readonly #hub = new FeedHub()
  readonly #links = new Set<PodLink>()
  readonly #subscription: Subscription
  readonly #timer: NodeJS.Timeout
  readonly #panel = new PodPanel()
  readonly #poses = new PoseSource(
    () => ({ timeS: this.#clock.nowS(), runs: true }),
    () => this.#recording?.run.poses ?? null,
  )
  #phase: 'waiting' | 'recording' | 'stopped' = 'waiting'
  #recording: Recording | null = null
  #info: SessionInfo
  #name: string | null = null
  #endS = 0
  /** Starting and stopping wait for each other. */
  #turn: Promise<void> = Promise.resolve()

  constructor({ clock, links, recordings, info }: LiveOptions) {
    this.#clock = clock
    this.#folder = recordings
    this.#known = info
    this.#info = this.#newInfo('', null)
    this.#subscription = links.subscribe((link) => this.#join(link))
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
      case 'mark':
        return this.mark(command)
      case 'speed':
      case 'seek':
      case 'loop':
      case 'step':
        throw new Error('a live session goes on as life does: replay its recording to see it again')
      default:
        throw new Error(`this host cannot do “${command.type}” yet`)
    }
  }

  async overview(): Promise<Overview> {
    throw new Error('a session has an overview once it is a recording')
  }

  mark({ kind, text, tag }: Pick<Mark, 'kind' | 'text' | 'tag'>): void {
    if (this.#recording === null) throw new Error('nothing is being recorded: start first, then mark')
    this.#mark(this.#recording, { kind, text, ...(tag && { tag }) })
  }

  start(): Promise<void> {
    return this.#inTurn(() => this.#start())
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#stop())
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#poses.close()
    try {
      await this.stop()
    } finally {
      this.#subscription.unsubscribe()
      await Promise.all([...this.#links].map((link) => link.close()))
    }
  }

  #inTurn(action: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(action)
    this.#turn = done.catch(() => {})
    return done
  }

  async #start(): Promise<void> {
    if (this.#recording !== null) return
    await mkdir(this.#folder, { recursive: true })
    // what still waits was stamped before session time began
    for (const link of this.#links) link.settle()
    this.#clock.restart()
    const startedAt = new Date(this.#clock.zeroEpochMs).toISOString()
    const { info, recorder } = await this.#newRecorder(startedAt)
    this.#hub.forget()
    this.#panel.restart()
    const run = new SessionRun(info, this.#hub, this.#panel)
    this.#info = info
    this.#name = basename(recorder.path)
    this.#phase = 'recording'
    this.#recording = { run, recorder, broken: false }
    this.#mark(this.#recording, { kind: 'start', text: '' })
    this.#tell()
    await Promise.all([...this.#links].map((link) => this.#startPod(link)))
  }

  /** Named by the second; the second one within it is -2, whoever wrote the first. */
  async #newRecorder(startedAt: string): Promise<{ info: SessionInfo; recorder: Recorder }> {
    const second = startedAt.replace(/[:.]/g, '-').slice(0, 19)
    const startEpochNs = BigInt(this.#clock.zeroEpochMs) * 1_000_000n
    for (let n = 1; ; n++) {
      const info = this.#newInfo(n === 1 ? second : `${second}-${n}`, startedAt)
      const path = join(this.#folder, `${info.id}.mcap`)
      try {
        const recorder = await Recorder.create(path, info, startEpochNs, (problem) => this.#note(problem))
        return { info, recorder }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
  }

  async #stop(): Promise<void> {
    if (this.#recording === null) return
    const recording = this.#recording
    await Promise.all([...this.#links].map((link) => link.command('stop').catch(() => {})))
    await Promise.all([...this.#links].map((link) => link.filled(FILL_MS)))
    for (const link of this.#links) link.settle()
    this.#mark(recording, { kind: 'stop', text: '' })
    this.#recording = null
    this.#endS = this.#clock.nowS()
    this.#phase = 'stopped'
    this.#analyse(recording, (run) => run.end())
    await recording.recorder.close()
    this.#tell()
  }

  #join(link: PodLink): void {
    this.#links.add(link)
    link.frames.subscribe({
      next: ({ bytes, arrivalS }) => this.#frame(bytes, arrivalS),
      complete: () => this.#left(link),
    })
    link.gaps.subscribe((gap) => this.#gap(gap))
    link.resets.subscribe(() => {
      if (this.#phase === 'recording') void this.#startPod(link)
    })
    for (const { id, place } of link.hellos.values())
      if (place === null)
        this.#note(
          `pod ${id} on ${link.name} does not know where it is worn: start with --pod PLACE=${link.name}`,
        )
    // a pod that comes back in the middle of a recording goes on where it is; one that rebooted begins anew
    const streaming = [...link.hellos.values()].some((hello) => hello.streaming)
    if (this.#phase !== 'recording') {
      if (streaming) link.command('stop').catch(() => {})
      else link.command('hello').catch(() => {})
    } else if (streaming) link.command('hello').catch(() => {})
    else void this.#startPod(link)
  }

  #left(link: PodLink): void {
    this.#links.delete(link)
    if (this.#phase === 'recording')
      this.#note(`${link.name}: the pod has gone; it is taken back when it returns`)
  }

  #gap(gap: Gap): void {
    if (this.#recording === null) return
    this.#panel.gap(gap)
    this.#mark(this.#recording, { kind: 'gap', text: gapText(gap), gap })
    this.#note(gapText(gap))
  }

  async #startPod(link: PodLink): Promise<void> {
    try {
      await link.start()
    } catch (error) {
      this.#note((error as Error).message)
    }
  }

  #frame(bytes: Uint8Array, arrivalS: number): void {
    if (this.#recording === null) {
      this.#panel.frame(bytes, arrivalS)
      return
    }
    const recording = this.#recording
    recording.recorder.frame(bytes, arrivalS)
    this.#analyse(recording, (run) => run.frame(bytes, arrivalS))
  }

  /** An analysis that fails costs its own numbers, never the recording. */
  #analyse(recording: Recording, step: (run: SessionRun) => void): void {
    if (recording.broken) return
    try {
      step(recording.run)
    } catch (error) {
      recording.broken = true
      this.#note(`the analysis failed, the recording goes on: ${(error as Error).message}`)
    }
  }

  #mark({ recorder }: Recording, what: Omit<Mark, 'timeS'>): void {
    const mark: Mark = { timeS: this.#clock.nowS(), ...what }
    recorder.mark(mark)
    this.#hub.emit({ type: 'mark', mark })
  }

  #note(text: string): void {
    this.#hub.emit({ type: 'note', timeS: this.#clock.nowS(), text })
  }

  #tell(): void {
    const nowS = this.#clock.nowS()
    this.#hub.emit(this.#state())
    const recording = this.#recording
    if (recording !== null) this.#analyse(recording, (run) => run.tellPods(nowS, true))
    else this.#hub.emit({ type: 'pods', timeS: nowS, pods: this.#panel.pods(nowS, {}, false) })
  }

  #state(): FeedState {
    return {
      type: 'state',
      source: 'live',
      phase: this.#phase,
      timeS: this.#phase === 'recording' ? this.#clock.nowS() : this.#endS,
      durationS: null,
      speed: null,
      recording: this.#name,
      info: this.#info,
    }
  }

  #newInfo(id: string, startedAt: string | null): SessionInfo {
    const { activity = null, subject = {}, treadmill = {}, settings = {} } = this.#known ?? {}
    return {
      id,
      activity,
      startedAt,
      subject,
      treadmill,
      standing: null,
      settings,
      software: softwareVersion,
    }
  }
}
