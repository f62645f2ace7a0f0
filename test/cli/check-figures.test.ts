import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Dice } from '../../firmware/virtual/runner/random.ts'
import { noiseDensity } from '../../host/cli/check/noise.ts'
import { Skew } from '../../host/cli/check/skew.ts'

const RATE = 416

function white(sigma: number, seconds: number, plus: (timeS: number) => number = () => 0): Float64Array {
  const dice = new Dice(7)
  return Float64Array.from({ length: seconds * RATE }, (_, i) => dice.normal(sigma) + plus(i / RATE))
}

describe('noise density', () => {
  test('white noise has σ √(2 / rate)', () => {
    for (const sigma of [0.02, 3]) {
      const expected = sigma * Math.sqrt(2 / RATE)
      expect(noiseDensity(white(sigma, 60), RATE)! / expected).toBeCloseTo(1, 1)
    }
  })

  test('drift and a hum at one frequency are not noise', () => {
    const quiet = noiseDensity(white(1, 20), RATE)!
    const disturbed = noiseDensity(
      white(1, 20, (t) => 5 * t + 10 * Math.sin(2 * Math.PI * 50 * t)),
      RATE,
    )!
    expect(disturbed / quiet).toBeCloseTo(1, 1)
  })

  test('an axis that stands still has none, and a moment is too short to say', () => {
    expect(noiseDensity(new Float64Array(2000).fill(0.1), RATE)!).toBeLessThan(1e-12)
    expect(noiseDensity(new Float64Array(300), RATE)).toBeNull()
  })
})

describe('skew', () => {
  const OFFSET_S = 1234.5

  /** Frames each 48 ms and pings each 2 s from a pod whose clock runs `ppm` fast, delays as given. */
  function watched(ppm: number, seconds: number, delayS: (n: number) => number, startUs = 4e9): Skew {
    const skew = new Skew()
    const device = (sessionS: number) => Math.round(startUs + (sessionS - OFFSET_S) * (1e6 + ppm)) % 2 ** 32
    let n = 0
    for (let t = OFFSET_S; t < OFFSET_S + seconds; t += 0.048) {
      skew.arrival(device(t), t + delayS(n++))
      if (n % 42 === 1) skew.ping(device(t + delayS(n)), t)
    }
    return skew
  }

  test('constant delays d over a time T leave 2 d / T', () => {
    const { least, most } = watched(40, 50, () => 0.001).ppm!
    expect(Math.abs((least + most) / 2 - 40)).toBeLessThan(2)
    // a point each second from the pod, each two seconds to it
    expect(most - least).toBeGreaterThan(2e6 * (0.002 / 50))
    expect(most - least).toBeLessThan(2e6 * (0.002 / 46))
  })

  test('the truth is within the bounds, whatever the delays', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3000, max: 3000, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 0.08, noNaN: true }), { minLength: 5, maxLength: 60 }),
        (ppm, delays) => {
          const { least, most } = watched(ppm, 20, (n) => delays[n % delays.length]!).ppm!
          // device time comes in whole microseconds
          expect(least).toBeLessThanOrEqual(ppm + 1)
          expect(most).toBeGreaterThanOrEqual(ppm - 1)
        },
      ),
    )
  })

  test('without pings nothing is said', () => {
    const skew = new Skew()
    for (let i = 0; i < 20; i++) skew.arrival(i * 1e6, i)
    expect(skew.ppm).toBeNull()
  })
})
