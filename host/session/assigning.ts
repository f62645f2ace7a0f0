import type { Place } from '../../shared/places.ts'
import type { PodLink } from '../link/pod-link.ts'
import type { AssignMessage } from './feed.ts'
import type { PodSamples } from './pod-samples.ts'
import { TapFinder } from './tap-finder.ts'

const LOOK_MS = 50
/** Nobody taps for so long any more. */
const PATIENCE_MS = 60_000

/**
 * One place being given to the pod that is tapped: the pods stream meanwhile, and the one that is found keeps the place over a power cycle. The pod
 * that had the place until now takes the other's, so that two pods can be exchanged; where there is none, it is shown as a second one of that place.
 */
export class Assigning {
  readonly place: Place
  readonly #links: ReadonlySet<PodLink>
  readonly #samples: PodSamples
  readonly #tell: (message: AssignMessage) => void
  readonly #tap = new TapFinder()
  #ended: boolean = false

  constructor(
    place: Place,
    links: ReadonlySet<PodLink>,
    samples: PodSamples,
    tell: (message: AssignMessage) => void,
  ) {
    this.place = place
    this.#links = links
    this.#samples = samples
    this.#tell = tell
  }

  /** Resolves when it is done, has failed or was cancelled. Then the pods stream no longer. */
  async run(): Promise<void> {
    this.#tell({ type: 'assign', phase: 'waiting', place: this.place })
    this.#samples.taker = ({ id, rateHz }, arrivalS, sample) => this.#tap.sample(id, rateHz, arrivalS, sample)
    const started = await Promise.allSettled([...this.#links].map((link) => link.start()))
    const heard = started.some(({ status }) => status === 'fulfilled')
    try {
      if (!heard) throw new Error('no pod streams: switch them on first')
      const id = await this.#tapped()
      if (id === null) return
      await this.#give(id)
      this.#tell({ type: 'assign', phase: 'done', place: this.place, id })
    } catch (error) {
      this.#tell({ type: 'assign', phase: 'failed', place: this.place, reason: (error as Error).message })
    } finally {
      this.#samples.taker = null
      await Promise.allSettled([...this.#links].map((link) => link.command('stop')))
    }
  }

  cancel(): void {
    if (this.#ended) return
    this.#ended = true
    this.#tell({ type: 'assign', phase: 'failed', place: this.place, reason: 'cancelled' })
  }

  /** The pod; `null` when it was cancelled. */
  async #tapped(): Promise<string | null> {
    const endMs = performance.now() + PATIENCE_MS
    while (this.#tap.found === null) {
      if (this.#ended) return null
      if (performance.now() > endMs)
        throw new Error('no pod was tapped for a minute: tap one while the others lie still')
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
    this.#ended = true
    return this.#tap.found
  }

  async #give(id: string): Promise<void> {
    const link = this.#linkOf(id)
    if (link === undefined) throw new Error('the pod has gone: tap again')
    if (link.hellos.size > 1)
      throw new Error(`${link.name} carries several pods: plug this one in by itself to give it a place`)
    const before = link.hellos.get(id)!.place
    const holders = [...this.#links].flatMap((other) =>
      [...other.hellos.values()]
        .filter((hello) => hello.id !== id && hello.place === this.place)
        .map(() => other),
    )
    await link.command('set', { place: this.place })
    if (before === null || before === this.place || holders.length !== 1) return
    const [holder] = holders
    if (holder!.hellos.size === 1) await holder!.command('set', { place: before })
  }

  #linkOf(id: string): PodLink | undefined {
    return [...this.#links].find((link) => link.isOpen && link.hellos.has(id))
  }
}
