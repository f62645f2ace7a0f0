import type { SessionFeed } from '../session/feed.ts'
import { Channel } from './channel.ts'
import { ApiError } from './errors.ts'
import type { Recordings } from './messages.ts'

/** Open recordings at a time: each runs a whole analysis. */
export const MAX_REPLAYS = 4

interface OpenReplay {
  channel: Promise<Channel>
  viewers: number
}

/** Recordings being replayed, each opened for its first viewer, shared by the next, and closed behind the last. */
export class Replays {
  readonly #recordings: Recordings
  readonly #failed: (error: unknown) => void
  readonly #open = new Map<string, OpenReplay>()

  constructor(recordings: Recordings, failed: (error: unknown) => void) {
    this.#recordings = recordings
    this.#failed = failed
  }

  /** @throws ApiError when there is no such recording or too many are open */
  async take(name: string): Promise<Channel> {
    let replay = this.#open.get(name)
    if (!replay) {
      if (this.#open.size >= MAX_REPLAYS)
        throw new ApiError(
          'too-many-replays',
          `${MAX_REPLAYS} recordings are being replayed already: close one of their pages first`,
        )
      replay = { channel: this.#start(name), viewers: 0 }
      this.#open.set(name, replay)
      // counted as open from the first moment, so that two viewers at once do not open it twice
      replay.channel.catch(() => this.#open.delete(name))
    }
    replay.viewers++
    return replay.channel
  }

  async release(name: string): Promise<void> {
    const replay = this.#open.get(name)
    if (!replay || --replay.viewers > 0) return
    this.#open.delete(name)
    await close(await replay.channel)
  }

  /** A recording as it is, not shown to anybody, for as long as `use` needs it. @throws ApiError as {@link take} */
  async with<T>(name: string, use: (feed: SessionFeed) => Promise<T>): Promise<T> {
    const { feed } = await this.take(name)
    try {
      return await use(feed)
    } finally {
      await this.release(name)
    }
  }

  async closeAll(): Promise<void> {
    const replays = [...this.#open.values()]
    this.#open.clear()
    for (const { channel } of replays) await channel.then(close).catch(this.#failed)
  }

  async #start(name: string): Promise<Channel> {
    const feed = await this.#recordings.open(name)
    if (feed === null)
      throw new ApiError('no-recording', `there is no recording “${name}”: see the list of sessions`)
    return new Channel(feed, name, this.#failed)
  }
}

async function close(channel: Channel): Promise<void> {
  channel.detach()
  await channel.feed.close()
}
