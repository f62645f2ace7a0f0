import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  axesFromMidStance,
  axesFromStanding,
  cross,
  dot,
  quaternionOfAxes,
  turnedAboutY,
} from '../../host/motion/axes.ts'
import { ankleAngles, quaternionOfAnkle } from '../../host/motion/cardan.ts'
import { rotate } from '../../host/motion/quaternion.ts'

const angle = (most: number) => fc.double({ min: -most, max: most, noNaN: true })

describe('ankle angles', () => {
  it('come back from the quaternion they made, on either leg', () => {
    fc.assert(
      fc.property(
        angle(1.5),
        angle(1.4),
        angle(1.5),
        fc.constantFrom('left' as const, 'right' as const),
        (a, b, c, leg) => {
          const out = new Float64Array(3)
          ankleAngles(quaternionOfAnkle(Float64Array.of(a, b, c), leg), leg, out)
          expect(out[0]).toBeCloseTo(a, 9)
          expect(out[1]).toBeCloseTo(b, 9)
          expect(out[2]).toBeCloseTo(c, 9)
        },
      ),
    )
  })

  it('have the field’s signs: what a positive angle does to a right shoe, seen in shin axes', () => {
    const shoe = (a: number, b: number, c: number, axis: [number, number, number]) => {
      const out = new Float64Array(3)
      rotate(out, 0, quaternionOfAnkle(Float64Array.of(a, b, c), 'right'), 0, Float64Array.from(axis), 0)
      return out
    }
    // x forward, y up, z right
    expect(shoe(0.2, 0, 0, [1, 0, 0])[1]).toBeGreaterThan(0.1) // dorsiflexion: toes up
    expect(shoe(0, 0.2, 0, [0, -1, 0])[2]).toBeGreaterThan(0.1) // eversion: sole turns outward, to the right
    expect(shoe(0, 0, 0.2, [1, 0, 0])[2]).toBeGreaterThan(0.1) // tibia inward under a shoe that then points outward
  })

  it('are mirrored on the left', () => {
    const q = quaternionOfAnkle(Float64Array.of(0.1, 0.2, 0.3), 'right')
    const out = new Float64Array(3)
    ankleAngles(q, 'left', out)
    expect(Array.from(out, (v) => Math.round(1e9 * v) / 1e9)).toEqual([0.1, -0.2, -0.3])
  })
})

describe('segment axes', () => {
  const part = angle(1)
  const vector = fc.tuple(part, part, part).map((v) => Float64Array.from(v))
  const pair = fc.tuple(vector, vector).filter(([a, b]) => Math.hypot(...cross(a, b)) > 0.1)

  it('are right-handed and orthonormal, with y along gravity, and their quaternion turns them back', () => {
    fc.assert(
      fc.property(pair, ([up, turning]) => {
        const axes = axesFromStanding(up, turning)
        const { x, y, z } = axes
        for (const [a, b] of [
          [x, y],
          [y, z],
          [z, x],
        ] as const)
          expect(dot(a, b)).toBeCloseTo(0, 10)
        expect(dot(cross(x, y), z)).toBeCloseTo(1, 10)
        expect(dot(y, up)).toBeCloseTo(Math.hypot(...up), 10)
        expect(dot(z, turning)).toBeGreaterThan(0)
        const q = quaternionOfAxes(axes)
        const out = new Float64Array(3)
        rotate(out, 0, q, 0, Float64Array.of(1, 0, 0), 0)
        for (let i = 0; i < 3; i++) expect(out[i]).toBeCloseTo(x[i]!, 10)
        rotate(out, 0, q, 0, Float64Array.of(0, 0, 1), 0)
        for (let i = 0; i < 3; i++) expect(out[i]).toBeCloseTo(z[i]!, 10)
      }),
    )
  })

  it('without standing lean forward by the prior about the turning axis', () => {
    const { y, z } = axesFromMidStance(Float64Array.of(0, 1, 0), Float64Array.of(0, 0, 2), 0.2)
    expect(Array.from(z)).toEqual([0, 0, 1])
    // leaning forward: up the segment points ahead, to +x
    expect(y[0]).toBeCloseTo(Math.sin(0.2), 12)
    expect(y[1]).toBeCloseTo(Math.cos(0.2), 12)
  })

  it('turn their toes to the left about y', () => {
    const axes = axesFromStanding(Float64Array.of(0, 1, 0), Float64Array.of(0, 0, 1))
    const { x, z } = turnedAboutY(axes, 0.1)
    expect(x[2]).toBeCloseTo(-Math.sin(0.1), 12)
    expect(z[0]).toBeCloseTo(Math.sin(0.1), 12)
  })
})
