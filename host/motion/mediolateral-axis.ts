import type { Segment } from '../../shared/places.ts'
import { dot } from './axes.ts'
import { addMoment, MOMENTS, principalAxis } from './principal-axis.ts'
import type { MotionSettings } from './settings.ts'
import type { PodTrack } from './track.ts'

/**
 * The axis a pod turns about in swing, in pod axes, pointing to the wearer's right: the segment's mediolateral axis as far as motion can
 * tell it. Shin: principal axis of the rate over swing. Shoe: the same over samples that turn toe-down fast, because in the rest pronation
 * bends it. From mid-stance to toe-off shoe and shin both turn forward, which settles the sign for any mount.
 */
export class MediolateralAxis {
  private readonly segment: Segment
  private readonly settings: MotionSettings
  private readonly swing = new Float64Array(MOMENTS)
  private readonly toeDown = new Float64Array(MOMENTS)
  /** ∫ rate over mid-stance → toe-off, summed over strides. */
  private readonly rollOff = new Float64Array(3)
  /** Unit, pod axes; `null` until a stride has been learned. */
  axis: Float64Array | null = null
  /** Share of the second moment along it. */
  share = 0
  strides = 0

  constructor(segment: Segment, settings: MotionSettings) {
    this.segment = segment
    this.settings = settings
  }

  /** The pod has turned on its segment: nothing learned so far holds. */
  restart(): void {
    for (const moments of [this.swing, this.toeDown, this.rollOff]) moments.fill(0)
    this.axis = null
    this.share = 0
    this.strides = 0
  }

  learn(track: PodTrack, midS: number, toS: number, nextIcS: number): void {
    this.fade()
    this.addRollOff(track, midS, toS)
    this.addSwing(track, toS, nextIcS)
    const swing = principalAxis(this.swing)
    if (swing === null) return
    this.point(swing.axis)
    this.adopt(swing)
    if (this.segment === 'shoe') {
      this.addToeDown(track, midS, nextIcS, swing.axis)
      const toeDown = principalAxis(this.toeDown)
      if (toeDown !== null) {
        this.point(toeDown.axis)
        this.adopt(toeDown)
      }
    }
    this.strides++
  }

  private adopt(found: { axis: Float64Array; share: number }): void {
    this.axis = found.axis
    this.share = found.share
  }

  private fade(): void {
    const keep = this.settings.axisMemory
    for (let i = 0; i < MOMENTS; i++) {
      this.swing[i]! *= keep
      this.toeDown[i]! *= keep
    }
    for (let i = 0; i < 3; i++) this.rollOff[i]! *= keep
  }

  /** Turns the axis so that roll-off is a negative turn about it. */
  private point(axis: Float64Array): void {
    if (dot(axis, this.rollOff) > 0) for (let i = 0; i < 3; i++) axis[i]! *= -1
  }

  private addRollOff(track: PodTrack, fromS: number, toS: number): void {
    const last = track.firstAtOrAfter(toS)
    for (let n = track.firstAtOrAfter(fromS) + 1; n < last; n++) {
      const slot = track.slot(n)
      const dt = track.timeS[slot]! - track.timeS[track.slot(n - 1)]!
      for (let i = 0; i < 3; i++) this.rollOff[i]! += track.rate[3 * slot + i]! * dt
    }
  }

  private addSwing(track: PodTrack, fromS: number, toS: number): void {
    const last = track.firstAtOrAfter(toS)
    for (let n = track.firstAtOrAfter(fromS); n < last; n++)
      addMoment(this.swing, track.rate, 3 * track.slot(n), 1)
  }

  private addToeDown(track: PodTrack, fromS: number, toS: number, axis: Float64Array): void {
    const least = this.settings.shoeAxisRateRadPerS
    const last = track.firstAtOrAfter(toS)
    for (let n = track.firstAtOrAfter(fromS); n < last; n++) {
      const j = 3 * track.slot(n)
      const about = track.rate[j]! * axis[0]! + track.rate[j + 1]! * axis[1]! + track.rate[j + 2]! * axis[2]!
      if (about < -least) addMoment(this.toeDown, track.rate, j, 1)
    }
  }
}
