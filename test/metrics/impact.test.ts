import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { impactMetrics, steepestRise } from '../../host/metrics/impact.ts'
import { metricsDefaults } from '../../host/metrics/settings.ts'
import { bandPower, medianFrequency, spectrumOf } from '../../host/metrics/spectrum.ts'
import { accelerationOf, stanceOf } from './stance.ts'

const nothing = () => 0

describe('peaks', () => {
  // 6 g at 20 ms after contact, 3 g sideways at the same time, and something larger too late to be impact
  const bump = (at: number, size: number) => (t: number) => size * Math.exp(-(((t - at) / 0.006) ** 2))
  const shin = accelerationOf(bump(10.02, 3), (t) => bump(10.02, 6)(t) + bump(10.15, 20)(t), nothing)
  const shoe = accelerationOf((t) => -bump(10.05, 4)(t) - bump(10.1, 9)(t), bump(10.01, 3), bump(10.01, 4))
  const m = impactMetrics(stanceOf({}, { shin, shoe }), metricsDefaults)

  it('are taken in the impact window, with their time from contact', () => {
    expect(m.peakTibialAxialG).toBeCloseTo(6, 3)
    expect(m.timeToPeakTibialMs).toBeCloseTo(20, 1)
    expect(m.peakTibialResultantG).toBeCloseTo(Math.hypot(6, 3), 3)
    expect(m.shoePeakG).toBeCloseTo(5, 2)
  })

  it('take braking from the first 30 % of stance, backward', () => {
    expect(m.brakingG).toBeCloseTo(4, 2)
  })

  it('are not there without pods or at slow sampling', () => {
    expect(impactMetrics(stanceOf({}), metricsDefaults)).toEqual({})
    const slow = { shin: { raw: shin.raw, smooth: null }, shoe: { raw: shoe.raw, smooth: null } }
    expect(impactMetrics(stanceOf({}, slow), metricsDefaults)).toEqual({})
  })
})

describe('the tibial rate', () => {
  it('is the steepest step between 20 % and 80 % of the peak', () => {
    // steps 1, 4, 2, 3 up to 10: all but the first lie in 2 … 8
    expect(steepestRise([0, 1, 5, 7, 10, 4], 4, metricsDefaults)).toBe(4)
    // a step from 8.5 to 20 × lies above 80 % only in part; one wholly above does not count
    expect(steepestRise([0, 3, 6, 8.5, 10], 4, metricsDefaults)).toBe(3)
  })
})

describe('the spectrum', () => {
  it('integrates to the mean square of what went in (Parseval)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 8, maxLength: 300 }),
        (x) => {
          const spectrum = spectrumOf(x, 1 / 416)!
          const whole = spectrum.density.reduce((a, b) => a + b, 0) * spectrum.stepHz
          const n = x.length
          const middle = (n - 1) / 2
          const mean = x.reduce((a, b) => a + b, 0) / n
          const slope =
            x.reduce((a, b, k) => a + b * (k - middle), 0) / x.reduce((a, _, k) => a + (k - middle) ** 2, 0)
          const square = x.reduce((a, b, k) => a + (b - mean - slope * (k - middle)) ** 2, 0) / n
          expect(whole).toBeCloseTo(square, 9)
        },
      ),
    )
  })

  it('puts a tone in its band and halves power at it', () => {
    const tone = Float64Array.from({ length: 416 }, (_, k) => Math.sin((2 * Math.PI * 14 * k) / 416))
    const spectrum = spectrumOf(tone, 1 / 416)!
    expect(bandPower(spectrum, 9, 20)).toBeCloseTo(0.5, 1)
    expect(bandPower(spectrum, 3, 8)).toBeLessThan(0.02)
    expect(medianFrequency(spectrum)).toBeCloseTo(14, 0)
  })

  it('has bands that add up, wherever they are cut', () => {
    const x = Float64Array.from({ length: 100 }, (_, k) => Math.sin(k) + Math.cos(0.3 * k * k))
    const s = spectrumOf(x, 1 / 416)!
    expect(bandPower(s, 3, 7.77) + bandPower(s, 7.77, 20)).toBeCloseTo(bandPower(s, 3, 20), 9)
  })

  it('says nothing of a handful of samples', () => {
    expect(spectrumOf([1, 2, 3], 0.01)).toBeNull()
  })
})

describe('shock attenuation', () => {
  it('is the power lost from shoe to shin: half the amplitude is −6 dB', () => {
    const tone = (size: number) => (t: number) => size * Math.sin(2 * Math.PI * 14 * t)
    const m = impactMetrics(
      stanceOf(
        {},
        {
          shin: accelerationOf(nothing, tone(1), nothing, 416),
          shoe: accelerationOf(nothing, nothing, tone(2), 1000),
        },
      ),
      metricsDefaults,
    )
    expect(m.attenuationDb).toBeCloseTo(-20 * Math.log10(2), 1)
  })
})
