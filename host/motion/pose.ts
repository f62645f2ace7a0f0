import { combined, cross, dot, unit } from './axes.ts'

/** How a pod sat on its segment in one stride: two directions of the wearer's in pod axes, unit. */
export interface Pose {
  /** Up at mid-stance. */
  up: Float64Array
  /** The axis turned about in swing, to the wearer's right. */
  turning: Float64Array
}

/** Angle between two poses, rad, 0…π: the turn of Black's triad (1964), made even on the sum and the difference of the two directions. */
export function departure(from: Pose, to: Pose): number {
  const a = triad(from)
  const b = triad(to)
  const trace = dot(a[0], b[0]) + dot(a[1], b[1]) + dot(a[2], b[2])
  return Math.acos(Math.max(-1, Math.min(1, 0.5 * (trace - 1))))
}

/** A direction of the segment's where the pod sat as `from`, found again where it sits as `to`; pod axes. */
export function carried(v: Float64Array, from: Pose, to: Pose): Float64Array {
  const a = triad(from)
  const b = triad(to)
  return v.map((_, i) => a.reduce((sum, axis, k) => sum + dot(axis, v) * b[k]![i]!, 0))
}

/** Mean direction by direction. */
export function meanPose(poses: readonly Pose[]): Pose {
  const mean = (which: keyof Pose) =>
    unit(new Float64Array(3).map((_, i) => poses.reduce((sum, pose) => sum + pose[which][i]!, 0)))
  return { up: mean('up'), turning: mean('turning') }
}

function triad({ up, turning }: Pose): [Float64Array, Float64Array, Float64Array] {
  const sum = unit(combined(1, up, 1, turning))
  const difference = unit(combined(1, up, -1, turning))
  return [sum, difference, cross(sum, difference)]
}
