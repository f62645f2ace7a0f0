import type { Place } from '../../shared/places.ts'

/**
 * What frames or samples were lost to (`docs/link.md`): the cable was out for longer than the pod remembers; bytes came damaged; the host did
 * not read for too long; whole frames never came, and nothing damaged in their place; the pod started anew; its FIFO overran, lost step or had
 * to be set up again.
 */
export const GAP_CAUSES = [
  'unplugged',
  'bit errors',
  'host busy',
  'lost on the way',
  'pod reset',
  'overrun in the pod',
] as const
export type GapCause = (typeof GAP_CAUSES)[number]

/** What a person can do about it. */
export const REMEDIES: Readonly<Record<GapCause, string>> = {
  unplugged: 'the cable was out or the radio out of reach for longer than the pod remembers',
  'bit errors': 'bytes come damaged: use a shorter or better cable',
  'host busy': 'this computer was too busy to read: close other programs',
  'lost on the way': 'frames do not come: check the cable, or bring the radio nearer',
  'pod reset': 'the pod started anew: check its battery and its contacts',
  'overrun in the pod': 'the pod could not send fast enough: use a faster link or a lower rate',
}

/** Samples that were taken, or should have been, and will never come. */
export interface Gap {
  pod: string
  place: Place | null
  /** Session times at which the last frame before it and the first behind it arrived, s. */
  fromS: number
  toS: number
  /** `null` where nobody could count them. */
  samples: number | null
  cause: GapCause
}

/** In words, for the recording and the page. */
export function gapText({ pod, place, fromS, toS, samples, cause }: Gap): string {
  const lost = samples === null ? 'samples' : `${samples} samples`
  return `${place ?? `pod ${pod}`}: ${lost} lost between ${fromS.toFixed(2)} and ${toS.toFixed(2)} s (${cause}): ${REMEDIES[cause]}`
}

/** Samples of one source that did not come, and the frames that may have held them. */
export class Hole {
  readonly cause: GapCause
  readonly fromS: number
  readonly toS: number
  /** Of a high-g chip that counts its own samples. */
  readonly highG: boolean
  /** Sequence numbers that may still come, rising. */
  missing: number[]
  /** Samples that have not come yet. */
  samples: number
  /** Requests in a row that brought nothing. */
  inVain = 0
  readonly #first: number
  readonly #last: number
  /** The pod has said once that it has nothing of a run that begins here. */
  #nothingFrom = -1

  constructor(
    missing: number[],
    samples: number,
    highG: boolean,
    fromS: number,
    toS: number,
    cause: GapCause,
  ) {
    this.missing = missing
    this.#first = missing[0] ?? Number.POSITIVE_INFINITY
    this.#last = missing.at(-1) ?? Number.NEGATIVE_INFINITY
    this.samples = samples
    this.highG = highG
    this.fromS = fromS
    this.toS = toS
    this.cause = cause
  }

  /** A frame has come; does nothing when it is none of the hole's. @param samples of the hole's source */
  fill(sequence: number, samples: number): void {
    if (sequence < this.#first || sequence > this.#last) return
    const at = this.missing.indexOf(sequence)
    // one that nobody waited for any more may have been on its way
    if (at >= 0) this.missing.splice(at, 1)
    this.samples -= samples
    this.inVain = 0
  }

  /** The pod says that it has nothing of this run. Believed the second time: a question may be damaged on its way. */
  nothing(from: number, to: number): void {
    if (this.#nothingFrom === from) this.drop(from, to)
    this.#nothingFrom = from
  }

  /** No frame of these numbers, from `from` to before `to`, will ever come. */
  drop(from: number, to: number): void {
    this.missing = this.missing.filter((sequence) => sequence < from || sequence >= to)
  }

  /** The first numbers that are missing without a break, `most` at most: how many. */
  run(most: number): number {
    const { missing } = this
    let n = 1
    while (n < most && n < missing.length && missing[n] === missing[0]! + n) n++
    return n
  }
}
