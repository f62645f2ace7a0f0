import { describe, expect, it } from 'vitest'
import { leastChange, minimalDetectableDifference, studentT } from '../../host/metrics/detectable.ts'

const stretch = (sd: number, n: number, uncertainty: number | null) => ({ sd, n, uncertainty })

describe('the minimal detectable difference', () => {
  it('has Student’s tabled points', () => {
    // two-sided 95 %: 4, 8, 20, 60 degrees of freedom
    for (const [freedom, t] of [
      [4, 2.776],
      [8, 2.306],
      [20, 2.086],
      [60, 2.0],
    ] as const)
      expect(Math.abs(studentT(freedom) - t)).toBeLessThan(0.011)
  })

  it('within one wearing is the scatter of the means alone', () => {
    const a = stretch(10, 20, 8)
    const b = stretch(10, 20, 8)
    // equal groups of 20: 38 degrees of freedom, t = 2.024
    const found = minimalDetectableDifference('strideTimeMs', a, b, 'wearing')!
    expect(Math.abs(found - 2.024 * Math.sqrt(10))).toBeLessThan(0.01)
    expect(minimalDetectableDifference('strideTimeMs', a, stretch(10, 1, 8), 'wearing')).toBeNull()
  })

  it('within one wearing is never less than what the means wander, however many the strides', () => {
    const many = stretch(1, 1e6, 3)
    const found = minimalDetectableDifference('peakEversionDeg', many, many, 'wearing')!
    expect(found).toBeCloseTo(leastChange('peakEversionDeg'), 2)
    expect(found).toBeGreaterThan(1)
  })

  it('between legs counts all that is not known of either', () => {
    expect(
      minimalDetectableDifference('peakEversionDeg', stretch(1, 50, 3), stretch(1, 50, 4), 'leg'),
    ).toBeCloseTo(9.8, 9)
    expect(
      minimalDetectableDifference('peakEversionDeg', stretch(1, 50, null), stretch(1, 50, 4), 'leg'),
    ).toBeNull()
  })

  it('between days is no less than what was published', () => {
    const sure = stretch(0.5, 100, 0.05)
    expect(minimalDetectableDifference('peakTibialAxialG', sure, sure, 'session')).toBeCloseTo(2, 9)
    expect(minimalDetectableDifference('peakTibialResultantG', sure, sure, 'session')).toBeCloseTo(1.5, 9)
    const unsure = stretch(0.5, 100, 1)
    expect(minimalDetectableDifference('peakTibialAxialG', unsure, unsure, 'session')).toBeCloseTo(
      1.96 * Math.SQRT2,
      9,
    )
  })
})
