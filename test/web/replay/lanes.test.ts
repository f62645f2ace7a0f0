import { describe, expect, it } from 'vitest'
import type { OverviewStride } from '../../../host/server/messages.ts'
import { laneOf, neighbour, rangeOf } from '../../../host/web/replay/lanes.ts'

const stride = (
  icS: number,
  cadenceSpm: number | null,
  more: Partial<OverviewStride> = {},
): OverviewStride => ({
  leg: 'left',
  icS,
  toS: icS + 0.25,
  cadenceSpm,
  peakEversionPct: null,
  peakTibialAxialG: null,
  ok: true,
  ...more,
})

describe('a lane', () => {
  it('is the leg’s own good strides', () => {
    const strides = [
      stride(0, 160),
      stride(0.4, 170, { leg: 'right' }),
      stride(0.8, 999, { ok: false }),
      stride(1.6, 162),
      stride(2.4, null),
    ]
    expect(laneOf(strides, 'left', 'cadenceSpm', 10, 1000)).toEqual([
      [
        { timeS: 0, value: 160 },
        { timeS: 1.6, value: 162 },
      ],
    ])
  })

  it('has at most one point a bin, the mean of its strides', () => {
    const strides = Array.from({ length: 1000 }, (_, i) => stride(i * 0.72, i % 2 === 0 ? 150 : 170))
    const lines = laneOf(strides, 'left', 'cadenceSpm', 720, 90)
    expect(lines).toHaveLength(1)
    expect(lines[0]!.length).toBeLessThanOrEqual(90)
    for (const { value } of lines[0]!) expect(Math.abs(value - 160)).toBeLessThan(1)
  })

  it('is broken where nothing is known', () => {
    const strides = [stride(0, 160), stride(1, 160), stride(9, 160), stride(10, 160)]
    expect(laneOf(strides, 'left', 'cadenceSpm', 60, 600).map((line) => line.length)).toEqual([2, 2])
  })
})

it('spans what most strides have, whatever one outlier says', () => {
  const strides = Array.from({ length: 200 }, (_, i) => stride(i, 160 + (i % 5)))
  strides.push(stride(300, 4000))
  const { min, max } = rangeOf(strides, 'cadenceSpm')!
  expect(min).toBeGreaterThan(150)
  expect(min).toBeLessThan(160)
  expect(max).toBeGreaterThan(164)
  expect(max).toBeLessThan(180)
  expect(rangeOf(strides, 'peakTibialAxialG')).toBeNull()
})

it.each([
  [5, 1, 9],
  [5, -1, 2],
  [9, 1, null],
  [2.1, -1, null],
] as const)('from %s by %s goes to %s of 2, 5 and 9', (from, by, to) => {
  expect(neighbour([2, 5, 9], from, by)).toBe(to)
})
