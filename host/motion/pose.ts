import { cross, dot, unit } from './axes.ts'

/** How a pod sat on its segment in one stride: two directions of the wearer's in pod axes, unit. */
export interface Pose {
  /** Up at mid-stance. */
  up: Float64Array
  /** The axis turned about in swing, to the wearer's right. */
  turning: Float64Array
}

export interface Departure {
  /** Turn that takes one pose to the other, rad, 0…π. */
  angle: number
  /** The same as a watch weighs it: turning about the mediolateral axis counts less, for speed and slope do that too. */
  weighed: number
}

const ABOUT_TURNING = 1 / 1.5
/** Beyond this the axis of the turn is not well known, and need not be, rad. */
const NEARLY_OVER = 2.6

/** The turn between two poses: Black's triad (1964) made even, on the sum and the difference of the two directions. */
export function departure(from: Pose, to: Pose): Departure {
  const a = triad(from)
  const b = triad(to)
  const turn = new Float64Array(3)
  let trace = 0
  for (let k = 0; k < 3; k++) {
    trace += dot(a[k]!, b[k]!)
    // Σ f × R f = 2 sin(angle) n
    for (const [i, v] of cross(a[k]!, b[k]!).entries()) turn[i]! += 0.5 * v
  }
  const sine = Math.sqrt(dot(turn, turn))
  const angle = Math.atan2(sine, 0.5 * (trace - 1))
  if (angle > NEARLY_OVER || sine === 0) return { angle, weighed: angle }
  const about = (angle * dot(turn, from.turning)) / sine
  const across2 = Math.max(0, angle * angle - about * about)
  return { angle, weighed: Math.sqrt(across2 + (ABOUT_TURNING * about) ** 2) }
}

/** Mean direction by direction. */
export function meanPose(poses: readonly Pose[]): Pose {
  const sum = (which: keyof Pose) =>
    unit(new Float64Array(3).map((_, i) => poses.reduce((total, pose) => total + pose[which][i]!, 0)))
  return { up: sum('up'), turning: sum('turning') }
}

function triad({ up, turning }: Pose): [Float64Array, Float64Array, Float64Array] {
  const sum = unit(up.map((v, i) => v + turning[i]!))
  const difference = unit(up.map((v, i) => v - turning[i]!))
  return [sum, difference, cross(sum, difference)]
}
