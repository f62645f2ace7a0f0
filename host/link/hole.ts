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

/** A run of frames of one stream that did not come and that held samples. */
export class Hole {
  readonly cause: GapCause
  readonly fromS: number
  readonly toS: number
  /** Sequence numbers that may still come, rising. */
  missing: number[] = []
  /** Samples that have not come yet. */
  samples: number
  /** Requests in a row that brought nothing. */
  inVain = 0

  /** @param from first and @param to one past the last sequence number worth asking for */
  constructor(from: number, to: number, samples: number, fromS: number, toS: number, cause: GapCause) {
    for (let sequence = from; sequence < to; sequence++) this.missing.push(sequence)
    this.samples = samples
    this.fromS = fromS
    this.toS = toS
    this.cause = cause
  }

  /** A frame of the hole has come; false when it is not one. */
  fill(sequence: number, samples: number): boolean {
    const at = this.missing.indexOf(sequence)
    if (at < 0) return false
    this.missing.splice(at, 1)
    this.samples -= samples
    this.inVain = 0
    return true
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
