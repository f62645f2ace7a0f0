import { rotate, rotateBack } from '../motion/quaternion.ts'
import type { PodTrack } from '../motion/track.ts'

export interface DepartureSettings {
  /** Turning slower than this, rad/s, for this long, s, the pod rests: up and the start of all integrals are known there. */
  restRadPerS: number
  restS: number
  /** A step is seen within this time of rest, s, or not at all: integrals drift. */
  withinS: number
  /** The toe has gone down by this, rad, and the foot goes forward at this speed, m/s … */
  tipRad: number
  tipSpeedMPerS: number
  /** … or the toe went down by the first, has come up by `tipRad` since, and the foot goes at the second. */
  dipRad: number
  swingSpeedMPerS: number
  /** Cosine, at least, between what it goes across and what it turns about. */
  along: number
}

/**
 * The first step out of rest. A foot at rest shows which way is up; then its heel rises and it goes, and both happen in one plane: the pitch axis is
 * the level axis it turned about, with the velocity ahead. So the axis is known when the foot leaves, before any stride is seen.
 *
 * The toe must go down first: a belt that starts carries a foot backward, and a toe that goes down backward looks like one that comes up forward.
 */
export class Departure {
  /** Unit, pod axes, toe-up (shin: swinging forward) positive; of the last step seen. */
  readonly axis = new Float64Array(3)
  /** When the pod had last been at rest. */
  restedS = Number.NaN

  private readonly s: DepartureSettings
  /** Specific force at rest, m/s²; velocity and turn since: inertial frame. */
  private readonly up = new Float64Array(3)
  private readonly velocity = new Float64Array(3)
  private readonly turned = new Float64Array(3)
  /** Level part of the turn, and the largest it was to the side it went first. */
  private readonly tilt = new Float64Array(3)
  private readonly tipped = new Float64Array(3)
  private readonly force = new Float64Array(3)
  private readonly rate = new Float64Array(3)
  /** Time at rest and since it ended, s: in an array, for numbers that change by the sample are boxed in fields. */
  private readonly spent = new Float64Array(2)
  private phase: 'unknown' | 'resting' | 'leaving' = 'unknown'

  constructor(settings: DepartureSettings) {
    this.s = settings
  }

  forget(): void {
    this.phase = 'unknown'
    this.spent.fill(0)
  }

  /** Takes the track's sample in `slot`, `dt` s after the one before; 0 for the first and after a gap. True when a step has just been seen. */
  add(track: PodTrack, slot: number, dt: number): boolean {
    if (dt === 0) {
      this.forget()
      return false
    }
    const i = 3 * slot
    const rests = length(track.rate, i) < this.s.restRadPerS
    rotate(this.force, 0, track.quaternion, 4 * slot, track.accel, i)
    if (rests) this.settle(dt)
    else this.spent[0] = 0
    if (this.phase === 'unknown' || (this.phase === 'resting' && rests)) return false
    this.phase = 'leaving'
    rotate(this.rate, 0, track.quaternion, 4 * slot, track.rate, i)
    this.go(dt)
    if (this.phase !== 'leaving' || !this.steps()) return false
    this.restedS = track.timeS[slot]! - this.spent[1]!
    rotateBack(this.axis, 0, track.quaternion, 4 * slot, this.axis, 0)
    this.forget()
    return true
  }

  private settle(dt: number): void {
    const { spent, up, force } = this
    const { restS } = this.s
    const first = this.phase === 'unknown' && spent[0] === 0
    spent[0]! += dt
    if (this.phase === 'leaving' && spent[0]! < restS) return
    const share = first ? 1 : Math.min(1, dt / restS)
    for (let k = 0; k < 3; k++) up[k]! += (force[k]! - up[k]!) * share
    if (spent[0]! < restS) return
    this.phase = 'resting'
    this.velocity.fill(0)
    this.turned.fill(0)
    this.tipped.fill(0)
    spent[1] = 0
  }

  private go(dt: number): void {
    const { velocity, turned, force, up, rate, spent } = this
    for (let k = 0; k < 3; k++) {
      velocity[k]! += (force[k]! - up[k]!) * dt
      turned[k]! += rate[k]! * dt
    }
    spent[1]! += dt
    if (spent[1]! > this.s.withinS) this.forget()
  }

  /** The heel has risen, or after it the toe, and the foot goes that way; leaves the axis in the inertial frame. */
  private steps(): boolean {
    const { tipRad, tipSpeedMPerS, dipRad, swingSpeedMPerS } = this.s
    const { turned, up, tilt, tipped, axis } = this
    const yaw = dot(turned, up) / dot(up, up)
    for (let k = 0; k < 3; k++) tilt[k] = turned[k]! - yaw * up[k]!
    const now = length(tilt, 0)
    if (now > length(tipped, 0) && !(dot(tilt, tipped) < 0)) tipped.set(tilt)
    if (now > tipRad) {
      for (let k = 0; k < 3; k++) axis[k] = -tilt[k]! / now
      if (this.goes(tipSpeedMPerS)) return true
    }
    const down = length(tipped, 0)
    if (down < dipRad) return false
    for (let k = 0; k < 3; k++) axis[k] = -tipped[k]! / down
    return dot(tilt, axis) + down > tipRad && this.goes(swingSpeedMPerS)
  }

  /** Whether the foot goes, at least this fast, the way that has `axis` to its right. */
  private goes(speedMPerS: number): boolean {
    const { velocity: v, up, axis } = this
    const g = length(up, 0)
    // forward × up
    const x = (v[1]! * up[2]! - v[2]! * up[1]!) / g
    const y = (v[2]! * up[0]! - v[0]! * up[2]!) / g
    const z = (v[0]! * up[1]! - v[1]! * up[0]!) / g
    const speed = Math.sqrt(x * x + y * y + z * z)
    return speed > speedMPerS && x * axis[0]! + y * axis[1]! + z * axis[2]! > this.s.along * speed
  }
}

const dot = (a: Float64Array, b: Float64Array): number => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!

const length = (a: Float64Array, i: number): number =>
  Math.sqrt(a[i]! * a[i]! + a[i + 1]! * a[i + 1]! + a[i + 2]! * a[i + 2]!)
