import type { Segment } from '../../shared/places.ts'
import type { PodTrack } from '../motion/track.ts'

/** A pod of the leg fell silent or spoke again. */
export interface Change {
  segment: Segment
  silent: boolean
}

/**
 * The pods of one leg, and which of them can be counted on: one that has been silent for long while the other went on is left out
 * until it speaks again. Judged by the samples' own times, so that a replay judges alike.
 */
export class LegPods {
  private readonly silentS: number
  private readonly tracks: Record<Segment, PodTrack | null> = { shoe: null, shin: null }
  private silent: Segment | null = null

  /** @param silentS how far behind its partner a pod may fall, s */
  constructor(silentS: number) {
    this.silentS = silentS
  }

  wear(segment: Segment, track: PodTrack | null): void {
    this.tracks[segment] = track
    this.silent = null
  }

  /** Some pod is on this leg, heard or not. */
  get worn(): boolean {
    return this.tracks.shoe !== null || this.tracks.shin !== null
  }

  get shoe(): PodTrack | null {
    return this.silent === 'shoe' ? null : this.tracks.shoe
  }

  get shin(): PodTrack | null {
    return this.silent === 'shin' ? null : this.tracks.shin
  }

  /** The pod that gait is read from. */
  get leading(): PodTrack | null {
    return this.shoe ?? this.shin
  }

  /** Session time up to which the leading pod has come. */
  get newestS(): number {
    const { leading } = this
    return leading === null ? Number.NEGATIVE_INFINITY : newestS(leading)
  }

  /** Both pods have samples past `timeS`, or the one that lags has lagged for longer than `patienceS`. */
  reach(timeS: number, patienceS: number): boolean {
    const { shoe, shin } = this
    if (shoe === null || shin === null) return true
    const a = newestS(shoe)
    const b = newestS(shin)
    return Math.min(a, b) > timeS || Math.max(a, b) > timeS + patienceS
  }

  /** The shin has samples past `timeS`. */
  shinReaches(timeS: number): boolean {
    return this.shin !== null && newestS(this.shin) > timeS
  }

  /** When the slower pod's first sample past `timeS` was taken. */
  reachedS(timeS: number): number {
    return Math.max(timeS, firstPastS(this.shoe, timeS), firstPastS(this.shin, timeS))
  }

  /** Looks whether a pod fell silent or spoke again; `null` when nothing changed. */
  look(): Change | null {
    const { shoe, shin } = this.tracks
    if (shoe === null || shin === null) return null
    const behind = lastHeardS(shoe, shin) - lastHeardS(shin, shoe)
    const silent = behind > this.silentS ? 'shin' : behind < -this.silentS ? 'shoe' : null
    if (silent === this.silent) return null
    const segment = silent ?? this.silent!
    this.silent = silent
    return { segment, silent: silent !== null }
  }
}

const newestS = (track: PodTrack): number =>
  track.count === 0 ? Number.NEGATIVE_INFINITY : track.timeS[track.slot(track.count - 1)]!

/** A pod that has said nothing yet has been silent since its partner began. */
const lastHeardS = (track: PodTrack, partner: PodTrack): number =>
  track.count > 0 ? newestS(track) : partner.count > 0 ? partner.timeS[partner.slot(partner.oldest)]! : 0

function firstPastS(track: PodTrack | null, timeS: number): number {
  if (track === null) return timeS
  const n = track.firstAtOrAfter(timeS)
  return n < track.count ? track.timeS[track.slot(n)]! : timeS
}
