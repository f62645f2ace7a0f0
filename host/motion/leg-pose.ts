import type { Side } from '../../shared/places.ts'
import { quaternionOfAxes } from './axes.ts'
import { ankleAngles, EVERSION } from './cardan.ts'
import { multiply, rotate, type Vec } from './quaternion.ts'
import { longestStep } from './sampler.ts'
import type { MotionSettings } from './settings.ts'
import type { StrideRecord } from './stride-record.ts'
import { levelAt, type UpState } from './tilt.ts'
import { angleAt } from './tracker.ts'
import type { WornPod } from './worn-pod.ts'

/** The way a leg goes is the mean over this many strides, of which each alone scatters by degrees. */
const COURSE_STRIDES = 4
/** A pod that lags by more than this is not waited for, s. */
const LATEST_S = 0.3

/** Where a leg's segments point at one time. World: x the way the leg goes, y left of it, z up. */
export interface LegPose {
  /** qWorldFromShin and qWorldFromShoe; NaN where the segment is not known. */
  readonly shin: Float64Array
  readonly shoe: Float64Array
  /** Shoe eversion as in the stance's curve, rad; NaN where it is not known. */
  eversion: number
  /** Alignment has settled, and nothing is known against the pods: what is shown is what the curves will say. */
  settled: boolean
}

export const emptyPose = (): LegPose => ({
  shin: new Float64Array(4),
  shoe: new Float64Array(4),
  eversion: Number.NaN,
  settled: false,
})

/** One segment as the last stride left it. */
interface Turning {
  pod: WornPod
  up: UpState | null
  readonly podFromSegment: Float64Array
  /** From the level frame's x to the way the leg goes, rad. */
  course: number
}

const ahead = new Float64Array(4)
const shoeFromShin = new Float64Array(4)
const angles = new Float64Array(3)

/**
 * Shin and shoe at any time after the first strides: each pod's integrated rate, stood upright by the last stride's up, turned by its
 * heading, seen through the axes as known so far. The same steps as for a stance's curves, one stride earlier. Nothing is
 * worked out until somebody asks; asking changes no result. Allocates only when a stride has come since the last question.
 */
export class PoseReader {
  private readonly leg: Side
  private readonly settings: MotionSettings
  private readonly shoe: Turning | null
  private readonly shin: Turning | null
  private record: StrideRecord | null = null

  constructor(leg: Side, shoe: WornPod | null, shin: WornPod | null, settings: MotionSettings) {
    this.leg = leg
    this.settings = settings
    this.shoe = turning(shoe)
    this.shin = turning(shin)
  }

  /**
   * @param records strides learned so far, the last one last
   * @param eversionZero what eversion counts from, rad
   */
  read(records: readonly StrideRecord[], timeS: number, eversionZero: number, out: LegPose): void {
    const record = records.at(-1) ?? null
    if (record !== this.record) this.follow(records, record)
    const { shoe, shin } = this
    const atS = Math.min(timeS, reachS(shoe, timeS), reachS(shin, timeS))
    const turned = record?.heading ? angleAt(record.heading, atS) : 0
    this.orient(shoe, atS, 0, out.shoe)
    this.orient(shin, atS, turned, out.shin)
    out.eversion = record?.heading ? this.eversion(out) - eversionZero : Number.NaN
  }

  /** qWorldFromSegment into `out`, or NaN; `turned` takes the level frame to that of the course, rad. */
  private orient(at: Turning | null, timeS: number, turned: number, out: Vec): void {
    if (at === null || at.up === null || !this.reaches(at, timeS)) {
      out.fill(Number.NaN)
      return
    }
    levelAt(at.up, timeS, out)
    const half = 0.5 * (turned - at.course)
    ahead[0] = Math.cos(half)
    ahead[1] = ahead[2] = 0
    ahead[3] = Math.sin(half)
    multiply(out, 0, ahead, 0, out, 0)
    multiply(out, 0, out, 0, at.pod.sampler.quaternion, 0)
    multiply(out, 0, out, 0, at.podFromSegment, 0)
  }

  /** Finds the sample; false over a hole, after which nobody knows how far the pod has turned, and long after the last stride. */
  private reaches({ pod }: Turning, timeS: number): boolean {
    const { midS } = this.record!
    const { longestBridgeS, longestStrideS } = this.settings
    if (Math.abs(timeS - midS) > 2 * longestStrideS) return false
    const step = longestStep(pod.track, Math.min(midS, timeS), Math.max(midS, timeS))
    return step <= longestBridgeS && pod.sampler.seek(timeS)
  }

  private eversion({ shin, shoe }: LegPose): number {
    shoeFromShin.set(shin)
    for (let i = 1; i < 4; i++) shoeFromShin[i]! *= -1
    multiply(shoeFromShin, 0, shoeFromShin, 0, shoe, 0)
    ankleAngles(shoeFromShin, this.leg, angles)
    return angles[EVERSION]!
  }

  private follow(records: readonly StrideRecord[], record: StrideRecord | null): void {
    this.record = record
    if (record === null) return
    const { shoe, shin } = this
    if (shoe !== null) {
      learn(shoe, record.shoeUp)
      shoe.course = courseOf(records) ?? pointing(shoe, record.stillS)
    }
    if (shin !== null) {
      learn(shin, record.shinUp)
      // with both, the shin goes the shoe's way
      shin.course = record.heading && shoe?.up ? shoe.course : pointing(shin, record.midS)
    }
  }
}

const turning = (pod: WornPod | null): Turning | null =>
  pod && { pod, up: null, podFromSegment: new Float64Array(4), course: 0 }

function learn(at: Turning, up: UpState | null): void {
  const axes = at.pod.axes()
  at.up = axes === null ? null : up
  if (axes !== null) at.podFromSegment.set(quaternionOfAxes(axes))
}

/** Mean course of the last strides in the shoe's level frame, rad; `null` when the last one's is not known. */
function courseOf(records: readonly StrideRecord[]): number | null {
  let x = 0
  let y = 0
  for (const { travel } of records.slice(-COURSE_STRIDES).reverse()) {
    if (travel === null) break
    x += travel.x
    y += travel.y
  }
  return x === 0 && y === 0 ? null : Math.atan2(y, x)
}

/** Where the segment's front points at a time: it stands for the course where nothing tells it, rad. */
function pointing({ pod, up, podFromSegment }: Turning, timeS: number): number {
  if (up === null || !pod.sampler.seek(timeS)) return 0
  const level = new Float64Array(4)
  levelAt(up, timeS, level)
  const front = new Float64Array([1, 0, 0])
  for (const q of [podFromSegment, pod.sampler.quaternion, level]) rotate(front, 0, q, 0, front, 0)
  return Math.atan2(front[1]!, front[0]!)
}

/** The newest sample; of a pod that lags too far, nothing that would hold up the other. */
function reachS(at: Turning | null, timeS: number): number {
  if (at === null || at.pod.track.count === 0) return timeS
  const { track } = at.pod
  const newestS = track.timeS[track.slot(track.count - 1)]!
  return timeS - newestS > LATEST_S ? timeS : newestS
}
