import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BLEND_S, type Bout, Pace } from '../../firmware/virtual/runner/pace.ts'
import { gaitOf } from '../../firmware/virtual/runner/parameters.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import type { TruthStride } from '../../firmware/virtual/runner/truth.ts'
import { SIDES } from '../../shared/places.ts'

const bouts = (...each: [number, number][]): Bout[] =>
  each.map(([speedMPerS, seconds]) => ({ speedMPerS, seconds }))
const EVER = Number.POSITIVE_INFINITY
const DAY = bouts([0, 5], [2.5, 12], [4, 10], [0, 6], [1.5, 10], [3, EVER])
const paceOf = (day: readonly Bout[]): Pace => new Pace(day, 3, (v) => gaitOf({ seed: 4 }, v))
const jet = (f: (t: number, out: Float64Array) => void, t: number): number[] => {
  const out = new Float64Array(3)
  f(t, out)
  return [...out]
}

describe('pace', () => {
  const pace = paceOf(DAY)

  test('belt and weight are what their derivatives say, at any time', () => {
    const h = 1e-5
    for (const of of ['belt', 'weight'] as const)
      for (let t = 0.313; t < 55; t += 0.271) {
        const [before, now, after] = [t - h, t, t + h].map((x) => jet((u, out) => pace[of](u, out), x))
        expect((after![0]! - before![0]!) / (2 * h)).toBeCloseTo(now![1]!, 5)
        expect((after![1]! - before![1]!) / (2 * h)).toBeCloseTo(now![2]!, 5)
      }
  })

  test('between changes the belt has the speed asked for; half a change is half of it', () => {
    const speed = (t: number): number => jet((u, out) => pace.belt(u, out), t)[1]!
    expect([6, 16, 20, 26, 40, 50].map(speed)).toEqual([2.5, 2.5, 4, 4, 1.5, 3])
    expect(speed(17 + BLEND_S / 2)).toBeCloseTo(3.25, 12)
  })

  test('the runner is wholly under way between the starts and the stops', () => {
    expect(pace.full).toEqual([
      { fromS: 7.5, toS: 27 },
      { fromS: 35.5, toS: EVER },
    ])
    expect([0, 4.9, 30, 33].map((t) => jet((u, out) => pace.weight(u, out), t)[0])).toEqual([0, 0, 0, 0])
    expect([8, 17, 20, 26.9, 36, 44, 1e6].map((t) => jet((u, out) => pace.weight(u, out), t)[0])).toEqual([
      1, 1, 1, 1, 1, 1, 1,
    ])
    expect(paceOf(bouts([3, EVER])).full).toEqual([{ fromS: 0, toS: EVER }])
    expect(paceOf(bouts([0, EVER])).full).toEqual([])
  })

  test('the stride clock runs with the cadence, and both ways', () => {
    const strides = pace.stridesAt(16) - pace.stridesAt(6)
    expect(strides).toBeCloseTo((10 * gaitOf({ seed: 4 }, 2.5).cadenceSpm) / 120, 9)
    fc.assert(
      fc.property(fc.double({ min: -20, max: 80, noNaN: true }), (t) => {
        expect(pace.timeOf(pace.stridesAt(t))).toBeCloseTo(t, 9)
      }),
    )
  })

  test('a bout too short to change into is refused', () => {
    expect(() => createRunner({ bouts: bouts([0, 5], [3, 1], [4, 9]) })).toThrow(/bout of 1 s.*2.5 s/)
    expect(() => createRunner({ bouts: bouts([0, 5], [7, 9]) })).toThrow(/7 m\/s/)
  })
})

describe('the truth of a day', () => {
  const runner = createRunner({ seed: 4, bouts: DAY })
  const truth = runner.truth(60)

  test('tells nothing of stops, and the whole rest', () => {
    expect(truth).toMatchObject({
      activity: null,
      treadmillSpeedMPerS: null,
      span: { fromS: 7.5, toS: 60 },
      exclude: [{ fromS: 27, toS: 35.5 }],
      standing: { fromS: 0.5, toS: 4.9 },
    })
    for (const { timeS } of truth.events) expect(timeS < 27 || timeS > 35.5).toBe(true)
    for (const side of SIDES) {
      const own = truth.strides.filter((s) => s.leg === side)
      const breaks = own.slice(1).filter((s, i) => s.icS !== own[i]!.nextIcS)
      expect(breaks).toHaveLength(1)
    }
  })

  test('walks below 2 m/s and runs above, at the belt’s speed', () => {
    const between = (from: number, to: number): TruthStride[] =>
      truth.strides.filter((s) => s.icS > from && s.nextIcS < to)
    for (const s of between(36, 42)) expect(s.dutyFactor).toBeGreaterThan(0.5)
    for (const s of between(46, 60)) expect(s.dutyFactor).toBeLessThan(0.5)
    for (const [from, to, speed] of [
      [8, 17, 2.5],
      [20, 27, 4],
      [36, 43, 1.5],
    ] as const)
      for (const s of between(from, to)) {
        expect(s.speedMPerS).toBeCloseTo(speed, 9)
        expect(Math.abs(s.strideLengthM - (speed * s.strideTimeMs) / 1000)).toBeLessThan(0.08)
      }
  })

  test('of standing alone is empty, and of a run without standing says so', () => {
    const still = createRunner({ bouts: bouts([0, EVER]) }).truth(30)
    expect(still).toMatchObject({
      activity: 'standing',
      events: [],
      strides: [],
      span: { fromS: 0, toS: 30 },
    })
    const going = createRunner({ bouts: bouts([3, EVER]) }).truth(20)
    expect(going.standing).toBeNull()
    expect(going.strides[0]!.icS).toBeLessThan(1)
  })

  test('the same person: what does not depend on speed is the same walking and running', () => {
    const [walking, running] = [gaitOf({ seed: 4 }, 1.5), gaitOf({ seed: 4 }, 3)]
    expect(walking.legs.left.standingToeOutDeg).toBe(running.legs.left.standingToeOutDeg)
    expect(walking.legs.left.knotShift).toEqual(running.legs.left.knotShift)
    expect(running.legs).toEqual(createRunner({ seed: 4, speedMPerS: 3 }).parameters.legs)
  })
})
