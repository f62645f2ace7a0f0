import { departure, meanPose, type Pose } from './pose.ts'

/** A pod that has turned on its segment. */
export interface Slip {
  /** Contact of the first stride that showed it, s. */
  sinceS: number
  /** Contact of the stride that settled it, s; what lies between was read while nobody knew. */
  noticedS: number
  /** Turn from the one pose to the other, rad. */
  angle: number
  from: Pose
  to: Pose
}

export type Gait = 'walking' | 'running'

/** Strides a pose is known after, and learned from. */
const FIRST_STRIDES = 5
const MOST_STRIDES = 8
/** A stride departs when it is off by this, rad, or by this many times what strides usually are. */
const LEAST_DEPARTURE = (8 * Math.PI) / 180
const USUAL_DEPARTURES = 4
/** This many strides in a row that depart and agree among themselves make a slip. */
const AGREEING = 3
/** Strides held in doubt: two more, for the stride within which a pod slips, and the one after it, fit neither pose. */
const DOUBTED = 5
/** Walking and running differ by more than slopes and speeds do. */
const BETWEEN_GAITS = 2.5

interface Reference {
  pose: Pose
  limit: number
}

/**
 * Watches how one pod sits on its segment, stride by stride, against how it sat in its first strides. Turning steps and stumbles depart
 * for a stride or two, each in its own way; a pod that has slipped departs in every stride and in the same way.
 */
export class PoseWatch {
  private readonly learned: Record<Gait, Pose[]> = { walking: [], running: [] }
  private readonly known: Record<Gait, Reference | null> = { walking: null, running: null }
  private doubted: { icS: number; pose: Pose | null }[] = []

  /** Contact of the first stride in doubt; `null` while all is well. */
  get doubtedSinceS(): number | null {
    return this.doubted[0]?.icS ?? null
  }

  /** @returns the slip when this stride settles one; then everything is learned anew */
  observe(icS: number, pose: Pose, gait: Gait): Slip | null {
    const known = this.reference(gait)
    if (known === null || departure(known.pose, pose) <= known.limit) {
      this.doubted = []
      this.learn([pose], gait)
      return null
    }
    this.doubt(icS, pose)
    const last = this.doubted
      .slice(-AGREEING)
      .map((doubt) => doubt.pose)
      .filter((one) => one !== null)
    if (last.length < AGREEING || last.some((other) => departure(other, pose) > known.limit)) return null
    const to = meanPose(last)
    const sinceS = this.doubted[0]!.icS
    this.restart()
    this.learn(last, gait)
    return { sinceS, noticedS: icS, angle: departure(known.pose, to), from: known.pose, to }
  }

  /** A stride whose pose cannot be told, after a pause or a hole: the next one tells. */
  unseen(icS: number): void {
    if (this.known.walking !== null || this.known.running !== null) this.doubt(icS, null)
  }

  private doubt(icS: number, pose: Pose | null): void {
    this.doubted.push({ icS, pose })
    if (this.doubted.length > DOUBTED) this.doubted.shift()
  }

  private restart(): void {
    for (const gait of ['walking', 'running'] as const) {
      this.learned[gait] = []
      this.known[gait] = null
    }
    this.doubted = []
  }

  private reference(gait: Gait): Reference | null {
    if (this.known[gait] !== null) return this.known[gait]
    const other = this.known[gait === 'walking' ? 'running' : 'walking']
    return other && { pose: other.pose, limit: BETWEEN_GAITS * other.limit }
  }

  private learn(poses: readonly Pose[], gait: Gait): void {
    const learned = this.learned[gait]
    if (learned.length >= MOST_STRIDES) return
    learned.push(...poses)
    if (learned.length < FIRST_STRIDES) return
    const pose = meanPose(learned)
    const usual = learned.map((each) => departure(pose, each)).sort((a, b) => a - b)[learned.length >> 1]!
    this.known[gait] = { pose, limit: Math.max(LEAST_DEPARTURE, USUAL_DEPARTURES * usual) }
  }
}
