import { describe, expect, it } from 'vitest'
import { CURVE_LOOK } from '../../host/web/curves.ts'
import { legView, metric, stanceCurve, summary, widen } from '../../host/web/leg-view.ts'
import { type Step, stepOfStance } from '../../host/web/steps.ts'
import { stanceOf } from '../server/scripted-feed.ts'

const step = (index: number, peakDeg: number, reasons: string[] = []): Step =>
  stepOfStance(stanceOf(index, { peakDeg, reasons }))

describe('the view of a leg', () => {
  it('is of its last n steps, without those that have a flag', () => {
    const view = legView([step(0, 99), step(1, 8), step(2, 50, ['gap: left-shoe']), step(3, 12)], 3, [
      'eversionDeg',
    ])
    expect(view.steps.map(({ index }) => index)).toEqual([1, 2, 3])
    expect(view.usable.map(({ index }) => index)).toEqual([1, 3])
    expect(view.last?.index).toBe(3)
    expect(view.bands.eversionDeg).toMatchObject({ n: 2 })
    expect(view.bands.eversionDeg?.mean[40]).toBeCloseTo(10, 12)
    expect(view.bands.eversionDeg?.sd[40]).toBeCloseTo(Math.sqrt(8), 12)
    expect(metric(view.usable, 'peakEversionDeg')).toMatchObject({ mean: 10, n: 2 })
  })

  it('puts foot flat and heel rise in % of the stance', () => {
    const view = legView([step(0, 10)], 12, [])
    expect(view.footFlatPct).toBeCloseTo(10, 9)
    expect(view.heelRisePct).toBeCloseTo(60, 9)
  })

  it('gives tibial rotation from contact', () => {
    const curve = stanceCurve(step(0, 10), 'tibialRotationDeg')
    expect(curve?.[0]).toBe(0)
    expect(curve?.[40]).toBeCloseTo(10, 12)
  })

  it('of nothing knows nothing', () => {
    const view = legView([], 12, ['eversionDeg'])
    expect(view).toMatchObject({
      last: null,
      bands: { eversionDeg: null },
      phases: null,
      settling: false,
    })
    expect(metric([], 'peakEversionPct')).toBeNull()
    expect(summary([], 'peakEversionPct')).toBeNull()
  })

  it('averages phases bound by bound', () => {
    const phase = (endPct: number, eversionDeg: number) => ({
      name: 'strike' as const,
      startPct: 0,
      endPct,
      eversionDeg,
      tibialRotationDeg: null,
    })
    const steps = [
      { ...step(0, 10), phases: [phase(8, 2)] },
      { ...step(1, 10), phases: [phase(12, 4)] },
      step(2, 10),
    ]
    expect(legView(steps, 12, []).phases).toEqual([phase(10, 3)])
  })

  it('leaves a peak at the limit of the sensor out of the impact, not out of the angles', () => {
    const clipped = step(1, 10, ['clipped: left-shin'])
    const steps = [
      step(0, 10),
      { ...clipped, recorded: true, quality: { ...clipped.quality, ok: true } },
    ].map((one, i) => ({ ...one, metrics: { ...one.metrics, peakTibialAxialG: 6 + 10 * i } }))
    expect(metric(steps, 'peakTibialAxialG')).toEqual({ mean: 6, sd: null, n: 1 })
    expect(metric(steps, 'peakEversionDeg')?.n).toBe(2)
  })
})

it('sums a metric up as the host does: what strides share stays, their scatter averages out', () => {
  const steps = [8, 10, 12, 10].map((peakDeg, i) => ({
    ...step(i, peakDeg),
    uncertainty: { peakEversionDeg: 1.5 },
  }))
  const sd = Math.sqrt(8 / 3)
  expect(summary(steps, 'peakEversionDeg')).toEqual({
    mean: 10,
    sd: expect.closeTo(sd, 12),
    n: 4,
    uncertainty: expect.closeTo(Math.hypot(1.5, sd / 2), 12),
  })
  expect(summary([step(0, 10)], 'peakEversionDeg')?.uncertainty).toBeNull()
})

describe('the range of an axis', () => {
  const EVERSION_RANGE = CURVE_LOOK.eversionDeg.range

  it('widens in steps of 5 when a mean leaves it and never narrows', () => {
    const wide = widen(EVERSION_RANGE, [-10.1, 22])
    expect(wide).toEqual({ min: -15, max: 26 })
    expect(widen(wide, [0, 1])).toBe(wide)
    expect(widen(EVERSION_RANGE, [-10, 16])).toBe(EVERSION_RANGE)
    expect(widen(EVERSION_RANGE, undefined)).toBe(EVERSION_RANGE)
  })
})
