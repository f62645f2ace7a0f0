import type { Side } from '../../shared/places.ts'
import type { Vec } from './quaternion.ts'

/** Joint angles in the field's signs, rad: dorsiflexion, eversion, internal tibial rotation positive on either leg. */
export const DORSIFLEXION = 0
export const EVERSION = 1
export const TIBIAL_ROTATION = 2

/**
 * Ankle angles from qShinFromShoe in segment axes: R = Rz(a) Rx(b) Ry(c), Cardan Z–X–Y (Wu et al. 2002; Grood & Suntay 1983).
 * About z, to the right, a > 0 lifts the toes of either foot. About x, forward, b > 0 leans the shoe's top to the right: eversion on the
 * left, inversion on the right. About y, up, c > 0 turns the toes to the left of the shin: the left tibia is turned inward on its shoe,
 * the right one outward. One mirror serves both.
 */
export function ankleAngles(q: Vec, side: Side, out: Float64Array): void {
  const w = q[0]!
  const x = q[1]!
  const y = q[2]!
  const z = q[3]!
  const mirror = side === 'left' ? 1 : -1
  out[DORSIFLEXION] = Math.atan2(2 * (w * z - x * y), 1 - 2 * (x * x + z * z))
  out[EVERSION] = mirror * Math.asin(Math.max(-1, Math.min(1, 2 * (y * z + w * x))))
  out[TIBIAL_ROTATION] = mirror * Math.atan2(2 * (w * y - x * z), 1 - 2 * (x * x + y * y))
}

/** The inverse: qShinFromShoe of three angles. */
export function quaternionOfAnkle(angles: Float64Array, side: Side): Float64Array {
  const mirror = side === 'left' ? 1 : -1
  const a = angles[DORSIFLEXION]! / 2
  const b = (mirror * angles[EVERSION]!) / 2
  const c = (mirror * angles[TIBIAL_ROTATION]!) / 2
  const [sa, ca, sb, cb, sc, cc] = [
    Math.sin(a),
    Math.cos(a),
    Math.sin(b),
    Math.cos(b),
    Math.sin(c),
    Math.cos(c),
  ]
  return new Float64Array([
    ca * cb * cc - sa * sb * sc,
    ca * sb * cc - sa * cb * sc,
    ca * cb * sc + sa * sb * cc,
    sa * cb * cc + ca * sb * sc,
  ])
}
