import { Backfill } from './backfill.ts'

/** More streams than so many pods can have under way at once are forgotten, oldest first. */
const MAX_STREAMS = 32

/**
 * The streams heard on any port of this host. A pod's stream number is its own (D-011), so one whose cable comes out and goes back in goes on
 * where it was, even when the system gives the port another name.
 */
export class Streams {
  readonly #byNumber = new Map<number, Backfill>()
  readonly #byPod = new Map<string, Backfill>()

  /** @param whole see {@link Backfill}; for a stream that is new here */
  of(stream: number, whole: boolean): Backfill {
    const known = this.#byNumber.get(stream)
    if (known) return known
    const added = new Backfill(stream, whole)
    this.#byNumber.set(stream, added)
    const [oldest] = this.#byNumber.keys()
    if (this.#byNumber.size > MAX_STREAMS) this.#byNumber.delete(oldest!)
    return added
  }

  /** A pod said that this is its stream: returns the one it had before, `null` when it had none or still has it. */
  introduce(pod: string, stream: Backfill): Backfill | null {
    const before = this.#byPod.get(pod)
    this.#byPod.set(pod, stream)
    return before === undefined || before === stream ? null : before
  }
}
