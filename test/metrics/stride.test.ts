import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STRIDE_METRICS, type Stride } from '../../host/analysis/document.ts'
import type { StrideEvents } from '../../host/gait/events.ts'
import { metricsDefaults } from '../../host/metrics/settings.ts'
import { type StrideContext, stanceMetrics, strideMetrics } from '../../host/metrics/stride.ts'
import { SessionSummary, symmetryIndex } from '../../host/metrics/summary.ts'
import { stanceOf } from './stance.ts'

const events: StrideEvents = {
  leg: 'right',
  index: 3,
  icS: 10,
  footFlatS: 10.04,
  heelRiseS: 10.14,
  toS: 10.25,
  midSwingS: 10.5,
  nextIcS: 10.7,
  confidence: 0.9,
}
const context: StrideContext = {
  otherIcS: 10.36,
  previousOtherIcS: 9.66,
  beltSpeedMPerS: 3,
  activity: 'running',
  settled: true,
}
const ramp = Array.from({ length: 101 }, (_, k) => 10 - 0.004 * (k - 40) ** 2)
const motion = stanceOf({
  eversionDeg: ramp,
  tibialRotationDeg: ramp.map((v) => v - ramp[0]!),
  dorsiflexionDeg: ramp,
})
const stride = (m = motion, c: Partial<StrideContext> = {}) =>
  strideMetrics(events, m, { ...context, ...c }, metricsDefaults)

describe('a stride', () => {
  it('has its times from the contacts', () => {
    const s = stride()
    expect(s.contactTimeMs).toBeCloseTo(250, 9)
    expect(s.swingTimeMs).toBeCloseTo(450, 9)
    expect(s.strideTimeMs).toBeCloseTo(700, 9)
    expect(s.flightTimeMs).toBeCloseTo(110, 9)
    expect(s.stepTimeMs).toBeCloseTo(360, 9)
    expect(s.dutyFactor).toBeCloseTo(250 / 700, 9)
    expect(s.cadenceSpm).toBeCloseTo(60 / 0.36, 9)
  })

  it('in walking overlaps with the other foot: negative flight', () => {
    expect(stride(motion, { otherIcS: 10.2 }).flightTimeMs).toBeCloseTo(-50, 9)
  })

  it('of one leg alone has no step, and its cadence from the stride', () => {
    const s = stride(motion, { otherIcS: null, previousOtherIcS: null })
    expect([s.flightTimeMs, s.stepTimeMs]).toEqual([null, null])
    expect(s.cadenceSpm).toBeCloseTo(120 / 0.7, 9)
    expect(s.quality.reasons).toContain('no contact of the other foot')
  })

  it('is as long as the belt ran, or as the shoe travelled, and says which', () => {
    expect(stride()).toMatchObject({ strideLengthM: expect.closeTo(2.1, 9), strideLengthSource: 'belt' })
    const estimated = stride(stanceOf({}, { estimatedSpeedMPerS: 2.8 }), { beltSpeedMPerS: null })
    expect(estimated).toMatchObject({
      strideLengthM: expect.closeTo(1.96, 9),
      strideLengthSource: 'estimated',
    })
    expect(stride(motion, { beltSpeedMPerS: null })).toMatchObject({
      strideLengthM: null,
      speedMPerS: null,
      strideLengthSource: null,
    })
  })

  it('is classed by its strike angle', () => {
    const type = (strikeAngleDeg: number | null) => stride(stanceOf({}, { strikeAngleDeg })).strikeType
    expect([8.1, 8, -1.6, -1.7, null].map(type)).toEqual(['rearfoot', 'midfoot', 'midfoot', 'forefoot', null])
  })

  it('names every metric, null where the pods cannot tell, never undefined', () => {
    const s = stride(stanceOf({}))
    for (const name of STRIDE_METRICS) expect(s[name] === null || Number.isFinite(s[name]), name).toBe(true)
    expect(s.peakEversionDeg).toBeNull()
    expect(s.peakTibialAxialG).toBeNull()
  })

  it('says how well it is known, only of what it has', () => {
    const s = stride()
    expect(s.uncertainty.peakEversionDeg).toBeGreaterThan(0.4)
    expect(s.uncertainty.contactTimeMs).toBeGreaterThan(5)
    for (const name of Object.keys(s.uncertainty) as (keyof typeof s.uncertainty)[])
      expect(s[name]).not.toBeNull()
  })

  it('knows eversion less where the ankle is flexed more, and excursion less where it lands steeper', () => {
    const flexed = (deg: number) =>
      stride(stanceOf({ ...motion.curves, dorsiflexionDeg: ramp.map(() => deg) })).uncertainty
        .peakEversionDeg!
    expect(flexed(25)).toBeGreaterThan(flexed(5))
    const steep = (strikeAngleDeg: number) =>
      stride(stanceOf(motion.curves, { strikeAngleDeg, alignmentSd: { tilt: 0, heading: 0.05 } })).uncertainty
        .eversionExcursionDeg!
    expect(steep(25)).toBeGreaterThan(steep(0))
  })

  it('is not ok while alignment settles or where samples are missing', () => {
    expect(stride().quality).toEqual({ ok: true, reasons: [] })
    expect(stride(motion, { settled: false }).quality).toEqual({ ok: false, reasons: ['settling'] })
    expect(stride(stanceOf({}, { sound: false, reasons: ['gap: right-shin'] })).quality.ok).toBe(false)
  })

  it('gives at toe-off what it will give in the record', () => {
    const live = stanceMetrics(events, motion, metricsDefaults)
    const record = stride()
    for (const [name, value] of Object.entries(live)) expect(record[name as keyof Stride]).toEqual(value)
  })
})

describe('a session’s summary', () => {
  const made = (leg: 'left' | 'right', icS: number, contactTimeMs: number): Stride => ({
    ...stride(),
    leg,
    icS,
    contactTimeMs,
    peakTibialAxialG: 5,
  })

  it('is the direct sums: mean, spread, slope per minute', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 180, max: 320, noNaN: true }), { minLength: 8, maxLength: 40 }),
        (values) => {
          const summary = new SessionSummary()
          const times = values.map((_, k) => 5 + 0.7 * k + 0.01 * k * k)
          for (const [k, v] of values.entries()) summary.add(made('left', times[k]!, v))
          const { left, drift } = summary.result()
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
          expect(drift.left!.contactTimeMs!).toBeCloseTo(60 * slope, 6)
          // what all strides share does not average out
          expect(left.contactTimeMs!.uncertainty).toBeGreaterThanOrEqual(stride().uncertainty.contactTimeMs!)
        },
      ),
    )
  })

  it('leaves out strides that are not ok', () => {
    const summary = new SessionSummary()
    summary.add({ ...made('left', 1, 250), quality: { ok: false, reasons: ['gap'] } })
    expect(summary.result().left).toEqual({ strides: 0 })
    expect(summary.cumulativeLoad('left')).toBeNull()
  })

  it('has the symmetry index and the cumulative load of the conventions', () => {
    const summary = new SessionSummary()
    for (let k = 0; k < 16; k++) summary.add(made('left', k, 240))
    summary.add(made('right', 1, 260))
    expect(summary.result().symmetryPct.contactTimeMs).toBeCloseTo((100 * 20) / 250, 9)
    expect(summary.cumulativeLoad('left')).toBeCloseTo(16 ** 0.25 * 5, 9)
    expect(summary.cumulativeLoad('right')).toBeCloseTo(5, 9)
    expect(symmetryIndex(-1, 1)).toBeNull()
    expect(symmetryIndex(undefined, 1)).toBeNull()
  })
})
