import { GRAVITY } from '../../shared/imu.ts'
import type { Segment } from '../../shared/places.ts'
import { AxisCorrelation, VectorMoments } from './pitch-moments.ts'
import { rotate, rotateBack, type Vec } from './quaternion.ts'
import type { PodTrack } from './track.ts'

/** How the pitch axis is found; see `docs/methods/events.md`, "Pitch axis". */
export const pitchAxisDefaults = {
  /** Moments are taken at most this often, s: finer brings nothing, the motion lives below 20 Hz. */
  momentStepS: 0.008,
  /** Older motion fades with this time constant, s. Shorter follows a slipping pod, longer is steadier. */
  forgetS: 6,
  /** Time constant with which integrals (angle, velocity) forget, s: a stride fits in, drift does not. */
  driftS: 1,
  /** After the first sample or a gap the filters need this long before their output is believed, s; not when the pod was still. */
  settleS: 0.5,
  /** Angle and vertical force are compared below this, Hz: slower than the impact, faster than the stride. */
  slowHz: 3,
  /** Time constant of the mean specific force that stands for "up" here, s. */
  upS: 1.5,
  /** Mean rate of turn, time constant 0.3 s, above which the pod counts as moving, rad/s. */
  movingRadPerS: 0.8,
  /** The axis is known after this much turning about it, rad … */
  minTurnedRad: 4,
  /** … over at least this time of movement, s … */
  minMovingS: 0.5,
  /** … with this share of the turning about it … */
  minPlanarity: 0.6,
  /** … and the sign's evidence beyond this, … */
  minEvidence: 0.4,
  /** … which fades as 1 / time once it has moved for this long, s: some sign is better than none. */
  patientS: 1.5,
  /** … while its forward speed varies by at least this, 1 SD, m/s: a foot covers ground, a hand that turns a pod does not. */
  minSpeedMPerS: 0.6,
  minShinSpeedMPerS: 0.3,
}
export type PitchAxisSettings = typeof pitchAxisDefaults

/**
 * The axis a pod pitches about, in pod axes, toe-up (shin: swinging forward) positive, found from any mount while it moves.
 *
 * Direction: first principal axis of the rate (uncentred, exponentially forgotten). Sign: feet and shins go forward while they turn fast and
 * stand while they do not. With z the pitch axis, forward is up × z, so the forward speed is v·(up × z) = z·(v × up): linear in z. Its
 * correlation with |rate| must be positive, for shoe and shin, walk and run, on belt and ground, wherever the pod sits.
 * Velocity is the integral of specific force minus its mean, forgotten within a stride or two. All moments can be read along whatever
 * axis is the best so far, so no sample is visited twice.
 */
export class PitchAxis {
  /** Unit, pod axes; zero until known. */
  readonly axis = new Float64Array(3)
  known = false
  /** The pod has been turning lately. */
  moving = false
  /** It covers ground as it turns, since it was last told to forget. */
  striding = false
  /** Share of the turning about the best axis, 0…1, and the correlation that speaks for its sign. */
  planarity = 0
  evidence = 0

  private readonly shoe: boolean
  private readonly settings: PitchAxisSettings
  private readonly candidate = new Float64Array(3)
  private turning = 0
  private readonly up = new Float64Array(3)
  private readonly force = new Float64Array(3)
  private readonly velocity = new Float64Array(3)
  private readonly across = new Float64Array(3)
  /** The sample at hand, rate and step: numbers handed to a call that is not inlined would be boxed on the heap. */
  private readonly now = new Float64Array(4)
  private readonly lean = new Float64Array(3)
  private readonly slow = new Float64Array(8)
  private movingS = 0
  private sinceMomentS = 0
  private sinceLookS = 0
  private settledS = 0
  private stillS = 0
  private seenS = 0
  private readonly rate = new VectorMoments()
  private readonly forward = new AxisCorrelation()
  private readonly second = new AxisCorrelation()

  constructor(segment: Segment, settings: PitchAxisSettings = pitchAxisDefaults) {
    this.shoe = segment === 'shoe'
    this.settings = settings
  }

  /** 0…100: how planar the motion is and how sure its sign; 0 until known. */
  get qualityPct(): number {
    if (!this.known) return 0
    const { minEvidence } = this.settings
    return 100 * Math.min(1, this.planarity) * Math.min(1, this.evidence / minEvidence)
  }

  /** Forgets the motion seen so far; what is known stays known. */
  forget(): void {
    this.striding = false
    this.movingS = 0
    this.rate.clear()
    this.forward.clear()
    this.second.clear()
  }

  /** Takes the track's sample in `slot`, `dt` s after the one before; 0 for the first and after a gap. Allocates nothing. */
  add(track: PodTrack, slot: number, dt: number): void {
    this.now[3] = dt
    this.take(track, slot)
  }

  private take(track: PodTrack, slot: number): void {
    const { upS, movingRadPerS, momentStepS, settleS } = this.settings
    const rate = track.rate
    const i = 3 * slot
    const now = this.now
    const dt = now[3]!
    const wx = rate[i]!
    const wy = rate[i + 1]!
    const wz = rate[i + 2]!
    now[0] = wx
    now[1] = wy
    now[2] = wz
    this.turning += (Math.sqrt(wx * wx + wy * wy + wz * wz) - this.turning) * Math.min(1, dt / 0.3)
    this.moving = this.turning > movingRadPerS

    const up = this.up
    const force = this.force
    rotate(force, 0, track.quaternion, 4 * slot, track.accel, i)
    this.seenS += dt
    const share = this.seenS > 0 ? Math.min(1, dt / Math.min(upS, this.seenS)) : 1
    for (let k = 0; k < 3; k++) up[k]! += (force[k]! - up[k]!) * share
    this.follow(track.quaternion, slot)
    if (this.shoe) this.tip()

    // a pod at rest needs no settling: the angle it leaves from is as good as zero
    this.stillS = this.moving || dt === 0 ? 0 : this.stillS + dt
    this.settledS = dt === 0 ? 0 : this.stillS > 0.5 ? settleS : this.settledS + dt
    this.sinceMomentS += dt
    if (this.sinceMomentS < momentStepS) return
    if (this.moving && this.settledS >= settleS) this.accumulate()
    this.sinceMomentS = 0
  }

  /** How fast the pod goes, and that velocity turned a quarter about up, in pod axes: along the pitch axis it is the forward speed. */
  private follow(quaternion: Vec, slot: number): void {
    const dt = this.now[3]!
    const keep = Math.max(0, 1 - dt / this.settings.driftS)
    const up = this.up
    const force = this.force
    const v = this.velocity
    for (let k = 0; k < 3; k++) v[k] = (v[k]! + (force[k]! - up[k]!) * dt) * keep
    const across = this.across
    across[0] = v[1]! * up[2]! - v[2]! * up[1]!
    across[1] = v[2]! * up[0]! - v[0]! * up[2]!
    across[2] = v[0]! * up[1]! - v[1]! * up[0]!
    rotateBack(across, 0, quaternion, 4 * slot, across, 0)
  }

  /** The angle turned, and the vertical specific force, both slow: the foot is high, pushed down, while its toe points down. */
  private tip(): void {
    const now = this.now
    const dt = now[3]!
    const keep = Math.max(0, 1 - dt / this.settings.driftS)
    const pass = Math.min(1, dt * 2 * Math.PI * this.settings.slowHz)
    const lean = this.lean
    lean[0] = (lean[0]! + now[0]! * dt) * keep
    lean[1] = (lean[1]! + now[1]! * dt) * keep
    lean[2] = (lean[2]! + now[2]! * dt) * keep
    const up = this.up
    const force = this.force
    const norm = Math.sqrt(up[0]! * up[0]! + up[1]! * up[1]! + up[2]! * up[2]!) || 1
    const vertical = (force[0]! * up[0]! + force[1]! * up[1]! + force[2]! * up[2]!) / norm - norm
    const slow = this.slow
    for (let k = 0; k < 4; k++) {
      slow[k]! += ((k < 3 ? lean[k]! : vertical) - slow[k]!) * pass
      slow[4 + k]! += (slow[k]! - slow[4 + k]!) * pass
    }
  }

  private accumulate(): void {
    const { forgetS, minMovingS } = this.settings
    const dt = this.sinceMomentS
    const now = this.now
    const wx = now[0]!
    const wy = now[1]!
    const wz = now[2]!
    const fade = 1 - dt / forgetS
    this.movingS += dt
    this.rate.add(wx, wy, wz, dt, fade)
    this.forward.add(this.across, 0, Math.sqrt(wx * wx + wy * wy + wz * wz), dt, fade)
    if (this.shoe) this.second.add(this.slow, 4, this.slow[7]!, dt, fade)
    else this.second.add(now, 0, wx * wx + wy * wy + wz * wz, dt, fade)
    this.sinceLookS += dt
    if (this.sinceLookS > 0.05 && this.movingS >= minMovingS) {
      this.sinceLookS = 0
      this.look()
    }
  }

  /** Reads the moments along the best axis. */
  private look(): void {
    const { minTurnedRad, minPlanarity, minEvidence, patientS, minSpeedMPerS, minShinSpeedMPerS } =
      this.settings
    const n = this.candidate
    this.planarity = this.rate.principalAxis(n, 8)
    let evidence = this.forward.along(n) + this.second.along(n)
    if (evidence < 0) {
      evidence = -evidence
      for (let k = 0; k < 3; k++) n[k] = -n[k]!
    }
    this.evidence = evidence
    // mean |rate| is about 0.8 of its root mean square
    const turned = 0.8 * Math.sqrt(this.rate.squareAlong(n)) * this.movingS
    const enough = minEvidence * Math.min(1, patientS / this.movingS)
    const speed = Math.sqrt(this.forward.vector.varianceAlong(n)) / GRAVITY
    this.striding = speed >= (this.shoe ? minSpeedMPerS : minShinSpeedMPerS)
    if (!this.striding || turned < minTurnedRad || this.planarity < minPlanarity || evidence < enough) return
    this.known = true
    this.axis.set(n)
  }
}
