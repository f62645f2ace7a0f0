/** What a viewer writes to: a WebSocket, or anything with its backlog. */
export interface Outlet {
  /** Bytes accepted but not yet handed to the network. */
  readonly bufferedAmount: number
  send(text: string, sent: () => void): void
}

/** Above this backlog only the newest of each of {@link LATEST_ONLY} is kept, and sent when the viewer has caught up. */
export const BEHIND_BYTES = 512 * 1024
/** Above this one nothing more is queued: when the viewer has caught up it starts afresh. */
export const LOST_BYTES = 4 * 1024 * 1024

/** Messages of which an older one is worth nothing once there is a newer. */
const LATEST_ONLY = new Set(['state', 'pods', 'pose'])

/**
 * One browser that watches, and how far behind it is. A browser that stops reading costs at most {@link LOST_BYTES} plus
 * one snapshot, whatever the length of the session.
 */
export class Viewer {
  readonly #outlet: Outlet
  readonly #latest = new Map<string, string>()
  #snapshot: () => string = () => ''
  #lost: boolean = false

  constructor(outlet: Outlet) {
    this.#outlet = outlet
  }

  /** Starts afresh now; `snapshot` is asked again each time the viewer has lost its place. */
  begin(snapshot: () => string): void {
    this.#snapshot = snapshot
    this.#latest.clear()
    this.#lost = false
    this.send(snapshot())
  }

  /** What was sent holds no longer; one that is behind gets the snapshot of the moment at which it has caught up. */
  restart(snapshot: string): void {
    this.#latest.clear()
    this.#lost = this.#outlet.bufferedAmount > BEHIND_BYTES
    if (!this.#lost) this.send(snapshot)
  }

  /** Takes one message of the feed, already written as JSON. */
  offer(type: string, text: string): void {
    if (this.#lost) return
    const backlog = this.#outlet.bufferedAmount
    if (backlog > LOST_BYTES) {
      this.#lost = true
      this.#latest.clear()
    } else if (backlog > BEHIND_BYTES && LATEST_ONLY.has(type)) {
      this.#latest.set(type, text)
    } else {
      this.#latest.delete(type)
      this.send(text)
    }
  }

  send(text: string): void {
    this.#outlet.send(text, () => this.#catchUp())
  }

  #catchUp(): void {
    if (this.#outlet.bufferedAmount > BEHIND_BYTES / 2) return
    if (this.#lost) this.begin(this.#snapshot)
    else if (this.#latest.size > 0) {
      const texts = [...this.#latest.values()]
      this.#latest.clear()
      for (const text of texts) this.send(text)
    }
  }
}
