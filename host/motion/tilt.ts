import { multiply, rotate, type Vec } from './quaternion.ts'
import type { PodTrack } from './track.ts'
import { alphaBetaGains } from './tracker.ts'

const scratch = new Float64Array(3)

/**
 * Mean specific force between two times in the pod's inertial frame, m/s²: `out` = (1/T) ∫ q f dt, trapezia over the samples and
 * straight lines at the ends. Over exactly one stride it is g up + (change of velocity) / T, and between two mid-stances the
 * pod moves with the belt both times, so it is up.
 */
export function meanSpecificForce(track: PodTrack, fromS: number, toS: number, out: Vec): void {
  out.fill(0)
  const first = Math.max(track.oldest, track.firstAtOrAfter(fromS) - 1)
  const last = Math.min(track.count - 1, track.firstAtOrAfter(toS))
  for (let n = first; n <= last; n++) {
    const slot = track.slot(n)
    const t = track.timeS[slot]!
    const before = n > first ? track.timeS[track.slot(n - 1)]! : t
    const after = n < last ? track.timeS[track.slot(n + 1)]! : t
    // each sample stands for the half steps on either side of it, as far as they lie within the span
    const weight = 0.5 * (overlap(before, t, fromS, toS) + overlap(t, after, fromS, toS))
    rotate(scratch, 0, track.quaternion, 4 * slot, track.accel, 3 * slot)
    out[0]! += weight * scratch[0]!
    out[1]! += weight * scratch[1]!
    out[2]! += weight * scratch[2]!
  }
  for (let i = 0; i < 3; i++) out[i]! /= toS - fromS
}

const overlap = (a: number, b: number, from: number, to: number): number =>
  Math.max(0, Math.min(b, to) - Math.max(a, from))

/** What a tracker knew at a time; it can be asked for near times later. */
export interface UpState {
  readonly timeS: number
  /** Unit, inertial frame. */
  readonly up: Float64Array
  /** Drift of `up`, 1/s. */
  readonly drift: Float64Array
  /** A turn that brings `up` near +z: the level frame of the stride before, so that level frames follow on smoothly however far the drift has gone. */
  readonly base: Float64Array
}

/**
 * Follows "up" in a pod's inertial frame, which drifts with what is left of the gyroscope's bias and with its scale error: an
 * alpha-beta tracker on the direction.
 */
export class UpTracker {
  private readonly alpha: number
  private readonly beta: number
  count = 0
  /** Mean square of what a measurement was off by, rad². */
  variance = 0
  private timeS = 0
  private up = new Float64Array(3)
  private drift = new Float64Array(3)
  private base = new Float64Array(4)

  constructor(alpha: number, beta: number) {
    this.alpha = alpha
    this.beta = beta
  }

  get state(): UpState | null {
    if (this.count === 0) return null
    return { timeS: this.timeS, up: this.up.slice(), drift: this.drift.slice(), base: this.base }
  }

  restart(): void {
    this.count = 0
    this.drift.fill(0)
  }

  /** @param measured any length, inertial frame */
  observe(timeS: number, measured: Float64Array): void {
    const norm = Math.hypot(measured[0]!, measured[1]!, measured[2]!)
    const dt = timeS - this.timeS
    const up = this.up
    this.count++
    if (this.count === 1) {
      for (let i = 0; i < 3; i++) up[i] = measured[i]! / norm
      this.base = new Float64Array(up[2]! < 0 ? [0, 1, 0, 0] : [1, 0, 0, 0])
    } else {
      const [alpha, beta] = alphaBetaGains(this.count, this.alpha, this.beta)
      let error2 = 0
      for (let i = 0; i < 3; i++) {
        const predicted = up[i]! + this.drift[i]! * dt
        const error = measured[i]! / norm - predicted
        up[i] = predicted + alpha * error
        // the first measurement is of the start, when the runner or the belt gathers speed: no drift is read off it
        if (this.count > 2) this.drift[i]! += (beta * error) / dt
        error2 += error * error
      }
      const length = Math.hypot(up[0]!, up[1]!, up[2]!)
      for (let i = 0; i < 3; i++) up[i]! /= length
      // carried along from stride to stride: the shortest turn from a frame fixed at the start has no heading once up has drifted half a turn,
      // which half a degree a second does in six minutes
      const base = new Float64Array(4)
      levelOf(this.base, up, base)
      this.base = base
      if (this.count > 2) this.variance += (error2 - this.variance) / Math.min(this.count - 2, 20)
    }
    this.timeS = timeS
  }
}

const lifted = new Float64Array(3)
const arc = new Float64Array(4)

/** out = qLevelFromInertial at `timeS`: the shortest turn of the level frame before that takes up to +z. */
export function levelAt(state: UpState, timeS: number, out: Vec): void {
  const dt = timeS - state.timeS
  for (let i = 0; i < 3; i++) scratch[i] = state.up[i]! + state.drift[i]! * dt
  levelOf(state.base, scratch, out)
}

/** out = the shortest turn of `base` that takes `up`, of any length, to +z; `out` is not `base`. */
function levelOf(base: Vec, up: Vec, out: Vec): void {
  rotate(lifted, 0, base, 0, up, 0)
  const norm = Math.hypot(lifted[0]!, lifted[1]!, lifted[2]!)
  // the shortest turn from u to z is (1 + u·z, u × z), normalised
  const w = 1 + lifted[2]! / norm
  const x = lifted[1]! / norm
  const y = -lifted[0]! / norm
  const scale = 1 / Math.hypot(w, x, y)
  arc[0] = w * scale
  arc[1] = x * scale
  arc[2] = y * scale
  arc[3] = 0
  multiply(out, 0, arc, 0, base, 0)
}
