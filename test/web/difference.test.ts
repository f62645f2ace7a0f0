import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leastChange } from '../../host/metrics/detectable.ts'
import type { LegStretch } from '../../host/server/messages.ts'
import { curveDifference, keptSince } from '../../host/web/difference.ts'

const legOf = (mean: number[], sd: number, n = 30): LegStretch => ({
  strides: n,
  metrics: { peakEversionDeg: { mean: Math.max(...mean), sd, n, uncertainty: 1 } },
  curves: { eversionDeg: { mean, sd: mean.map(() => sd) } },
})
const hump = (scale: number): number[] =>
  Array.from({ length: 101 }, (_, i) => scale * Math.sin((Math.PI * i) / 100))

describe('the difference of two curves', () => {
  it('of equal curves is nothing anywhere', () => {
    const same = curveDifference('eversionDeg', legOf(hump(10), 0.5), legOf(hump(10), 0.5), 'wearing')!
    expect(same.mean.every((value) => value === 0)).toBe(true)
    expect(same.stretches).toEqual([])
  })

  it('has the 95 % band of two means: 2.002 √(2 · 0.25/30) for 30 and 30 strides of SD 0.5', () => {
    // Student's t of 58 degrees of freedom is 2.0017 (tables)
    const found = curveDifference('eversionDeg', legOf(hump(10), 0.5), legOf(hump(12), 0.5), 'wearing')!
    expect(found.half[50]).toBeCloseTo(2.0017 * Math.sqrt(0.5 / 30), 3)
  })

  it('counts only where it leaves the zone and its band excludes zero', () => {
    const zone = leastChange('peakEversionDeg')
    const found = curveDifference(
      'eversionDeg',
      legOf(hump(10), 0.5),
      legOf(hump(10 + 2 * zone), 0.5),
      'wearing',
    )!
    expect(found.zone).toBe(zone)
    // 2 z sin(π i / 100) > z from sin = ½ on: between 16⅔ and 83⅓ %
    expect(found.stretches).toEqual([{ fromPct: 17, toPct: 83 }])
    const scattered = curveDifference(
      'eversionDeg',
      legOf(hump(10), 20, 4),
      legOf(hump(10 + 2 * zone), 20, 4),
      'wearing',
    )!
    expect(scattered.stretches).toEqual([])
  })

  it('needs more when the pods were put on anew, and says nothing when that is not known', () => {
    const [a, b] = [legOf(hump(10), 0.5), legOf(hump(12), 0.5)]
    expect(curveDifference('eversionDeg', a, b, 'session')!.zone).toBeCloseTo(1.96 * Math.SQRT2, 9)
    const unknown = structuredClone(b)
    unknown.metrics.peakEversionDeg!.uncertainty = null
    const found = curveDifference('eversionDeg', a, unknown, 'session')!
    expect(found).toMatchObject({ zone: null, stretches: [] })
    expect(curveDifference('eversionDeg', a, legOf(hump(12), 0.5, 1), 'wearing')).toBeNull()
    expect(curveDifference('dorsiflexionDeg', a, b, 'wearing')).toBeNull()
  })

  it('turns round with its sides, and never overlaps itself', () => {
    const amounts = fc.double({ min: -20, max: 20, noNaN: true })
    fc.assert(
      fc.property(amounts, amounts, (x, y) => {
        const there = curveDifference('eversionDeg', legOf(hump(x), 0.5), legOf(hump(y), 0.5), 'wearing')!
        const back = curveDifference('eversionDeg', legOf(hump(y), 0.5), legOf(hump(x), 0.5), 'wearing')!
        expect(back.mean.map((value) => -value + 0)).toEqual(there.mean.map((value) => value + 0))
        expect(back.stretches).toEqual(there.stretches)
        let end = -2
        for (const { fromPct, toPct } of there.stretches) {
          expect(fromPct).toBeGreaterThan(end + 1)
          expect(toPct).toBeGreaterThanOrEqual(fromPct)
          end = toPct
        }
      }),
    )
  })
})

it('pods count as put on anew from a shoe change on', () => {
  const marks = [
    { timeS: 10, kind: 'tag' as const, text: '', tag: { speedMPerS: 3 } },
    { timeS: 20, kind: 'tag' as const, text: '', tag: { shoe: 'B' } },
  ]
  expect(keptSince(marks, 0, 10)).toBe('wearing')
  expect(keptSince(marks, 10, 20)).toBe('session')
  expect(keptSince(marks, 20)).toBe('wearing')
})
