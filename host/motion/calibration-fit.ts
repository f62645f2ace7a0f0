import { GRAVITY } from '../../shared/imu.ts'
import { type Calibration, correct, fullMatrix, symmetricMatrix } from './calibration.ts'
import { missingFaces, type StillPose, type Turn } from './calibration-poses.ts'
import { solveWithPrior } from './calibration-solve.ts'
import { integrateRate, rotateBack, type Vec } from './quaternion.ts'

/** Standard deviations over chips: bias m/s², scales, cross-axis terms … */
const BIAS_SD = 1
const SCALE_SD = 0.03
const CROSS_SD = 0.01
/** … and of what a pose and a turn tell, m/s² and rad. */
const POSE_SD = 1e-3 * GRAVITY
const TURN_SD = 2e-3
/** A number is seen when the poses have narrowed it to this share of what was known before. */
const SEEN = 1 / 3
/** Poses that disagree by more after calibration were not what they seemed, m/s². */
const MOST_RESIDUAL = 5e-3 * GRAVITY

/** The unknowns: accelerometer bias, S as xx yy zz xy xz yz, G − 1 by rows. */
const ACCEL_SCALE = 3
const ACCEL_CROSS = 6
const GYRO = 9
const PRIOR_SD = [BIAS_SD, SCALE_SD, CROSS_SD]
  .flatMap((sd) => [sd, sd, sd])
  .concat(Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? SCALE_SD : CROSS_SD)))

/** The poses are not enough, or do not agree. The message says what to do. */
export class CalibrationError extends Error {
  override name = 'CalibrationError'
}

/** How well one sensor was found. */
export interface SensorFit {
  /**
   * Root mean square over the poses or turns before and after: accelerometer |a| − g, m/s²; gyroscope angle between gravity as
   * carried and as found, rad, with its zero taken off in both.
   */
  before: number
  after: number
  /** Whether the scales of x, y, z could be seen; one that could not stays nearly as the chip has it. */
  scaleSeen: readonly boolean[]
  crossSeen: boolean
}

export interface CalibrationFit {
  calibration: Calibration
  accel: SensorFit
  gyro: SensorFit
  /** How many it rests on. */
  poses: number
  turns: number
}

/**
 * Six-position calibration of the accelerometer, and of the gyroscope by the turns between the poses, in one least squares
 * (`docs/methods/calibration.md`, sections 3 and 4).
 * @param periodS true sample period, s
 * @throws CalibrationError when faces are missing or the poses do not agree
 */
export function fitCalibration(
  poses: readonly StillPose[],
  turns: readonly Turn[],
  periodS: number,
): CalibrationFit {
  const missing = missingFaces(poses)
  if (missing.length > 0)
    throw new CalibrationError(
      `not seen lying still with ${missing.join(', ')} up: lay the pod on each of its six sides for two seconds`,
    )
  const residuals = residualsOf(poses, turns, periodS)
  const count = poses.length + 3 * turns.length
  const { x, sd } = solveWithPrior(residuals, count, PRIOR_SD)
  const accelOnly = x.map((value, i) => (i < GYRO ? value : 0))
  const [raw, half, full] = [new Float64Array(x.length), accelOnly, x].map((at) => {
    const out = new Float64Array(count)
    residuals(at, out)
    return out
  }) as [Vec, Vec, Vec]
  const ofPoses = (out: Vec) => POSE_SD * rms(out.subarray(0, poses.length), poses.length)
  const ofTurns = (out: Vec) => TURN_SD * rms(out.subarray(poses.length), turns.length)
  const isSeen = (i: number) => sd[i]! < SEEN * PRIOR_SD[i]!
  const accel: SensorFit = {
    before: ofPoses(raw),
    after: ofPoses(full),
    scaleSeen: [0, 1, 2].map((i) => isSeen(ACCEL_SCALE + i)),
    crossSeen: [0, 1, 2].every((i) => isSeen(ACCEL_CROSS + i)),
  }
  if (accel.after > MOST_RESIDUAL)
    throw new CalibrationError(
      `the poses disagree by ${((1e3 * accel.after) / GRAVITY).toFixed(1)} mg: lay the pod on something that does not move, and begin again`,
    )
  return {
    calibration: {
      accelBias: x.slice(0, 3),
      accelMatrix: symmetricMatrix(x, ACCEL_SCALE),
      gyroBias: meanRate(poses),
      gyroMatrix: fullMatrix(x, GYRO),
    },
    accel,
    gyro: {
      before: ofTurns(half),
      after: ofTurns(full),
      scaleSeen: [0, 4, 8].map((i) => isSeen(GYRO + i)),
      crossSeen: [1, 2, 3, 5, 6, 7].every((i) => isSeen(GYRO + i)),
    },
    poses: poses.length,
    turns: turns.length,
  }
}

/**
 * One residual a pose, |A (m − b)| = g (Lötters et al. 1998; Frosio et al. 2009), then three a turn: the gyroscope carries gravity
 * from pose to pose (Tedaldi et al. 2014). Each over its standard deviation.
 */
function residualsOf(poses: readonly StillPose[], turns: readonly Turn[], periodS: number) {
  const ups = poses.map(() => new Float64Array(3))
  const biases = turns.map(({ from }) => meanRate([poses[from]!, poses[from + 1]!]))
  const carried = new Float64Array(3)
  return (x: Vec, out: Vec): void => {
    const accelMatrix = symmetricMatrix(x, ACCEL_SCALE)
    poses.forEach(({ accel }, i) => {
      const up = ups[i]!
      up.set(accel)
      correct(accelMatrix, x, up, 0)
      const length = Math.hypot(up[0]!, up[1]!, up[2]!)
      for (let j = 0; j < 3; j++) up[j]! /= length
      out[i] = (length - GRAVITY) / POSE_SD
    })
    const gyroMatrix = fullMatrix(x, GYRO)
    turns.forEach(({ from, rates }, k) => {
      rotateBack(carried, 0, integrated(rates, biases[k]!, gyroMatrix, periodS), 0, ups[from]!, 0)
      for (let j = 0; j < 3; j++) out[poses.length + 3 * k + j] = (carried[j]! - ups[from + 1]![j]!) / TURN_SD
    })
  }
}

/** qStartFromEnd of a turn that begins and ends at rest; like `PodTrack`, with the mean of each step's two ends. */
function integrated(rates: Vec, bias: Vec, matrix: Vec, periodS: number): Vec {
  const q = Float64Array.of(1, 0, 0, 0)
  const w = new Float64Array(3)
  let x = 0
  let y = 0
  let z = 0
  for (let at = 0; at < rates.length; at += 3) {
    for (let i = 0; i < 3; i++) w[i] = rates[at + i]!
    correct(matrix, bias, w, 0)
    integrateRate(q, 0, 0.5 * (w[0]! + x), 0.5 * (w[1]! + y), 0.5 * (w[2]! + z), periodS)
    x = w[0]!
    y = w[1]!
    z = w[2]!
  }
  return q
}

function meanRate(poses: readonly StillPose[]): Vec {
  return new Float64Array(3).map((_, i) => poses.reduce((sum, { rate }) => sum + rate[i]!, 0) / poses.length)
}

const rms = (x: Vec, count: number): number => Math.sqrt(x.reduce((sum, r) => sum + r * r, 0) / count)
