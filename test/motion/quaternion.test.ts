import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { integrateRate, multiply, rotate, rotateBack } from '../../host/motion/quaternion.ts'

const part = fc.double({ min: -1, max: 1, noNaN: true })
const vector = fc.tuple(part, part, part).map((v) => Float64Array.from(v))
const rotation = fc
  .tuple(part, part, part, part)
  .filter((q) => Math.hypot(...q) > 0.1)
  .map((q) => Float64Array.from(q, (v) => v / Math.hypot(...q)))

const product = (a: Float64Array, b: Float64Array) => {
  const out = new Float64Array(4)
  multiply(out, 0, a, 0, b, 0)
  return out
}
const turned = (q: Float64Array, v: Float64Array) => {
  const out = new Float64Array(3)
  rotate(out, 0, q, 0, v, 0)
  return out
}
const inverse = (q: Float64Array) => Float64Array.of(q[0]!, -q[1]!, -q[2]!, -q[3]!)
const near = (a: ArrayLike<number>, b: ArrayLike<number>, digits = 12) => {
  for (let i = 0; i < a.length; i++) expect(a[i]!).toBeCloseTo(b[i]!, digits)
}

describe('quaternions', () => {
  it('form a group: associative, one, inverse', () => {
    fc.assert(
      fc.property(rotation, rotation, rotation, (a, b, c) => {
        near(product(product(a, b), c), product(a, product(b, c)))
        near(product(a, Float64Array.of(1, 0, 0, 0)), a)
        near(product(a, inverse(a)), [1, 0, 0, 0])
      }),
    )
  })

  it('turn vectors as their product does, keep lengths and can be undone', () => {
    fc.assert(
      fc.property(rotation, rotation, vector, (a, b, v) => {
        near(turned(product(a, b), v), turned(a, turned(b, v)))
        expect(Math.hypot(...turned(a, v))).toBeCloseTo(Math.hypot(...v), 12)
        const back = turned(a, v)
        rotateBack(back, 0, a, 0, back, 0)
        near(back, v)
      }),
    )
  })

  it('turn by the sandwich product q v q*', () => {
    fc.assert(
      fc.property(rotation, vector, (q, v) => {
        const sandwich = product(product(q, Float64Array.of(0, ...v)), inverse(q))
        near(turned(q, v), sandwich.subarray(1))
      }),
    )
  })

  it('turn x to y by +90° about z', () => {
    near(turned(Float64Array.of(Math.SQRT1_2, 0, 0, Math.SQRT1_2), Float64Array.of(1, 0, 0)), [0, 1, 0])
  })

  it('take over the out-parameter in place', () => {
    const a = Float64Array.of(0.5, 0.5, -0.5, 0.5)
    const b = Float64Array.of(0, 0.6, 0.8, 0)
    const apart = product(a, b)
    multiply(a, 0, a, 0, b, 0)
    near(a, apart)
  })
})

describe('a strapdown step', () => {
  it('at a constant rate is the closed form cos(θ/2), sin(θ/2) n, and stays a unit', () => {
    fc.assert(
      fc.property(vector, fc.double({ min: 0.001, max: 0.005, noNaN: true }), (direction, dt) => {
        const rate = direction.map((v) => 30 * v)
        const speed = Math.hypot(...rate)
        const q = Float64Array.of(1, 0, 0, 0)
        const steps = 400
        for (let k = 0; k < steps; k++) integrateRate(q, 0, rate[0]!, rate[1]!, rate[2]!, dt)
        const half = (speed * dt * steps) / 2
        const s = speed === 0 ? 0 : Math.sin(half) / speed
        near(q, [Math.cos(half), s * rate[0]!, s * rate[1]!, s * rate[2]!], 8)
        expect(Math.hypot(...q)).toBeCloseTo(1, 14)
      }),
    )
  })
})
