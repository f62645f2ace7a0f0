import { departure, meanPose, type Pose } from './pose.ts'

/** A pod that has turned on its segment. */
export interface Slip {
  /** Contact of the first stride that showed it, s. */
  sinceS: number
  /** Contact of the stride that settled it, s; what lies between was read while nobody knew. */
  noticedS: number
  angle: number
}

export type Gait = 'walking' | 'running'

/** Strides a pose is learned from. */
const ANCHOR_STRIDES = 8
/** A stride departs when it is off by this, rad, or by this many times what strides usually are. */
const LEAST_DEPARTURE = (8 * Math.PI) / 180
const USUAL_DEPARTURES = 4
/** This many strides in a row that depart and agree among themselves make a slip. */
const AGREEING = 3
/** Strides held in doubt: one more, for the stride within which a pod slips fits neither pose. */
const DOUBTED = 4
/** Walking and running differ by more than slopes and speeds do. */
const BETWEEN_GAITS = 2.5

interface Anchor {
  pose: Pose
  limit: number
}

/**
 * Watches how one pod sits on its segment, stride by stride, against how it sat when alignment settled. Turning steps and stumbles depart
 * for a stride or two, each in its own way; a pod that has slipped departs in every stride and in the same way.
 */
export class PoseWatch {
  readonly #anchors: Record<Gait, Anchor | null> = { walking: null, running: null }
  readonly #learning: Record<Gait, Pose[]> = { walking: [], running: [] }
  #doubted: { icS: number; pose: Pose }[] = []

  /** Contact of the first stride in doubt; `null` while all is well. */
  get doubtedSinceS(): number | null {
    return this.#doubted[0]?.icS ?? null
  }

  /** @returns the slip when this stride settles one; then everything is learned anew */
  observe(icS: number, pose: Pose, gait: Gait): Slip | null {
    const known = this.#reference(gait)
    const off = known === null ? null : departure(known.pose, pose)
    if (known === null || off === null || off <= known.limit) {
      this.#doubted = []
      this.#learn(pose, gait)
      return null
    }
    this.#doubted.push({ icS, pose })
    if (this.#doubted.length > DOUBTED) this.#doubted.shift()
    const last = this.#doubted.slice(-AGREEING).map((doubt) => doubt.pose)
    if (last.length < AGREEING || last.some((other) => departure(other, pose) > known.limit)) return null
    const slip = {
      sinceS: this.#doubted[0]!.icS,
      noticedS: icS,
      angle: departure(known.pose, meanPose(last)),
    }
    this.restart()
    return slip
  }

  restart(): void {
    for (const gait of ['walking', 'running'] as const) {
      this.#anchors[gait] = null
      this.#learning[gait] = []
    }
    this.#doubted = []
  }

  #reference(gait: Gait): Anchor | null {
    const own = this.#anchors[gait]
    if (own !== null) return own
    const other = this.#anchors[gait === 'walking' ? 'running' : 'walking']
    return other && { pose: other.pose, limit: BETWEEN_GAITS * other.limit }
  }

  #learn(pose: Pose, gait: Gait): void {
    if (this.#anchors[gait] !== null) return
    const poses = this.#learning[gait]
    poses.push(pose)
    if (poses.length < ANCHOR_STRIDES) return
    const mean = meanPose(poses)
    const usual = poses.map((each) => departure(mean, each)).sort((a, b) => a - b)
    const limit = Math.max(LEAST_DEPARTURE, USUAL_DEPARTURES * usual[ANCHOR_STRIDES / 2]!)
    this.#anchors[gait] = { pose: mean, limit }
    this.#learning[gait] = []
  }
}
