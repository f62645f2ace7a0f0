import type { Observable, Subscription } from 'rxjs'
import { PLACES, type Place } from '../../shared/places.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import { type Gap, gapText } from '../link/hole.ts'
import type { HostClock } from '../link/host-clock.ts'
import type { PodLink } from '../link/pod-link.ts'
import { Assigning } from './assigning.ts'
import type {
  FeedCommand,
  FeedMessage,
  FeedState,
  Mark,
  Overview,
  PoseMessage,
  SessionFeed,
  UnplacedPod,
} from './feed.ts'
import { FeedHub } from './feed-hub.ts'
import { LiveRecording } from './live-recording.ts'
import { PodPanel } from './pod-panel.ts'
import { PodSamples } from './pod-samples.ts'
import { LIVE_BEHIND_S, PoseSource } from './pose-source.ts'
import { softwareVersion } from './software.ts'
import { StandingCount } from './standing-count.ts'

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
  readonly #samples = new PodSamples()
  readonly #poses = new PoseSource(
    () => this.#clock.nowS() - LIVE_BEHIND_S,
    () => this.#recording?.run.poses ?? null,
  )
  #phase: 'waiting' | 'recording' | 'stopped' = 'waiting'
  /** The recording waits for what is being sent again, and for nothing new. */
  #stopping: boolean = false
  #recording: LiveRecording | null = null
  #info: SessionInfo
  #name: string | null = null
  #endS = 0
  #assigning: Assigning | null = null
  #standing: StandingCount | null = null
  /** Starting, stopping and giving places wait for each other. */
  #turn: Promise<void> = Promise.resolve()

  constructor({ clock, links, recordings, info }: LiveOptions) {
    this.#clock = clock
    this.#folder = recordings
    this.#known = info
    this.#info = this.#newInfo('', null)
    this.#subscription = links.subscribe((link) => this.#join(link))
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
    throw new Error('a session has an overview once it is a recording')
  }

  async obey(command: FeedCommand): Promise<void> {
    switch (command.type) {
      case 'start':
        return this.start()
      case 'stop':
        return this.stop()
      case 'mark':
        return this.mark(command)
      case 'baseline':
        return this.#baseline(command.action)
      case 'stand':
        return this.#stand()
      case 'stand-cancel':
        return this.#stopCounting()
      case 'assign':
        return this.#inTurn(async () => this.#assign(command.place))
      case 'assign-cancel':
        return this.#assigning?.cancel()
      case 'blink':
        return this.#blink(command.id)
      case 'speed':
      case 'seek':
      case 'loop':
      case 'step':
        throw new Error('a live session goes on as life does: replay its recording to see it again')
    }
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
    this.#assigning?.cancel()
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
    if (this.#assigning !== null)
      throw new Error(`${this.#assigning.place} is being given to a pod: tap it or cancel that first`)
    // what still waits was stamped before session time began
    for (const link of this.#links) link.settle()
    this.#clock.restart()
    this.#panel.restart()
    const recording = await LiveRecording.begin(
      this.#folder,
      this.#clock.zeroEpochMs,
      (id, startedAt) => this.#newInfo(id, startedAt),
      this.#panel,
      (message) => this.#hub.emit(message),
      (problem) => this.#note(problem),
    )
    this.#recording = recording
    this.#info = recording.info
    this.#name = recording.name
    this.#phase = 'recording'
    this.#hub.restart()
    this.#mark(recording, { kind: 'start', text: '' })
    this.#tell()
    await Promise.all([...this.#links].map((link) => this.#startPod(link)))
  }

  async #stop(): Promise<void> {
    if (this.#recording === null) return
    const recording = this.#recording
    this.#stopCounting()
    this.#stopping = true
    await Promise.all([...this.#links].map((link) => link.command('stop').catch(() => {})))
    await Promise.all([...this.#links].map((link) => link.filled(FILL_MS)))
    this.#stopping = false
    for (const link of this.#links) link.settle()
    this.#mark(recording, { kind: 'stop', text: '' })
    this.#recording = null
    this.#endS = this.#clock.nowS()
    this.#phase = 'stopped'
    await recording.end(this.#endS)
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
      if (this.#wantsSamples) void this.#startPod(link)
    })
    for (const { id, place } of link.hellos.values())
      if (place === null)
        this.#note(
          `pod ${id} on ${link.name} does not know where it is worn: start with --pod PLACE=${link.name}`,
        )
    // a pod that comes back in the middle of a recording goes on where it is; one that rebooted begins anew
    const streaming = [...link.hellos.values()].some((hello) => hello.streaming)
    if (!this.#wantsSamples) {
      if (streaming) link.command('stop').catch(() => {})
      else link.command('hello').catch(() => {})
    } else if (streaming) link.command('hello').catch(() => {})
    else void this.#startPod(link)
  }

  get #wantsSamples(): boolean {
    return this.#phase === 'recording' && !this.#stopping
  }

  #left(link: PodLink): void {
    this.#links.delete(link)
    if (this.#phase === 'recording')
      this.#note(`${link.name}: the pod has gone; it is taken back when it returns`)
  }

  #gap(told: Gap): void {
    if (this.#recording === null || told.toS > this.#clock.nowS()) return
    // what began before session time did begins with it: a pod of the last recording has come back
    const gap = told.fromS > told.toS ? { ...told, fromS: 0 } : told
    this.#mark(this.#recording, { kind: 'gap', text: gapText(gap), gap })
  }

  async #startPod(link: PodLink): Promise<void> {
    try {
      await link.start()
    } catch (error) {
      this.#note((error as Error).message)
    }
  }

  #frame(bytes: Uint8Array, arrivalS: number): void {
    this.#samples.frame(bytes, arrivalS)
    if (this.#recording === null) this.#panel.frame(bytes, arrivalS)
    else this.#recording.frame(bytes, arrivalS)
  }

  #baseline(action: 'set' | 'clear'): void {
    const run = this.#recording?.run
    if (run === undefined) throw new Error('nothing is being recorded: start first, then set the usual')
    if (action === 'set' && run.baselineProblem !== null) throw new Error(run.baselineProblem)
    this.#mark(this.#recording!, { kind: 'baseline', text: action })
  }

  /** Standing belongs into the recording: it is begun when there is none. */
  async #stand(): Promise<void> {
    await this.start()
    this.#stopCounting()
    const { run } = this.#recording!
    this.#standing = new StandingCount(
      {
        nowS: () => this.#clock.nowS(),
        places: () => this.#places(),
        stillSince: (place) => run.stillSince(place),
      },
      run.standingS,
      (message) => this.#hub.emit(message),
    )
  }

  #stopCounting(): void {
    this.#standing?.cancel()
    this.#standing = null
  }

  #assign(place: Place): void {
    if (this.#recording !== null) throw new Error('a recording runs: stop it, then give places')
    if (this.#assigning !== null)
      throw new Error(`${this.#assigning.place} waits for its tap: tap it or cancel`)
    const assigning = new Assigning(place, this.#links, this.#samples, (message) => this.#hub.emit(message))
    this.#assigning = assigning
    void assigning.run().finally(() => {
      this.#assigning = null
    })
  }

  async #blink(id: string | null): Promise<void> {
    const links = [...this.#links].filter((link) => id === null || link.hellos.has(id))
    if (links.length === 0) throw new Error(id === null ? 'no pod is there' : `pod ${id} is not there`)
    await Promise.all(links.map((link) => link.command('identify')))
  }

  #mark(recording: LiveRecording, what: Omit<Mark, 'timeS'>): void {
    recording.mark({ timeS: this.#clock.nowS(), ...what })
  }

  #note(text: string): void {
    this.#hub.emit({ type: 'note', timeS: this.#clock.nowS(), text })
  }

  #tell(): void {
    const nowS = this.#clock.nowS()
    for (const link of this.#links)
      for (const id of link.hellos.keys()) this.#panel.signal(id, link.signalDbm)
    this.#hub.emit(this.#state())
    if (this.#recording !== null) this.#recording.tick(nowS, this.#unplaced())
    else {
      const pods = this.#panel.pods(nowS, {}, false)
      this.#hub.emit({ type: 'pods', timeS: nowS, pods, unplaced: this.#unplaced() })
    }
  }

  #places(): Place[] {
    return this.#panel.pods(this.#clock.nowS(), {}, true).flatMap((pod) => (pod.streaming ? [pod.place] : []))
  }

  /** Pods without a place, and those whose place another one has. */
  #unplaced(): UnplacedPod[] {
    const shown = new Set(this.#panel.ids)
    return [...this.#links].flatMap(({ name, hellos }) =>
      [...hellos.values()].flatMap(({ id, place }) =>
        shown.has(id) ? [] : [{ id, port: name, claims: PLACES.find((one) => one === place) ?? null }],
      ),
    )
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
