import type { Place } from '../../shared/places.ts'
import type { StandingMessage } from './feed.ts'

/** How often it looks, ms. */
const LOOK_MS = 100

/** What it looks at. */
export interface Stood {
  nowS(): number
  /** Pods that stream now. */
  places(): readonly Place[]
  /** Since when a pod has been still; `null` while it moves. */
  stillSince(place: Place): number | null
}

/**
 * Counts down how long somebody still has to stand still, by the very stillness that the analysis takes for standing. A pod that moves is named, and the count
 * begins anew when all are still again.
 */
export class StandingCount {
  readonly #stood: Stood
  readonly #needS: number
  readonly #tell: (message: StandingMessage) => void
  readonly #timer: NodeJS.Timeout
  #fromS: number
  #said = ''
  #ended: boolean = false

  /** @param needS how long standing must last, s */
  constructor(stood: Stood, needS: number, tell: (message: StandingMessage) => void) {
    this.#stood = stood
    this.#needS = needS
    this.#tell = tell
    this.#fromS = stood.nowS()
    this.#say({ type: 'standing', phase: 'counting', leftS: needS })
    this.#timer = setInterval(() => this.#look(), LOOK_MS)
  }

  cancel(): void {
    if (!this.#ended) this.#end({ type: 'standing', phase: 'cancelled', leftS: this.#needS })
  }

  #look(): void {
    const { nowS, places, stillSince } = this.#stood
    const now = nowS()
    const all = places()
    // it takes a moment until pods stream and a stillness is known
    const moving = all.find((place) => stillSince(place) === null)
    const since = Math.max(this.#fromS, ...all.map((place) => stillSince(place) ?? now))
    if (moving !== undefined) {
      if (now - this.#fromS > 1)
        this.#say({ type: 'standing', phase: 'moved', leftS: this.#needS, place: moving })
      return
    }
    const leftS = all.length === 0 ? this.#needS : Math.max(0, this.#needS - (now - since))
    if (leftS > 0) this.#say({ type: 'standing', phase: 'counting', leftS: Math.ceil(leftS) })
    else this.#end({ type: 'standing', phase: 'done', leftS: 0 })
  }

  #end(message: StandingMessage): void {
    this.#ended = true
    clearInterval(this.#timer)
    this.#say(message)
  }

  /** Once, and again when it says something else. */
  #say(message: StandingMessage): void {
    const words = JSON.stringify(message)
    if (words !== this.#said) this.#tell(message)
    this.#said = words
  }
}
