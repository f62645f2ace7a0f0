import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { panelGeometry, spread, ticks, timeTicks, yIn } from '../../host/web/geometry.ts'

describe('the geometry of a stance panel', () => {
  it('keeps eversion, rail, lower curve and axis apart and inside, at every size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 1200 }),
        fc.integer({ min: 220, max: 900 }),
        (width, height) => {
          const g = panelGeometry(width, height)
          expect(g.eversion.top + g.eversion.height).toBeLessThan(g.railY - 8)
          expect(g.railY + 9).toBeLessThanOrEqual(g.lower.top + 12)
          expect(g.axisY).toBe(g.lower.top + g.lower.height)
          expect(g.axisY).toBeLessThan(height)
          expect(g.x(100)).toBeLessThan(width)
          expect(g.x(50) - g.x(0)).toBeCloseTo(g.x(100) - g.x(50), 9)
        },
      ),
    )
  })

  it('puts the ends of a range on the edges of its box', () => {
    const box = { left: 0, top: 20, width: 10, height: 260 }
    expect(yIn(box, { min: -10, max: 16 }, 16)).toBe(20)
    expect(yIn(box, { min: -10, max: 16 }, -10)).toBe(280)
    expect(yIn(box, { min: -10, max: 16 }, 3)).toBe(150)
  })
})

describe('figures on an axis', () => {
  it.each([
    [{ min: -10, max: 16 }, [-10, 0, 10]],
    [{ min: -3, max: 13 }, [0, 5, 10]],
    [{ min: -15, max: 26 }, [-10, 0, 10, 20]],
    [{ min: -25, max: 36 }, [-20, 0, 20]],
  ])('of %o are %o', (range, expected) => {
    expect(ticks(range)).toEqual(expected)
  })
})

it('pushes labels apart and keeps their order', () => {
  expect(spread([{ y: 10 }, { y: 12 }, { y: 100 }, { y: 9 }], 15).map(({ y }) => y)).toEqual([9, 24, 39, 100])
})

describe('times along a strip', () => {
  it('stand apart by what the longest takes, on a phone and on a desk, for a minute and for a morning', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 4 * 3600, noNaN: true }),
        fc.integer({ min: 220, max: 1600 }),
        (endS, width) => {
          const times = timeTicks(endS, width)
          expect(times[0]).toBe(0)
          expect(times.length).toBeLessThanOrEqual(9)
          for (const [i, at] of times.slice(1).entries())
            expect(((at - times[i]!) * width) / endS).toBeGreaterThanOrEqual(52)
        },
      ),
    )
    expect(timeTicks(49, 286)).toEqual([0, 10, 20, 30, 40])
    expect(timeTicks(3600, 286)).toEqual([0, 1200, 2400])
  })
})
