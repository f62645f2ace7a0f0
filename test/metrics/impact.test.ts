import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { impactMetrics, steepestRise, tibialMoves } from '../../host/metrics/impact.ts'
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

  it('do not move with contact when they lie inside the window, but for their time from it', () => {
    const moves = tibialMoves(stanceOf({}, { shin, shoe }), metricsDefaults, 0.014)
    expect(moves.peakTibialAxialG).toBeCloseTo(0, 6)
    expect(moves.peakTibialResultantG).toBeCloseTo(0, 6)
    expect(moves.timeToPeakTibialMs).toBeCloseTo(14, 6)
  })

  it('move by what the window opens on when the leg is slowing as it opens', () => {
    // 40 g a second, down from 3 g at contact
    const slowing = accelerationOf(nothing, (t) => 3 - 40 * (t - 10), nothing)
    const moves = tibialMoves(stanceOf({}, { shin: slowing }), metricsDefaults, 0.014)
    expect(moves.peakTibialAxialG).toBeCloseTo(0.56, 6)
    expect(moves.timeToPeakTibialMs).toBeCloseTo(0, 6)
    expect(tibialMoves(stanceOf({}), metricsDefaults, 0.014)).toEqual({})
  })

  it('are not there without pods or at slow sampling', () => {
    expect(impactMetrics(stanceOf({}), metricsDefaults)).toEqual({})
    const slow = { shin: { raw: shin.raw, smooth: null }, shoe: { raw: shoe.raw, smooth: null } }
    expect(impactMetrics(stanceOf({}, slow), metricsDefaults)).toEqual({})
  })
})

describe('the tibial rate', () => {
  it('is that of a straight rise exactly', () => {
    expect(steepestRise([0, 1, 2, 3, 4, 5, 6, 6, 6], 6, metricsDefaults)).toBeCloseTo(1, 1)
  })

  it('at 416 Hz is within 1 % of a 30 Hz half-wave’s steepest slope between the levels, wherever samples fall', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (phase) => {
        const w = (2 * Math.PI * 30) / 416
        // 1 − cos rises steepest half-way, by w per sample
        const signal = Array.from({ length: 20 }, (_, k) => 1 - Math.cos(Math.max(0, w * (k + phase - 4))))
        const peak = signal.indexOf(Math.max(...signal.slice(0, 14)))
        expect(steepestRise(signal, peak, metricsDefaults)! / w).toBeCloseTo(1, 1.7)
      }),
    )
  })

  it('is not there where nothing rises', () => {
    expect(steepestRise([5, 4, 3, 2], 0, metricsDefaults)).toBeNull()
  })

  it('leaves out what lies below 20 % or above 80 % of the peak', () => {
    // steep at the foot, gentle in the middle, steep at the top
    const signal = [0, 0, 1.9, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8.1, 10, 9, 8]
    expect(steepestRise(signal, 15, metricsDefaults)).toBeLessThan(0.8)
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
