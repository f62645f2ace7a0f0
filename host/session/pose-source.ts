import { SIDES, type Side } from '../../shared/places.ts'
import type { Analysis } from '../analysis/analysis.ts'
import { emptyPose } from '../analysis/pose.ts'
import type { LegPose, PoseMessage, Quaternion } from './feed.ts'

/** What a viewer can follow with the eye, ms between two. */
const EVERY_MS = 33
/** Live poses are of this long ago: samples of then have come, and contacts of then are known, s. */
export const LIVE_BEHIND_S = 0.1
const DEGREES = 180 / Math.PI

type Posed = Pick<Analysis, 'pose' | 'standingSince'>

/** Where the legs point, told to those who ask, at the pace of the clock on the wall. Sleeps while nobody asks. */
export class PoseSource {
  readonly #timeS: () => number
  readonly #run: () => Posed | null
  readonly #listeners = new Set<(message: PoseMessage) => void>()
  readonly #pose = emptyPose()
  #timer: NodeJS.Timeout | null = null
  /** Told of last, s. */
  #lastS = Number.NaN

  /**
   * @param timeS the session time whose pose is shown now
   * @param run the analysis as it is now; `null` when none runs, or when it has not come that far
   */
  constructor(timeS: () => number, run: () => Posed | null) {
    this.#timeS = timeS
    this.#run = run
  }

  /** Calls back until the function it returns is called. */
  subscribe(listener: (message: PoseMessage) => void): () => void {
    this.#listeners.add(listener)
    this.#lastS = Number.NaN
    this.#timer ??= setInterval(() => this.#tell(), EVERY_MS)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.close()
    }
  }

  close(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }

  #tell(): void {
    const timeS = this.#timeS()
    if (timeS === this.#lastS) return
    const run = this.#run()
    if (run === null) return
    this.#lastS = timeS
    const legs = Object.fromEntries(SIDES.map((side) => [side, this.#leg(run, side, timeS)]))
    const message: PoseMessage = { type: 'pose', timeS, legs: legs as Record<Side, LegPose> }
    for (const listener of this.#listeners) listener(message)
  }

  #leg(run: Posed, side: Side, timeS: number): LegPose {
    const pose = this.#pose
    const worn = run.pose(side, timeS, pose)
    const contactS = run.standingSince(side, timeS)
    return {
      shin: worn ? rounded(pose.shin) : null,
      shoe: worn ? rounded(pose.shoe) : null,
      eversionDeg: worn && !Number.isNaN(pose.eversion) ? round(pose.eversion * DEGREES, 100) : null,
      sinceContactS: contactS === null ? null : round(timeS - contactS, 1e4),
      provisional: !(worn && pose.settled),
    }
  }
}

const round = (value: number, parts: number): number => Math.round(value * parts) / parts

/** To a thousandth of a degree; `null` when it is not known. */
function rounded(q: Float64Array): Quaternion | null {
  const [w, x, y, z] = q
  return Number.isNaN(w) ? null : [round(w!, 1e5), round(x!, 1e5), round(y!, 1e5), round(z!, 1e5)]
}
