import { expect, it } from 'vitest'
import { isMissing, travel } from '../../host/web/phase-columns.tsx'

it('takes travel over the same part of stance', () => {
  const curve = Array.from({ length: 101 }, (_, i) => i / 10)
  expect(travel(curve, { startPct: 9.6, endPct: 50.2 })).toBeCloseTo(4, 12)
  expect(travel(undefined, { startPct: 0, endPct: 10 })).toBeNull()
})

it('calls movement missing under 70 % of a usual worth speaking of', () => {
  expect(isMissing(3.4, 5)).toBe(true)
  expect(isMissing(3.6, 5)).toBe(false)
  expect(isMissing(-1, 5)).toBe(true)
  expect(isMissing(-3.4, -5)).toBe(true)
  expect(isMissing(0, 2.9)).toBe(false)
  expect(isMissing(null, 5)).toBe(false)
})
