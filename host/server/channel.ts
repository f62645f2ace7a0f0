import type { FeedMessage, SessionFeed } from '../session/feed.ts'
import type { ServerMessage } from './messages.ts'
import type { Viewer } from './viewer.ts'

/** One feed and everyone who watches it. A message is written as JSON once, however many watch. */
export class Channel {
  readonly feed: SessionFeed
  /** Name of the recording it replays; `null` for the server's own feed. */
  readonly recording: string | null
  readonly #viewers = new Set<Viewer>()
  /** Those of them who see where the legs point. */
  readonly #posed = new Set<Viewer>()
  #stopPoses: (() => void) | null = null
  readonly #failed: (error: unknown) => void
  readonly #unsubscribe: () => void

  /** @param failed hears of a viewer that threw; the others and the feed go on */
  constructor(feed: SessionFeed, recording: string | null, failed: (error: unknown) => void) {
    this.feed = feed
    this.recording = recording
    this.#failed = failed
    this.#unsubscribe = feed.subscribe(
      (message) => this.#fan(message, this.#viewers),
      () => this.#restart(),
    )
  }

  get size(): number {
    return this.#viewers.size
  }

  join(viewer: Viewer): void {
    viewer.begin(() => this.#snapshot())
    this.#viewers.add(viewer)
  }

  leave(viewer: Viewer): void {
    this.#viewers.delete(viewer)
    this.showPoses(viewer, false)
  }

  /** The feed works poses out only while somebody sees them. */
  showPoses(viewer: Viewer, on: boolean): void {
    if (on && this.#viewers.has(viewer)) this.#posed.add(viewer)
    else this.#posed.delete(viewer)
    if (this.#posed.size > 0)
      this.#stopPoses ??= this.feed.poses((message) => this.#fan(message, this.#posed))
    else {
      this.#stopPoses?.()
      this.#stopPoses = null
    }
  }

  /** Stops listening; the feed itself is closed by whoever opened it. */
  detach(): void {
    this.#unsubscribe()
    for (const viewer of this.#viewers) this.leave(viewer)
  }

  #fan(message: FeedMessage, viewers: ReadonlySet<Viewer>): void {
    if (viewers.size === 0) return
    const text = JSON.stringify(message)
    this.#each(viewers, (viewer) => viewer.offer(message.type, text))
  }

  /** The feed is at another moment: everyone begins from there. */
  #restart(): void {
    if (this.#viewers.size === 0) return
    const text = this.#snapshot()
    this.#each(this.#viewers, (viewer) => viewer.restart(text))
  }

  #each(viewers: ReadonlySet<Viewer>, tell: (viewer: Viewer) => void): void {
    for (const viewer of viewers)
      try {
        tell(viewer)
      } catch (error) {
        this.leave(viewer)
        this.#failed(error)
      }
  }

  #snapshot(): string {
    const message: ServerMessage = {
      type: 'recent',
      recording: this.recording,
      messages: this.feed.recent(),
    }
    return JSON.stringify(message)
  }
}
