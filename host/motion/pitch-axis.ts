import type { Segment } from '../../shared/places.ts'
import { AxisCorrelation, VectorMoments } from './pitch-moments.ts'
import { rotate } from './quaternion.ts'
import type { PodTrack } from './track.ts'

/** How the pitch axis is found; see `docs/methods/events.md`, "Pitch axis". */
export const pitchAxisDefaults = {
  /** Moments are taken at most this often, s: finer brings nothing, the motion lives below 20 Hz. */
  momentStepS: 0.008,
  /** Older motion fades with this time constant, s. Shorter follows a slipping pod, longer is steadier. */
  forgetS: 6,
  /** Corner of the high-pass that turns the integrated rate into an angle without drift, Hz. */
  highPassHz: 0.15,
  /** Corner of the low-pass, twice a pole, before angle and vertical acceleration are correlated, Hz. */
  lowPassHz: 3,
  /** After the first sample or a gap the filters need this long before their output is believed, s; not when the pod was still. */
  settleS: 1,
  /** Time constant of the mean specific force that stands for "up" here, s. */
  upS: 1.5,
  /** Mean rate of turn, time constant 0.3 s, above which the pod counts as moving, rad/s. */
  movingRadPerS: 0.8,
  /** The axis is known after this much turning about it, rad … */
  minTurnedRad: 6,
  /** … over at least this time of movement, s … */
  minMovingS: 0.7,
  /** … with this share of the turning about it … */
  minPlanarity: 0.6,
  /** … and the sign's evidence beyond this … */
  minEvidence: 0.5,
  /** … or, once it has moved for `patientS`, beyond this. */
  patientEvidence: 0.25,
  patientS: 4,
}
export type PitchAxisSettings = typeof pitchAxisDefaults

/**
 * The axis a pod pitches about, in pod axes, toe-up (shin: swinging forward) positive, found from any mount while it moves.
 *
 * Direction: first principal axis of the rate (uncentred, exponentially forgotten). Sign, shoe: correlation of the pitch angle with the
 * vertical acceleration, minus the angle's skewness: the foot is high when the toe points down, and it dips its toe further than it lifts
 * it. Sign, shin: third moment of the rate, the forward swing being the fastest. All moments are kept as tensors, so they can be read along
 * whatever axis is the best so far and no sample is visited twice.
 */
export class PitchAxis {
  /** Unit, pod axes; zero until known. */
  readonly axis = new Float64Array(3)
  known = false
  /** The pod has been turning lately. */
  moving = false
  /** Share of the turning about the best axis, 0…1, and what speaks for its sign (no sign: 0, at most about 2). */
  planarity = 0
  evidence = 0

  readonly #shoe: boolean
  readonly #settings: PitchAxisSettings
  readonly #candidate = new Float64Array(3)
  #turning = 0
  readonly #up = new Float64Array(3)
  readonly #force = new Float64Array(3)
  readonly #lean = new Float64Array(3)
  readonly #low = new Float64Array(8)
  #movingS = 0
  #sinceMomentS = 0
  #sinceLookS = 0
  #settledS = 0
  #stillS = 0
  readonly #rate = new VectorMoments()
  readonly #angle = new VectorMoments()
  readonly #height = new AxisCorrelation()

  constructor(segment: Segment, settings: PitchAxisSettings = pitchAxisDefaults) {
    this.#shoe = segment === 'shoe'
    this.#settings = settings
  }

  /** 0…100: how planar the motion is and how sure its sign; 0 until known. */
  get qualityPct(): number {
    if (!this.known) return 0
    return 100 * Math.min(1, this.planarity) * Math.min(1, this.evidence / 0.7)
  }

  /** Forgets the motion seen so far; what is known stays known. */
  forget(): void {
    this.#movingS = 0
    this.#rate.clear()
    this.#angle.clear()
    this.#height.clear()
  }

  /** Forgets everything. */
  reset(): void {
    this.forget()
    this.known = false
    this.axis.fill(0)
  }

  /** Takes the track's sample in `slot`, `dt` s after the one before; 0 for the first and after a gap. Allocates nothing. */
  add(track: PodTrack, slot: number, dt: number): void {
    const { upS, movingRadPerS, momentStepS, settleS } = this.#settings
    const rate = track.rate
    const i = 3 * slot
    const wx = rate[i]!
    const wy = rate[i + 1]!
    const wz = rate[i + 2]!
    this.#turning += (Math.sqrt(wx * wx + wy * wy + wz * wz) - this.#turning) * Math.min(1, dt / 0.3)
    this.moving = this.#turning > movingRadPerS

    const up = this.#up
    const force = this.#force
    rotate(force, 0, track.quaternion, 4 * slot, track.accel, i)
    const share = up[0] === 0 && up[1] === 0 && up[2] === 0 ? 1 : Math.min(1, dt / upS)
    for (let k = 0; k < 3; k++) up[k]! += (force[k]! - up[k]!) * share
    if (this.#shoe) this.#filter(wx, wy, wz, dt)

    // a pod at rest needs no settling: the angle it leaves from is as good as zero
    this.#stillS = this.moving || dt === 0 ? 0 : this.#stillS + dt
    this.#settledS = dt === 0 ? 0 : this.#stillS > 0.5 ? settleS : this.#settledS + dt
    this.#sinceMomentS += dt
    if (this.#sinceMomentS < momentStepS) return
    if (this.moving && this.#settledS >= settleS) this.#accumulate(wx, wy, wz, this.#sinceMomentS)
    this.#sinceMomentS = 0
  }

  /** Angle vector without drift, and both angle and vertical acceleration below 3 Hz. */
  #filter(wx: number, wy: number, wz: number, dt: number): void {
    const keep = Math.max(0, 1 - dt * 2 * Math.PI * this.#settings.highPassHz)
    const pass = Math.min(1, dt * 2 * Math.PI * this.#settings.lowPassHz)
    const lean = this.#lean
    lean[0] = (lean[0]! + wx * dt) * keep
    lean[1] = (lean[1]! + wy * dt) * keep
    lean[2] = (lean[2]! + wz * dt) * keep
    const up = this.#up
    const force = this.#force
    const norm = Math.sqrt(up[0]! * up[0]! + up[1]! * up[1]! + up[2]! * up[2]!) || 1
    const vertical = (force[0]! * up[0]! + force[1]! * up[1]! + force[2]! * up[2]!) / norm
    const low = this.#low
    for (let k = 0; k < 4; k++) {
      low[k]! += ((k < 3 ? lean[k]! : vertical) - low[k]!) * pass
      low[4 + k]! += (low[k]! - low[4 + k]!) * pass
    }
  }

  #accumulate(wx: number, wy: number, wz: number, dt: number): void {
    const { forgetS, minMovingS } = this.#settings
    const fade = 1 - dt / forgetS
    this.#movingS += dt
    this.#rate.add(wx, wy, wz, dt, fade)
    const lean = this.#lean
    if (this.#shoe) {
      this.#angle.add(lean[0]!, lean[1]!, lean[2]!, dt, fade)
      this.#height.add(this.#low, 4, this.#low[7]!, dt, fade)
    }
    this.#sinceLookS += dt
    if (this.#sinceLookS > 0.05 && this.#movingS >= minMovingS) {
      this.#sinceLookS = 0
      this.#look()
    }
  }

  /** Reads the moments along the best axis. */
  #look(): void {
    const { minTurnedRad, minPlanarity, minEvidence, patientEvidence, patientS } = this.#settings
    const n = this.#candidate
    this.planarity = this.#rate.principalAxis(n, 8)
    let evidence = this.#shoe
      ? this.#height.along(n) - this.#angle.skewnessAlong(n)
      : this.#rate.skewnessAlong(n)
    if (evidence < 0) {
      evidence = -evidence
      for (let k = 0; k < 3; k++) n[k] = -n[k]!
    }
    this.evidence = evidence
    // mean |rate| is about 0.8 of its root mean square
    const turned = 0.8 * Math.sqrt(this.#rate.squareAlong(n)) * this.#movingS
    const enough = this.#movingS > patientS ? patientEvidence : minEvidence
    if (turned < minTurnedRad || this.planarity < minPlanarity || evidence < enough) return
    this.known = true
    this.axis.set(n)
  }
}
