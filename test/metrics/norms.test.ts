import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CURVE_POINTS } from '../../host/analysis/document.ts'
import { movement } from '../../host/metrics/movement.ts'
import { norms, phaseNorm } from '../../host/metrics/norms.ts'
import { CAPTURED } from '../../host/metrics/norms-captured.ts'
import { PHASES } from '../../host/metrics/phases.ts'

const running = (speedMPerS: number | null) => ({ activity: 'running', speedMPerS })

describe('norm bands', () => {
  it('are none for another activity, an unknown speed, and beyond the speeds measured', () => {
    expect(norms('peakEversionDeg', { activity: 'walking', speedMPerS: 3 })).toBeNull()
    expect(norms('eversionDeg', { activity: 'walking', speedMPerS: 3 })).toBeNull()
    for (const speed of [null, 2.3, 4.7]) {
      expect(norms('peakEversionDeg', running(speed))).toBeNull()
      expect(norms('eversionDeg', running(speed))).toBeNull()
      expect(phaseNorm('strike', 'eversionDeg', running(speed))).toBeNull()
    }
    // what nobody published
    expect(norms('brakingG', running(3.5))).toBeNull()
  })

  it('say who measured whom', () => {
    const { source } = norms('peakTibialResultantG', running(3.2))!
    expect(source.citation).toContain('Sheerin')
    expect(source.people).toContain('85 runners')
  })

  it('are the published figures at the published speeds, and between them on a straight line', () => {
    // Sheerin et al. 2020: 3.8 g or 38 % more at 3.7 than at 2.7 m/s
    const slow = norms('peakTibialResultantG', running(2.7))!.mean
    const fast = norms('peakTibialResultantG', running(3.7))!.mean
    expect(fast - slow).toBeCloseTo(3.8, 9)
    expect(fast / slow).toBeCloseTo(1.38, 9)
    expect(norms('cadenceSpm', running(3))!.mean).toBeCloseTo(166.5, 9)
  })

  it('of contact and flight agree with cadence and duty factor', () => {
    for (const speed of [2.5, 3, 3.5]) {
      const of = (name: 'cadenceSpm' | 'dutyFactor' | 'contactTimeMs' | 'flightTimeMs') =>
        norms(name, running(speed))!.mean
      const strideMs = 120_000 / of('cadenceSpm')
      expect(Math.abs(of('contactTimeMs') - of('dutyFactor') * strideMs)).toBeLessThan(2)
      expect(Math.abs(of('contactTimeMs') + of('flightTimeMs') - strideMs / 2)).toBeLessThan(2)
    }
  })

  it('hold for whom they were measured', () => {
    expect(norms('peakTibialAxialG', { ...running(3.7), sex: 'female' })!.mean).toBeCloseTo(5.8, 9)
    expect(norms('peakTibialAxialG', { ...running(3.7), sex: 'male' })).toBeNull()
    expect(norms('peakTibialAxialG', running(3.7))).toBeNull()
  })

  it('of curves lie between those of the neighbouring speeds, point by point', () => {
    fc.assert(
      fc.property(fc.double({ min: 2.5, max: 4.5, noNaN: true }), (speed) => {
        const band = norms('eversionDeg', running(speed))!
        expect(band.mean).toHaveLength(CURVE_POINTS)
        const k = speed <= 3.5 ? 0 : 1
        const [a, b] = [CAPTURED[k]!.curves.eversionDeg.mean, CAPTURED[k + 1]!.curves.eversionDeg.mean]
        for (const [i, v] of band.mean.entries()) {
          expect(v).toBeGreaterThanOrEqual(Math.min(a[i]!, b[i]!) - 1e-9)
          expect(v).toBeLessThanOrEqual(Math.max(a[i]!, b[i]!) + 1e-9)
        }
      }),
      { numRuns: 30 },
    )
  })

  it('of the phases add up to what the curve travels', () => {
    for (const { speedMPerS, curves, phases } of CAPTURED)
      for (const travel of ['eversionDeg', 'tibialRotationDeg'] as const) {
        const sum = phases.reduce((total, phase) => total + phase[travel][0], 0)
        const { mean } = curves[travel]
        expect(Math.abs(sum - (mean.at(-1)! - mean[0]!)), `${travel} at ${speedMPerS}`).toBeLessThan(0.2)
        expect(phases.map((phase) => phase.name)).toEqual(PHASES)
      }
  })
})

const phase = (name: 'strike' | 'suspension', endPct = 20) => ({ name, startPct: 0, endPct })

describe('missing movement', () => {
  const strike = (meanDeg: number, uncertaintyDeg = 0) =>
    movement(phase('strike'), 'eversionDeg', meanDeg, 1, uncertaintyDeg, running(3.5))
  const usual = CAPTURED[1]!.phases[0]!.eversionDeg

  it('is not where a leg travels as captured runners do, and is where it stays or goes the other way', () => {
    expect(strike(usual[0])).toMatchObject({ usualDeg: usual[0], usualSdDeg: usual[1], missing: false })
    expect(strike(0).missing).toBe(true)
    expect(strike(-usual[0]).missing).toBe(true)
  })

  it('is not said of what nineteen in twenty legs also do, nor within the measurement’s own uncertainty', () => {
    const rare = usual[0] - 1.645 * usual[1]
    expect(strike(rare + 0.1).missing).toBe(false)
    expect(strike(rare - 0.1).missing).toBe(true)
    expect(strike(rare - 0.1, 0.2).missing).toBe(false)
  })

  it('is not said of a phase that is hardly there', () => {
    expect(movement(phase('strike', 4), 'eversionDeg', 0, 1, 0, running(3.5)).missing).toBeNull()
  })

  it('is not known where people move either way, or no norm covers the speed', () => {
    expect(movement(phase('suspension'), 'tibialRotationDeg', 0, 1, 0, running(3.5)).missing).toBeNull()
    expect(movement(phase('strike'), 'eversionDeg', 0, 1, 0, running(6))).toEqual({
      meanDeg: 0,
      sdDeg: 1,
      usualDeg: null,
      usualSdDeg: null,
      missing: null,
    })
  })
})
