import { expect, it } from 'vitest'
import { Trend } from '../../host/web/trend.ts'

it('keeps a session of any length in bounded memory, spread over all of it', () => {
  const trend = new Trend(100)
  for (let s = 0; s < 10_000; s++) trend.push(s, 2 * s)
  expect(trend.timeS.length).toBeLessThan(100)
  expect(trend.timeS.length).toBeGreaterThan(40)
  expect(trend.values).toEqual(trend.timeS.map((s) => 2 * s))
  expect(trend.timeS[0]).toBeLessThan(300)
  expect(trend.timeS.at(-1)).toBeGreaterThan(9700)
  const steps = trend.timeS.slice(1).map((s, i) => s - trend.timeS[i]!)
  expect(Math.max(...steps) / Math.min(...steps)).toBeLessThanOrEqual(2)
})

it('ignores what is not later, so that a second telling changes nothing', () => {
  const trend = new Trend()
  for (const s of [1, 2, 2, 1, 3]) trend.push(s, s)
  expect(trend.timeS).toEqual([1, 2, 3])
})
