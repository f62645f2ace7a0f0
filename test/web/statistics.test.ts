import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { band, meanSd, quantile, rootMeanSquare } from '../../host/web/statistics.ts'

describe('mean and sample SD', () => {
  it('gives 5 and √(32/7) for 2 4 4 4 5 5 7 9', () => {
    const result = meanSd([2, 4, 4, 4, 5, 5, 7, 9])
    expect(result).toMatchObject({ mean: 5, n: 8 })
    expect(result?.sd).toBeCloseTo(Math.sqrt(32 / 7), 12)
  })

  it('leaves out what is not known, and knows nothing of nothing', () => {
    expect(meanSd([1, null, undefined, Number.NaN, 3])).toEqual({ mean: 2, sd: Math.SQRT2, n: 2 })
    expect(meanSd([7])).toEqual({ mean: 7, sd: null, n: 1 })
    expect(meanSd([null])).toBeNull()
  })

  it('moves with an offset and scales with a factor', () => {
    const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 30 })
    fc.assert(
      fc.property(numbers, fc.double({ min: -9, max: 9, noNaN: true }), (values, k) => {
        const plain = meanSd(values)!
        const turned = meanSd(values.map((value) => k * value + 3))!
        expect(turned.mean).toBeCloseTo(k * plain.mean + 3, 6)
        expect(turned.sd!).toBeCloseTo(Math.abs(k) * plain.sd!, 6)
      }),
    )
  })
})

describe('band of curves', () => {
  it('is the mean and SD of every point', () => {
    expect(
      band([
        [0, 1],
        [2, 1],
        [4, 1],
      ]),
    ).toEqual({ mean: [2, 1], sd: [2, 0], n: 3 })
  })
  it('of one curve is the curve, without width', () => {
    expect(band([[3, 4]])).toEqual({ mean: [3, 4], sd: [0, 0], n: 1 })
    expect(band([])).toBeNull()
  })
})

it('the root of the mean square of 3, 4 and 5 is √(50/3); of what is not known nothing', () => {
  expect(rootMeanSquare([3, undefined, 4, 5])).toBeCloseTo(Math.sqrt(50 / 3), 12)
  expect(rootMeanSquare([undefined])).toBeNull()
})

describe('nearest-rank quantile', () => {
  it.each([
    [0.05, 15],
    [0.3, 20],
    [0.4, 20],
    [0.5, 35],
    [1, 50],
  ])('of 15 20 35 40 50 at %s is %s', (q, value) => {
    expect(quantile([40, 15, 50, 35, 20], q)).toBe(value)
  })
  it('of nothing is unknown', () => expect(quantile([], 0.5)).toBeNull())
})
