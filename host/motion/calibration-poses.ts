import { GRAVITY } from '../../shared/imu.ts'

/** Which of the pod's axes points up. */
export const FACES = ['+x', '-x', '+y', '-y', '+z', '-z'] as const
export type Face = (typeof FACES)[number]

/** What the pod measured while it lay still: means over all of it, m/s² and rad/s, pod axes, not calibrated. */
export interface StillPose {
  readonly accel: Float64Array
  readonly rate: Float64Array
  /** `null`: on an edge or a corner. */
  readonly face: Face | null
}

/** How the pod was turned from one pose to the next. */
export interface Turn {
  /** Number of the pose it began in; it ended in the one after. */
  readonly from: number
  /** Every sample's rate, rad/s, pod axes, not calibrated, three a sample. */
  readonly rates: Float64Array
}

const BLOCK_S = 0.25
/** Still blocks in a row that make a pose: 1.5 s. */
const POSE_BLOCKS = 6
/** Still: spread of force and rate in each axis, m/s² and rad/s. */
const STILL_ACCEL = 0.1
const STILL_RATE = 0.02
/** What a sensor that has not been calibrated may show at rest: share of gravity, rad/s. */
const MOST_ACCEL_SHARE = 0.15
const MOST_BIAS = 0.25
/** Blocks of one pose agree in the direction of the force to this, rad: 0.2°. */
const SAME_DIRECTION = 0.0035
const FACE_COS = Math.cos((25 * Math.PI) / 180)
/** Longer turns drift; more poses teach nothing. */
const LONGEST_TURN_S = 30
const MOST_POSES = 64

/** The face that is up within 25°, or `null`. */
export function faceOf(accel: Float64Array): Face | null {
  const length = Math.hypot(...accel)
  const axis = accel.findIndex((a) => Math.abs(a) >= FACE_COS * length)
  return axis < 0 ? null : FACES[2 * axis + (accel[axis]! < 0 ? 1 : 0)]!
}

/** Faces that no pose has shown yet. */
export function missingFaces(poses: readonly StillPose[]): Face[] {
  return FACES.filter((face) => !poses.some((pose) => pose.face === face))
}

/**
 * Finds still poses and the turns between them in a stream of samples. A turn sets in softly, so the first and the last still block
 * of a pose are counted to the turns. Memory is bounded, and nothing is allocated but at a new pose.
 */
export class PoseFinder {
  readonly poses: StillPose[] = []
  readonly turns: Turn[] = []

  readonly #blockSamples: number
  readonly #sum = new Float64Array(6)
  readonly #square = new Float64Array(6)
  #blockCount = 0
  /** Blocks in a row that were still and alike. */
  #stillBlocks = 0
  /** Sums of the block before, which counts once the one after it was still too. */
  readonly #before = new Float64Array(6)
  readonly #stretch = new Float64Array(6)
  #stretchCount = 0
  /** Rates since the pose before, whole blocks of them; where the pose that is coming begins there. */
  readonly #rates: Float64Array
  #turnCount = 0
  #turnEnd = 0
  /** Samples of the turn are missing. */
  #broken = false
  #held: StillPose | null = null

  constructor(rateHz: number) {
    this.#blockSamples = Math.round(BLOCK_S * rateHz)
    this.#rates = new Float64Array(3 * this.#blockSamples * Math.ceil(LONGEST_TURN_S / BLOCK_S))
  }

  /** The pose that the pod lies in; `null` while it moves or has not lain long enough. */
  get held(): StillPose | null {
    return this.#held
  }

  /** Takes one sample ax ay az gx gy gz, m/s², rad/s, pod axes, as measured. */
  push(sample: Float64Array): void {
    const at = 3 * this.#turnCount++
    for (let i = 0; i < 6; i++) {
      if (i < 3) this.#rates[at + i] = sample[3 + i]!
      this.#sum[i]! += sample[i]!
      this.#square[i]! += sample[i]! ** 2
    }
    if (++this.#blockCount < this.#blockSamples) return
    this.#closeBlock()
    this.#before.set(this.#sum)
    this.#beginBlock()
    if (3 * this.#turnCount === this.#rates.length) this.#breakTurn()
  }

  /** Samples were lost right before the next one. */
  gap(): void {
    this.#beginBlock()
    this.#stillBlocks = 0
    this.#held = null
    this.#breakTurn()
  }

  #beginBlock(): void {
    this.#sum.fill(0)
    this.#square.fill(0)
    this.#blockCount = 0
  }

  #breakTurn(): void {
    this.#turnCount = 0
    this.#broken = true
  }

  #closeBlock(): void {
    if (!this.#isStill() || (this.#stillBlocks > 0 && !this.#isAlike())) {
      this.#stillBlocks = 0
      this.#held = null
      return
    }
    this.#stillBlocks++
    if (this.#stillBlocks === 2) {
      this.#stretch.fill(0)
      this.#stretchCount = 0
      this.#turnEnd = this.#turnCount - this.#blockCount
    }
    if (this.#stillBlocks < 3) return
    for (let i = 0; i < 6; i++) this.#stretch[i]! += this.#before[i]!
    this.#stretchCount += this.#blockSamples
    if (this.#held === null && this.#stillBlocks >= POSE_BLOCKS && this.poses.length < MOST_POSES)
      this.#held = this.#newPose()
    if (this.#held !== null) this.#lie(this.#held)
  }

  #newPose(): StillPose {
    if (this.poses.length > 0 && !this.#broken)
      this.turns.push({ from: this.poses.length - 1, rates: this.#rates.slice(0, 3 * this.#turnEnd) })
    this.#broken = false
    const accel = this.#stretch.slice(0, 3)
    const pose = { accel, rate: new Float64Array(3), face: faceOf(accel) }
    this.poses.push(pose)
    return pose
  }

  /** Renews the pose's means; the next turn begins with the block that has not been counted. */
  #lie({ accel, rate }: StillPose): void {
    for (let i = 0; i < 3; i++) {
      accel[i] = this.#stretch[i]! / this.#stretchCount
      rate[i] = this.#stretch[3 + i]! / this.#stretchCount
    }
    this.#rates.copyWithin(0, 3 * (this.#turnCount - this.#blockCount), 3 * this.#turnCount)
    this.#turnCount = this.#blockCount
  }

  #isStill(): boolean {
    const n = this.#blockCount
    let accel2 = 0
    let rate2 = 0
    for (let i = 0; i < 6; i++) {
      const mean = this.#sum[i]! / n
      const limit = i < 3 ? STILL_ACCEL : STILL_RATE
      if (this.#square[i]! / n - mean * mean > limit * limit) return false
      if (i < 3) accel2 += mean * mean
      else rate2 += mean * mean
    }
    return rate2 < MOST_BIAS ** 2 && Math.abs(Math.sqrt(accel2) / GRAVITY - 1) < MOST_ACCEL_SHARE
  }

  /** Whether the block's direction is the pose's so far. */
  #isAlike(): boolean {
    const [known, count] =
      this.#stillBlocks < 3 ? [this.#before, this.#blockSamples] : [this.#stretch, this.#stretchCount]
    let apart2 = 0
    for (let i = 0; i < 3; i++) apart2 += (this.#sum[i]! / this.#blockSamples - known[i]! / count) ** 2
    return apart2 < (SAME_DIRECTION * GRAVITY) ** 2
  }
}
