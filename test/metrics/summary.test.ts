import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Stride } from '../../host/analysis/document.ts'
import { PHASES } from '../../host/metrics/phases.ts'
import { metricsDefaults } from '../../host/metrics/settings.ts'
import { SessionSummary } from '../../host/metrics/summary.ts'
import { symmetryIndex } from '../../host/metrics/symmetry.ts'
import { stride } from './stance.ts'

const made = (leg: 'left' | 'right', icS: number, rest: Partial<Stride>): Stride => ({
  ...stride(),
  leg,
  icS,
  ...rest,
})
const summaryOf = (strides: readonly Stride[], settings = metricsDefaults) => {
  const summary = new SessionSummary(settings)
  for (const one of strides) summary.add(one)
  return summary.result()
}

describe('a session’s summary', () => {
  it('is the direct sums: mean, spread, slope per minute', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 180, max: 320, noNaN: true }), { minLength: 8, maxLength: 40 }),
        (values) => {
          const times = values.map((_, k) => 5 + 0.7 * k + 0.01 * k * k)
          const { left, drift } = summaryOf(
            values.map((contactTimeMs, k) => made('left', times[k]!, { contactTimeMs })),
          )
          const n = values.length
          const mean = values.reduce((a, b) => a + b, 0) / n
          const meanTime = times.reduce((a, b) => a + b, 0) / n
          const sd = Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / (n - 1))
          const slope =
            values.reduce((a, b, k) => a + (b - mean) * (times[k]! - meanTime), 0) /
            times.reduce((a, t) => a + (t - meanTime) ** 2, 0)
          expect(left.strides).toBe(n)
          expect(left.contactTimeMs!.n).toBe(n)
          expect(left.contactTimeMs!.mean).toBeCloseTo(mean, 8)
          expect(left.contactTimeMs!.sd).toBeCloseTo(sd, 8)
          expect(left.contactTimeMs!.cvPct).toBeCloseTo((100 * sd) / mean, 8)
          expect(drift.left!.contactTimeMs!).toBeCloseTo(60 * slope, 6)
        },
      ),
    )
  })

  it('keeps what all strides share and averages what scatters', () => {
    const strides = [240, 250, 260, 250].map((contactTimeMs, k) =>
      made('left', k, { contactTimeMs, uncertainty: { contactTimeMs: 3 + (k % 2) } }),
    )
    const { mean, sd, uncertainty } = summaryOf(strides).left.contactTimeMs!
    expect(mean).toBeCloseTo(250, 9)
    // √(mean of 9, 16, 9, 16 + sd² / 4)
    expect(uncertainty).toBeCloseTo(Math.sqrt(12.5 + sd ** 2 / 4), 9)
  })

  it('states no uncertainty for a metric that has none, and no relative spread of an angle', () => {
    const { left } = summaryOf([made('left', 1, { uncertainty: {} }), made('left', 2, { uncertainty: {} })])
    expect(left.contactTimeMs!.uncertainty).toBeNull()
    expect(left.peakEversionDeg!.cvPct).toBeNull()
  })

  it('leaves out strides that are not ok', () => {
    const { left } = summaryOf([made('left', 1, { quality: { ok: false, reasons: ['gap'] } })])
    expect(left).toEqual({ strides: 0, cumulativeLoad: null, intensity: null, phases: null })
  })

  it('averages the coupling angle on the circle', () => {
    const { left } = summaryOf(
      [170, -170, 175, -175].map((couplingAngleDeg, k) => made('left', k, { couplingAngleDeg })),
    )
    expect(left.couplingAngleDeg!.mean).toBeCloseTo(180, 9)
    expect(left.couplingAngleDeg!.sd).toBeLessThan(10)
  })

  it('adds up the load by the setting’s exponent and counts steps by intensity', () => {
    const strides = [3, 5.9, 6, 20, 21, 25].map((peakTibialAxialG, k) =>
      made('left', k, { peakTibialAxialG }),
    )
    const { left, right } = summaryOf([...strides, made('right', 1, { peakTibialAxialG: null })])
    expect(left.intensity).toEqual({ low: 2, medium: 2, high: 2 })
    expect(left.cumulativeLoad).toBeCloseTo(
      (3 ** 4 + 5.9 ** 4 + 6 ** 4 + 20 ** 4 + 21 ** 4 + 25 ** 4) ** 0.25,
      9,
    )
    expect(right).toMatchObject({ cumulativeLoad: null, intensity: null })
    const doubled = summaryOf(
      [made('left', 1, { peakTibialAxialG: 5 }), made('left', 2, { peakTibialAxialG: 5 })],
      {
        ...metricsDefaults,
        loadExponent: 1,
      },
    )
    expect(doubled.left.cumulativeLoad).toBeCloseTo(10, 9)
  })

  it('holds left against right: index, difference, and whether it is more than the measurement’s own', () => {
    const leg = (side: 'left' | 'right', contactTimeMs: number) =>
      Array.from({ length: 9 }, (_, k) =>
        made(side, k, { contactTimeMs: contactTimeMs + (k % 3) - 1, uncertainty: { contactTimeMs: 4 } }),
      )
    const at = (right: number) => summaryOf([...leg('left', 240), ...leg('right', right)])
    const far = at(260)
    expect(far.symmetryPct.contactTimeMs).toBeCloseTo((100 * 20) / 250, 9)
    expect(far.leftRight.contactTimeMs).toMatchObject({ difference: expect.closeTo(20, 9), differs: true })
    // 1.96 √2 · √(16 + 0.75 / 9)
    expect(far.leftRight.contactTimeMs!.detectable).toBeCloseTo(1.96 * Math.sqrt(2 * (16 + 0.75 / 9)), 9)
    expect(at(245).leftRight.contactTimeMs!.differs).toBe(false)
  })

  it('gives the index the uncertainty that wiggling both means gives it', () => {
    const [l, r, u] = [240, 260, 0.01]
    const strides = [
      made('left', 1, { contactTimeMs: l, uncertainty: { contactTimeMs: u } }),
      made('right', 1, { contactTimeMs: r, uncertainty: { contactTimeMs: u } }),
    ]
    const byLeft = symmetryIndex(l + u, r)! - symmetryIndex(l, r)!
    const byRight = symmetryIndex(l, r + u)! - symmetryIndex(l, r)!
    expect(summaryOf(strides).leftRight.contactTimeMs!.symmetryUncertaintyPct).toBeCloseTo(
      Math.hypot(byLeft, byRight),
      6,
    )
    expect(symmetryIndex(-1, 1)).toBeNull()
  })

  it('says from when on a number changed, and nothing of one that changed by less than pods wander', () => {
    const run = (changeDeg: number) =>
      summaryOf(
        Array.from({ length: 400 }, (_, k) =>
          made('left', 0.7 * k, {
            // a hash of the stride for noise
            peakEversionDeg: 9 + (((k * 7919) % 101) - 50) / 50 + changeDeg * Math.max(0, (k - 200) / 200),
          }),
        ),
      ).onset.left!
    const { fromS, change } = run(3).peakEversionDeg!
    expect(Math.abs(fromS - 140)).toBeLessThan(14)
    expect(Math.abs(change - 3)).toBeLessThan(0.2)
    expect(Object.keys(run(3))).toEqual(['peakEversionDeg'])
    expect(run(0.8)).toEqual({})
  })

  it('tells of each phase what this leg did beside what captured runners do at this speed', () => {
    const still = made('left', 1, {
      dutyFactor: 0.35,
      speedMPerS: 3.5,
      phases: PHASES.map((name, k) => ({
        name,
        startPct: 20 * k,
        endPct: 20 * (k + 1),
        eversionDeg: 0,
        tibialRotationDeg: null,
      })),
    })
    const [strike] = summaryOf([still, { ...still, icS: 2 }]).left.phases!
    expect(strike).toMatchObject({ name: 'strike', startPct: 0, endPct: 20, tibialRotation: null })
    expect(strike!.eversion).toMatchObject({ meanDeg: 0, missing: true })
    const walking = { ...still, dutyFactor: 0.6 }
    expect(summaryOf([walking]).left.phases![0]!.eversion).toMatchObject({ usualDeg: null, missing: null })
  })
})
