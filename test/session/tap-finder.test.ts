import { describe, expect, test } from 'vitest'
import { TapFinder } from '../../host/session/tap-finder.ts'

const RATE = 400

/** Pods at rest for five seconds, each with its own shakes: from when, how long, how hard. */
function find(pods: Record<string, { atS: number; forS: number; force: number }[]>): string | null {
  const finder = new TapFinder()
  for (let n = 0; n < 5 * RATE; n++)
    for (const [id, shakes] of Object.entries(pods)) {
      const timeS = n / RATE
      const shake = shakes.find(({ atS, forS }) => timeS >= atS && timeS < atS + forS)
      // back and forth, as a thing that is shaken
      const force = shake ? shake.force * (n % 4 < 2 ? 1 : -0.5) : 0
      finder.sample(id, RATE, timeS, new Float64Array([0, 0, 9.81 + force]))
    }
  return finder.found
}
const tap = (atS: number, force = 40) => ({ atS, forS: 0.02, force })

describe('who was tapped', () => {
  test('is the one that was shaken shortly out of stillness', () => {
    expect(find({ a: [], b: [tap(2)], c: [] })).toBe('b')
    expect(find({ a: [tap(2, 200)], b: [] })).toBe('a')
  })

  test('is nobody while all lie still, or for a brush', () => {
    expect(find({ a: [], b: [] })).toBeNull()
    expect(find({ a: [tap(2, 6)], b: [] })).toBeNull()
  })

  test('is nobody when all feel it, whoever felt it first', () => {
    expect(find({ a: [tap(2)], b: [tap(2.01, 25)], c: [tap(2.02, 30)] })).toBeNull()
  })

  test('is the tapped one although its neighbour felt a little', () => {
    expect(find({ a: [tap(2)], b: [tap(2.01, 10)] })).toBe('a')
  })

  test('is not one that was picked up and goes on moving', () => {
    expect(find({ a: [{ atS: 2, forS: 1.5, force: 20 }], b: [] })).toBeNull()
  })

  test('is the first of two that were tapped one after the other', () => {
    expect(find({ a: [tap(3)], b: [tap(2)] })).toBe('b')
  })
})
