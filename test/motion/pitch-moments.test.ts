import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AxisCorrelation, VectorMoments } from '../../host/motion/pitch-moments.ts'

const component = fc.double({ min: -10, max: 10, noNaN: true })
const vector = fc.tuple(component, component, component)
const unit = vector
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => Float64Array.from(v, (c) => c / Math.hypot(...v)))
const dot = (n: ArrayLike<number>, v: readonly number[]): number =>
  v.reduce((sum, c, i) => sum + c * n[i]!, 0)

describe('moments read along any axis', () => {
  it('equal the moments of the projected signal', () => {
    fc.assert(
      fc.property(fc.array(vector, { minLength: 3, maxLength: 40 }), unit, (signal, n) => {
        const moments = new VectorMoments()
        for (const [x, y, z] of signal) moments.add(x, y, z, 0.5, 1)
        const along = signal.map((v) => dot(n, v))
        const mean = along.reduce((a, b) => a + b, 0) / along.length
        expect(moments.meanAlong(n)).toBeCloseTo(mean, 8)
        expect(moments.varianceAlong(n)).toBeCloseTo(
          along.reduce((a, b) => a + (b - mean) ** 2, 0) / along.length,
          6,
        )
      }),
    )
  })

  it('fade: what is old weighs less', () => {
    const moments = new VectorMoments()
    for (let i = 0; i < 50; i++) moments.add(1, 0, 0, 1, 0.9)
    for (let i = 0; i < 50; i++) moments.add(0, 1, 0, 1, 0.9)
    expect(moments.meanAlong(Float64Array.of(1, 0, 0))).toBeCloseTo(0.9 ** 50, 2)
  })

  it('has the axis the signal was spread along, and its share', () => {
    fc.assert(
      fc.property(unit, (n) => {
        const moments = new VectorMoments()
        const other = Math.abs(n[0]!) < 0.9 ? [1, 0, 0] : [0, 1, 0]
        const across = other.map((c, i) => c - dot(n, other) * n[i]!)
        const size = Math.hypot(...across)
        for (let i = 0; i < 200; i++) {
          const [a, b] = [5 * Math.sin(i), (2 * Math.sin(2.3 * i)) / size]
          const v = [0, 1, 2].map((k) => a * n[k]! + b * across[k]!)
          moments.add(v[0]!, v[1]!, v[2]!, 1, 1)
        }
        const axis = new Float64Array(3)
        const share = moments.principalAxis(axis, 60)
        expect(Math.abs(dot(n, [...axis]))).toBeGreaterThan(0.9995)
        expect(share).toBeCloseTo(25 / 29, 1)
      }),
    )
  })
})

it('correlation along an axis is that of the projection, and 0 for a constant', () => {
  const correlation = new AxisCorrelation()
  for (let i = 0; i < 100; i++)
    correlation.add(Float64Array.of(Math.sin(i), 3 * Math.cos(i), 2), 0, 5 - 2 * Math.sin(i), 1, 1)
  expect(correlation.along(Float64Array.of(1, 0, 0))).toBeCloseTo(-1, 10)
  expect(Math.abs(correlation.along(Float64Array.of(0, 1, 0)))).toBeLessThan(0.02)
  expect(correlation.along(Float64Array.of(0, 0, 1))).toBe(0)
})
