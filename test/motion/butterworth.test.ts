import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  butterworth,
  dualPassButterworth,
  filterBothWays,
  type LowPass,
} from '../../host/motion/butterworth.ts'

/** |H| on the unit circle at f of fs. */
function gain({ b0, b1, b2, a1, a2 }: LowPass, ratio: number): number {
  const w = 2 * Math.PI * ratio
  const at = (c0: number, c1: number, c2: number) =>
    Math.hypot(c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w), c1 * Math.sin(w) + c2 * Math.sin(2 * w))
  return at(b0, b1, b2) / at(1, a1, a2)
}

describe('the Butterworth low-pass', () => {
  it('has the published coefficients for a corner of 0.2 of half the rate', () => {
    // scipy.signal.butter(2, 0.2)
    const f = butterworth(Math.tan(Math.PI * 0.1))
    expect(f.b0).toBeCloseTo(0.0674552738890719, 12)
    expect(f.b1).toBeCloseTo(0.1349105477781438, 12)
    expect(f.b2).toBeCloseTo(0.0674552738890719, 12)
    expect(f.a1).toBeCloseTo(-1.1429805025399011, 12)
    expect(f.a2).toBeCloseTo(0.41280159809618877, 12)
  })

  it('follows the analogue prototype through the bilinear transform at every frequency', () => {
    const half = fc.double({ min: 0.01, max: 0.49, noNaN: true })
    fc.assert(
      fc.property(half, half, (corner, at) => {
        const k = Math.tan(Math.PI * corner)
        const analogue = 1 / Math.sqrt(1 + (Math.tan(Math.PI * at) / k) ** 4)
        expect(gain(butterworth(k), at)).toBeCloseTo(analogue, 9)
      }),
    )
  })

  it('both ways is −3 dB at the corner asked for and of fourth order', () => {
    for (const rate of [150, 208, 416, 1000]) {
      const f = dualPassButterworth(60, rate)
      expect(gain(f, 60 / rate) ** 2).toBeCloseTo(Math.SQRT1_2, 12)
    }
    const f = dualPassButterworth(10, 10000)
    // a decade and an octave above: 4th order loses a factor 16 per octave
    expect(gain(f, 100 / 10000) ** 2 / gain(f, 200 / 10000) ** 2).toBeCloseTo(16, 0)
  })

  it('passes a sine with that gain and no delay, and leaves a constant and a line alone', () => {
    const rate = 416
    const f = dualPassButterworth(60, rate)
    const hz = 40
    const sine = Float64Array.from({ length: 832 }, (_, k) => Math.sin((2 * Math.PI * hz * k) / rate))
    const out = filterBothWays(f, sine)
    const g = gain(f, hz / rate) ** 2
    for (let k = 200; k < 632; k++) expect(out[k]!).toBeCloseTo(g * sine[k]!, 8)
    const line = Float64Array.from({ length: 60 }, (_, k) => 3 + 0.5 * k)
    const filtered = filterBothWays(f, line)
    for (let k = 0; k < 60; k++) expect(Math.abs(filtered[k]! - line[k]!)).toBeLessThan(0.02)
  })

  it('refuses a corner the sampling cannot carry', () => {
    expect(() => dualPassButterworth(60, 120)).toThrow(/more than 120 Hz/)
  })
})
