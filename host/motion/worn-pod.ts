import type { Segment, Side } from '../../shared/places.ts'
import type { StrideEvents } from '../gait/events.ts'
import {
  axesFromMidStance,
  axesFromStanding,
  combined,
  type SegmentAxes,
  turnedAboutY,
  unit,
} from './axes.ts'
import { MediolateralAxis } from './mediolateral-axis.ts'
import { carried } from './pose.ts'
import { PoseWatch, type Slip } from './pose-watch.ts'
import { rotateBack } from './quaternion.ts'
import { Sampler } from './sampler.ts'
import type { MotionSettings } from './settings.ts'
import { StandingDetector } from './standing.ts'
import { meanSpecificForce, type UpState, UpTracker } from './tilt.ts'
import type { PodTrack } from './track.ts'

const mean = new Float64Array(3)
const seen = new Float64Array(3)

/** One pod on its segment: where up is, and how the segment's axes lie in the pod. */
export class WornPod {
  readonly leg: Side
  readonly segment: Segment
  readonly track: PodTrack
  readonly sampler: Sampler
  readonly standing: StandingDetector
  readonly turning: MediolateralAxis
  /** The last slip; `null` while the pod sits as it sat. */
  slip: Slip | null = null
  readonly watch = new PoseWatch()
  private readonly strideTurning: MediolateralAxis
  /** Up over the last stride alone, inertial frame; only where one was whole. */
  private readonly strideUp = new Float64Array(3)
  readonly up: UpTracker
  /** End of the last stride in which the pod sat as it had. */
  private soundUntilS = Number.NEGATIVE_INFINITY
  private readonly settings: MotionSettings
  /** Up at mid-stance in pod axes, summed over strides: stands in where nobody stood. */
  private readonly midStanceUp = new Float64Array(3)
  private stepped = 0

  constructor(
    leg: Side,
    segment: Segment,
    track: PodTrack,
    settings: MotionSettings,
    window: { fromS: number; toS: number } | null,
  ) {
    this.leg = leg
    this.segment = segment
    this.track = track
    this.sampler = new Sampler(track)
    this.standing = new StandingDetector(settings, window)
    this.turning = new MediolateralAxis(segment, settings)
    this.strideTurning = new MediolateralAxis(segment, { ...settings, axisMemory: 0 })
    this.up = new UpTracker(settings.tiltGain, settings.tiltRateGain)
    this.settings = settings
  }

  /** Looks at a sample that has come since the last call, if any. */
  step(): void {
    if (this.track.count === this.stepped) return
    this.stepped = this.track.count
    this.standing.step(this.track)
  }

  /** Up over the stride between two mid-stances. */
  observeUp(fromS: number, toS: number): void {
    meanSpecificForce(this.track, fromS, toS, mean)
    this.strideUp.set(mean)
    this.up.observe(0.5 * (fromS + toS), mean)
  }

  /** Whether the pod still sits as it sat, from the stride alone whose up was observed last; a slip makes all axes be learned anew. */
  look(s: StrideEvents, midS: number): Slip | null {
    this.strideTurning.learn(this.track, midS, s.toS, s.nextIcS)
    const turning = this.strideTurning.axis
    if (turning === null || !this.sampler.seek(midS)) {
      this.watch.unseen(s.icS)
      return null
    }
    rotateBack(seen, 0, this.sampler.quaternion, 0, this.strideUp, 0)
    const gait = s.toS - s.icS > 0.5 * (s.nextIcS - s.icS) ? 'walking' : 'running'
    const slip = this.watch.observe(s.icS, { up: unit(seen), turning }, gait)
    if (slip !== null) this.slipped(slip)
    else if (this.watch.doubtedSinceS === null) this.soundUntilS = s.nextIcS
    return slip
  }

  private slipped(slip: Slip): void {
    const stood = this.standing.result
    this.slip = slip
    this.turning.restart()
    this.midStanceUp.fill(0)
    this.standing.forget(this.soundUntilS, stood && carried(stood.accel, slip.from, slip.to))
  }

  learn(midS: number, toS: number, nextIcS: number): void {
    this.turning.learn(this.track, midS, toS, nextIcS)
    const up = this.up.state
    if (up === null || !this.sampler.seek(midS)) return
    for (let i = 0; i < 3; i++) seen[i] = up.up[i]! + up.drift[i]! * (midS - up.timeS)
    rotateBack(seen, 0, this.sampler.quaternion, 0, seen, 0)
    for (let i = 0; i < 3; i++)
      this.midStanceUp[i] = this.settings.axisMemory * this.midStanceUp[i]! + seen[i]!
  }

  /** The segment's axes as known so far; `null` before the first stride. */
  axes(): SegmentAxes | null {
    const turning = this.turning.axis
    if (turning === null) return null
    const standing = this.standing.result?.accel ?? null
    if (standing === null && this.midStanceUp.every((v) => v === 0)) return null
    if (this.segment === 'shin')
      return standing !== null
        ? axesFromStanding(standing, turning)
        : axesFromMidStance(this.midStanceUp, turning, this.settings.shankLeanRad)
    // a flat foot in mid-stance is the next best thing to a standing one
    const axes = axesFromStanding(standing ?? this.midStanceUp, turning)
    return turnedAboutY(axes, this.settings.pushOffObliqueRad * (this.leg === 'left' ? -1 : 1))
  }

  /** Up in the inertial frame, unit, at a time near the state's. */
  upAt(state: UpState, timeS: number): Float64Array {
    return combined(1, state.up, timeS - state.timeS, state.drift)
  }
}
