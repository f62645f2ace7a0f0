import type { Vec } from './quaternion.ts'

/** A segment's anatomical axes in its pod's axes, unit and orthogonal: x anterior, y up the segment, z to the right. */
export interface SegmentAxes {
  x: Float64Array
  y: Float64Array
  z: Float64Array
}

export const dot = (a: Vec, b: Vec): number => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!

export function cross(a: Vec, b: Vec): Float64Array {
  const out = new Float64Array(3)
  out[0] = a[1]! * b[2]! - a[2]! * b[1]!
  out[1] = a[2]! * b[0]! - a[0]! * b[2]!
  out[2] = a[0]! * b[1]! - a[1]! * b[0]!
  return out
}

/** a u + b v. Written out, like the others here: `map` with a function boxes every number it passes. */
export function combined(a: number, u: Vec, b: number, v: Vec): Float64Array {
  const out = new Float64Array(3)
  for (let i = 0; i < 3; i++) out[i] = a * u[i]! + b * v[i]!
  return out
}

export function unit(v: Vec): Float64Array {
  const norm = Math.sqrt(dot(v, v))
  const out = new Float64Array(3)
  for (let i = 0; i < 3; i++) out[i] = v[i]! / norm
  return out
}

/** v without its part along the unit vector n, made unit. */
const across = (v: Vec, n: Vec): Float64Array => unit(combined(1, v, -dot(v, n), n))

/** Standing: y is up there (Wu et al. 2002 with gravity for the long axis), z the turning axis made level. */
export function axesFromStanding(up: Vec, turning: Vec): SegmentAxes {
  const y = unit(up)
  const z = across(turning, y)
  return { x: cross(y, z), y, z }
}

/** No standing: z is the turning axis as it is; at mid-stance x lies `lean` below the horizon, that is, y leans forward by it. */
export function axesFromMidStance(up: Vec, turning: Vec, lean: number): SegmentAxes {
  const z = unit(turning)
  const level = across(up, z)
  const ahead = cross(level, z)
  const y = combined(Math.cos(lean), level, Math.sin(lean), ahead)
  return { x: cross(y, z), y, z }
}

/** The same segment with x and z turned about y; a positive angle turns the toes to the left. */
export function turnedAboutY({ x, y, z }: SegmentAxes, angle: number): SegmentAxes {
  const c = Math.cos(angle)
  const s = Math.sin(angle)
  return { x: combined(c, x, -s, z), y, z: combined(c, z, s, x) }
}

/** qPodFromSegment of orthonormal axes (Shepperd 1978: the largest component first). */
export function quaternionOfAxes({ x, y, z }: SegmentAxes): Float64Array {
  const [m00, m10, m20] = [x[0]!, x[1]!, x[2]!]
  const [m01, m11, m21] = [y[0]!, y[1]!, y[2]!]
  const [m02, m12, m22] = [z[0]!, z[1]!, z[2]!]
  const squares = [
    1 + m00 + m11 + m22,
    1 + m00 - m11 - m22,
    1 - m00 + m11 - m22,
    1 - m00 - m11 + m22,
  ] as const
  const largest = squares.indexOf(Math.max(...squares))
  const s = 2 * Math.sqrt(squares[largest]!)
  const own = s / 4
  const [wx, wy, wz] = [(m21 - m12) / s, (m02 - m20) / s, (m10 - m01) / s]
  const [xy, xz, yz] = [(m01 + m10) / s, (m02 + m20) / s, (m12 + m21) / s]
  const rows = [
    [own, wx, wy, wz],
    [wx, own, xy, xz],
    [wy, xy, own, yz],
    [wz, xz, yz, own],
  ] as const
  return new Float64Array(rows[largest]!)
}
