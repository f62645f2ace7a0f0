import { describe, expect, test } from 'vitest'
import { addBurst, addBurstDisplacement, type Burst } from '../../firmware/virtual/runner/landing.ts'
import { RUNNERS } from '../../firmware/virtual/runner/presets.ts'
import { createRunner, type Runner } from '../../firmware/virtual/runner/runner.ts'
import { SIDES, type Side } from '../../shared/places.ts'

/**
 * Faults a generator must not have, because each makes an easy method look good: shocks that push, impacts felt before contact, impacts
 * at a fixed lag, a step at toe-off, knots at fixed shares of the stride, a foot that turns down long before it lands.
 */
const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length
const sd = (x: readonly number[]): number => Math.sqrt(mean(x.map((v) => (v - mean(x)) ** 2)))
const strides = (runner: Runner, side: Side, from = 6, to = 46) =>
  Array.from({ length: to - from }, (_, i) => runner.legs[side].strideOf(from + i))

describe('shock', () => {
  const burst: Burst = { startS: 0.004, tauS: 0.005, forward: -30, up: 60 }
  const at = (add: typeof addBurst, t: number): Float64Array => {
    const v = new Float64Array(3)
    add(burst, t, v)
    return v
  }

  test('peaks at what is stated and leaves neither speed nor offset', () => {
    let speed = 0
    let offset = 0
    let peak = 0
    const h = 1e-5
    for (let t = 0; t < 0.3; t += h) {
      const a = at(addBurst, t)[1]!
      peak = Math.max(peak, a)
      offset += h * speed
      speed += h * a
    }
    expect(peak).toBeCloseTo(60, 1)
    expect(Math.abs(speed)).toBeLessThan(1e-6)
    expect(Math.abs(offset)).toBeLessThan(1e-6)
    expect(at(addBurstDisplacement, 0.25)[1]!).toBeCloseTo(0, 12)
  })

  test('its acceleration is the second derivative of its displacement', () => {
    const h = 1e-5
    for (const t of [0.005, 0.008, 0.013, 0.03]) {
      const p = [t - h, t, t + h].map((x) => at(addBurstDisplacement, x)[1]!)
      expect((p[0]! - 2 * p[1]! + p[2]!) / h ** 2).toBeCloseTo(at(addBurst, t)[1]!, 1)
    }
  })

  test.each(RUNNERS)('%s: no burst begins before contact', (name) => {
    const runner = createRunner({ name, seed: 5 })
    for (const side of SIDES)
      for (const { parameters } of strides(runner, side)) {
        const { shoe, shin } = parameters.bursts
        expect(shoe.length).toBeGreaterThanOrEqual(2)
        for (const b of [...shoe, ...shin]) expect(b.startS).toBeGreaterThan(0)
      }
  })

  test('lags and pitches scatter from stride to stride, and shin comes after shoe', () => {
    const all = strides(createRunner({ seed: 5 }), 'left').map((s) => s.parameters.bursts)
    const lag = (of: 'shoe' | 'shin'): number[] => all.map((b) => 1000 * b[of][0]!.startS)
    expect(sd(lag('shoe'))).toBeGreaterThan(0.8)
    expect(sd(lag('shin'))).toBeGreaterThan(1.5)
    expect(mean(lag('shin'))).toBeGreaterThan(mean(lag('shoe')) + 2)
    const tau = all.map((b) => b.shin[0]!.tauS)
    expect(sd(tau) / mean(tau)).toBeGreaterThan(0.05)
  })

  test('the acceleration peak lies at no fixed time after contact', () => {
    const runner = createRunner({ seed: 5 })
    const world = new Float64Array(3)
    const lag = strides(runner, 'left').map(({ parameters }) => {
      let best = 0
      let when = 0
      for (let ms = -10; ms < 60; ms += 0.25) {
        runner.legs.left.at(parameters.icS + ms / 1000)
        runner.pods['left-shoe'].accelerationOf(world)
        if (Math.hypot(...world) > best) {
          best = Math.hypot(...world)
          when = ms
        }
      }
      return when
    })
    expect(Math.min(...lag)).toBeGreaterThan(0)
    expect(sd(lag)).toBeGreaterThan(2)
  })
})

describe('events are not drawn into the signals', () => {
  test.each(RUNNERS)('%s: nothing of the impact is felt before contact', (name) => {
    const runner = createRunner({ name, seed: 5 })
    const world = new Float64Array(3)
    const jerk = (side: Side, t: number): number => {
      const h = 2e-4
      const a = [t - h, t].map((x) => {
        runner.legs[side].at(x)
        runner.pods[`${side}-shin`].accelerationOf(world)
        return world[1]!
      })
      return (a[1]! - a[0]!) / h
    }
    for (const side of SIDES) {
      const before: number[] = []
      const after: number[] = []
      for (const { parameters } of strides(runner, side)) {
        const at = (from: number, to: number): number =>
          Math.max(
            ...Array.from({ length: 20 }, (_, i) =>
              jerk(side, parameters.icS + from + ((to - from) * i) / 20),
            ),
          )
        before.push(at(-0.015, -0.0003))
        after.push(at(0.0005, 0.02))
      }
      expect(mean(after)).toBeGreaterThan(3 * Math.max(0, mean(before)))
    }
  })

  test('toe-off is no step: the acceleration goes through it as smoothly as around it', () => {
    for (const name of RUNNERS) {
      const runner = createRunner({ name, seed: 5 })
      const leg = runner.legs.right
      const change = (t: number): number => {
        const h = 5e-4
        leg.at(t - h)
        const a = leg.ankle[2]!
        const b = leg.ankle[5]!
        leg.at(t + h)
        return Math.hypot(leg.ankle[2]! - a, leg.ankle[5]! - b)
      }
      const ratio = strides(runner, 'right').map(({ parameters: { toS } }) => {
        const around = [-0.02, -0.015, -0.01, 0.01, 0.015, 0.02].map((d) => change(toS + d))
        return change(toS) / Math.max(...around)
      })
      expect(mean(ratio)).toBeLessThan(2)
    }
  })

  test('the lowest pitch rate lies at no fixed share of stance, within a runner or between', () => {
    const share = (seed: number): number[] => {
      const runner = createRunner({ seed })
      const { left } = runner.legs
      return strides(runner, 'left', 6, 26).map(({ parameters: { icS, toS } }) => {
        let best = 0
        let when = 0
        for (let pct = 70; pct < 110; pct += 0.25) {
          left.at(icS + ((toS - icS) * pct) / 100)
          if (left.pitch[1]! < best) {
            best = left.pitch[1]!
            when = pct
          }
        }
        return when
      })
    }
    const runners = [1, 2, 3, 4, 5, 6, 7, 8].map(share)
    expect(mean(runners.map(sd))).toBeGreaterThan(0.5)
    expect(sd(runners.map(mean))).toBeGreaterThan(0.7)
  })

  test.each([
    ['easy', 10, 40, 6, 25],
    ['forefoot', 10, 40, 3, 14],
    ['walker', 10, 60, 10, 50],
  ])(
    '%s: the shoe is highest toe-up just before contact and turns down fastest just after',
    (name, lead0, lead1, lag0, lag1) => {
      const runner = createRunner({ name, seed: 5 })
      const { left } = runner.legs
      const rate = (t: number): number => {
        left.at(t)
        return left.pitch[1]!
      }
      for (const { parameters } of strides(runner, 'left')) {
        const { icS } = parameters
        let top = icS
        while (rate(top) < 0) top -= 0.0005
        expect(1000 * (icS - top)).toBeGreaterThan(lead0)
        expect(1000 * (icS - top)).toBeLessThan(lead1)
        let low = icS
        while (rate(low + 0.0005) < rate(low)) low += 0.0005
        expect(1000 * (low - icS)).toBeGreaterThan(lag0)
        expect(1000 * (low - icS)).toBeLessThan(lag1)
      }
    },
  )
})

test('an endless run costs no memory: only the last strides are kept', () => {
  const runner = createRunner({ seed: 5 })
  const out = new Float64Array(6)
  const walk = (fromS: number): number => {
    for (let t = fromS; t < fromS + 4000; t += 0.05) runner.pods['left-shoe'].sampleAt(t, out)
    return process.memoryUsage().heapUsed
  }
  walk(10)
  const before = walk(5000)
  const after = walk(1e6)
  // 5000 strides would be some 40 MB if they stayed
  expect(after - before).toBeLessThan(30e6)
})
