import type { PodTrack } from './track.ts'

/**
 * Reads a track at any time between two of its samples: specific force and rate by the straight line, orientation by the
 * normalised straight line between neighbours (at 400 Hz and 20 rad/s this is 0.0001° from the great arc). Times asked in
 * ascending order cost nothing to find. Allocates nothing.
 */
export class Sampler {
  readonly track: PodTrack
  /** Specific force, m/s², pod axes. */
  readonly accel = new Float64Array(3)
  /** Angular rate, rad/s, pod axes. */
  readonly rate = new Float64Array(3)
  /** Angular acceleration, rad/s², pod axes: slope over the two neighbours and one more on either side. */
  readonly angularAccel = new Float64Array(3)
  /** qInertialFromPod. */
  readonly quaternion = new Float64Array(4)
  /** The sample before the place sought, and how far it lies toward the next one, 0…1. */
  private n = 0
  private share = 0

  constructor(track: PodTrack) {
    this.track = track
  }

  /** Goes to `timeS` and finds the orientation there; false when it lies outside the samples kept. */
  seek(timeS: number): boolean {
    const { track } = this
    let n = this.n
    if (n < track.oldest || n >= track.count || track.timeS[track.slot(n)]! > timeS)
      n = Math.max(track.oldest, track.firstAtOrAfter(timeS) - 1)
    while (n + 2 < track.count && track.timeS[track.slot(n + 1)]! <= timeS) n++
    this.n = n
    if (n + 1 >= track.count) return false
    const a = track.slot(n)
    const b = track.slot(n + 1)
    const ta = track.timeS[a]!
    const tb = track.timeS[b]!
    if (timeS < ta || timeS > tb) return false
    this.share = (timeS - ta) / (tb - ta)
    this.orient(a, b)
    return true
  }

  private orient(a: number, b: number): void {
    const k = this.share
    const q = this.track.quaternion
    const out = this.quaternion
    let norm = 0
    for (let i = 0; i < 4; i++) {
      const qa = q[4 * a + i]!
      const x = qa + k * (q[4 * b + i]! - qa)
      out[i] = x
      norm += x * x
    }
    const scale = 1 / Math.sqrt(norm)
    for (let i = 0; i < 4; i++) out[i]! *= scale
  }

  /** Fills `accel`, `rate` and `angularAccel` at the place last sought. */
  measure(): void {
    const { track, share: k } = this
    const { accel, rate } = track
    const a = track.slot(this.n)
    const b = track.slot(this.n + 1)
    const before = track.slot(Math.max(track.oldest, this.n - 1))
    const behind = track.slot(Math.min(track.count - 1, this.n + 2))
    const dt = track.timeS[behind]! - track.timeS[before]!
    for (let i = 0; i < 3; i++) {
      const fa = accel[3 * a + i]!
      const wa = rate[3 * a + i]!
      this.accel[i] = fa + k * (accel[3 * b + i]! - fa)
      this.rate[i] = wa + k * (rate[3 * b + i]! - wa)
      this.angularAccel[i] = (rate[3 * behind + i]! - rate[3 * before + i]!) / dt
    }
  }
}

/** Longest step between neighbouring samples within the span, s; infinite where the span is not wholly kept. */
export function longestStep(track: PodTrack, fromS: number, toS: number): number {
  const first = track.firstAtOrAfter(fromS) - 1
  const last = track.firstAtOrAfter(toS)
  if (first < track.oldest || last >= track.count) return Number.POSITIVE_INFINITY
  let longest = 0
  for (let n = first + 1; n <= last; n++) {
    const step = track.timeS[track.slot(n)]! - track.timeS[track.slot(n - 1)]!
    if (step > longest) longest = step
  }
  return longest
}
