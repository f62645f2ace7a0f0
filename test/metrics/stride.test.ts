import { describe, expect, it } from 'vitest'
import { STRIDE_METRICS, type Stride } from '../../host/analysis/document.ts'
import { metricsDefaults } from '../../host/metrics/settings.ts'
import { stanceMetrics } from '../../host/metrics/stride.ts'
import { uncertaintyOf } from '../../host/metrics/uncertainty.ts'
import type { StanceMotion } from '../../host/motion/stance.ts'
import { accelerationOf, events, motion, ramp, stanceOf, stride } from './stance.ts'

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
    const way = Float64Array.of(0, 1.96, 0)
    const travel = { way, lengthM: 1.96, sdM: 0.03 }
    const estimated = stride(motion, { travel, beltSpeedMPerS: null })
    expect(estimated).toMatchObject({ strideLengthM: 1.96, strideLengthSource: 'estimated' })
    expect(estimated.speedMPerS).toBeCloseTo(2.8, 9)
    expect(estimated.uncertainty.strideLengthM).toBeGreaterThan(0.03)
    expect(estimated.uncertainty.speedMPerS).toBeCloseTo(estimated.uncertainty.strideLengthM! / 0.7, 9)
    const unknown = stride(motion, { beltSpeedMPerS: null })
    expect(unknown).toMatchObject({ strideLengthM: null, speedMPerS: null, strideLengthSource: null })
    expect(unknown.uncertainty.strideLengthM).toBeUndefined()
    expect(unknown.quality).toEqual({
      ok: true,
      reasons: ['stride length: the foot was not seen at rest before and after'],
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

  it('knows the angle at toe-off less in walking, and a tibial peak less that the window opens on', () => {
    const of = (dutyFactor: number, shin: StanceMotion['shin'] = null) =>
      uncertaintyOf(
        { dutyFactor, toeOffAngleDeg: 60, peakTibialAxialG: 3 },
        stanceOf({}, { shin }),
        null,
        metricsDefaults,
      )
    expect(of(0.6).toeOffAngleDeg).toBeGreaterThan(1.5 * of(0.4).toeOffAngleDeg!)
    const slowing = accelerationOf(
      () => 0,
      (t) => 3 - 40 * (t - 10),
      () => 0,
    )
    // 40 g a second for 7 ms, beside what any peak has
    expect(of(0.6, slowing).peakTibialAxialG).toBeCloseTo(Math.hypot(of(0.6).peakTibialAxialG!, 0.28), 6)
  })

  it('knows contact time less in walking', () => {
    const of = (contactTimeMs: number) =>
      uncertaintyOf(
        { contactTimeMs, strideTimeMs: 1000, dutyFactor: contactTimeMs / 1000 },
        stanceOf({}),
        null,
        metricsDefaults,
      ).contactTimeMs!
    expect(of(600)).toBeGreaterThan(of(400))
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
    expect(stride(motion, { axisStrides: 2 }).quality).toEqual({ ok: false, reasons: ['settling'] })
    expect(stride(stanceOf({}, { sound: false, reasons: ['gap: right-shin'] })).quality.ok).toBe(false)
  })

  it('counts after three strides, says so until eight, and knows angles less', () => {
    const few = stride(motion, { axisStrides: 4 })
    expect(few.quality).toEqual({ ok: true, reasons: ['few strides: axes from 4'] })
    const { peakEversionDeg, strikeAngleDeg, strideTimeMs } = stride().uncertainty
    expect(few.uncertainty.peakEversionDeg).toBeCloseTo(Math.SQRT2 * peakEversionDeg!, 9)
    expect(few.uncertainty.strikeAngleDeg).toBeCloseTo(Math.SQRT2 * strikeAngleDeg!, 9)
    expect(few.uncertainty.strideTimeMs).toBe(strideTimeMs)
  })

  it('gives at toe-off what it will give in the record', () => {
    const live = stanceMetrics(events, motion, metricsDefaults)
    const record = stride()
    for (const [name, value] of Object.entries(live)) expect(record[name as keyof Stride]).toEqual(value)
  })
})
