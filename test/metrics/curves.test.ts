import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maximum, shareAbove, slopes, topWidth, valueAt } from '../../host/metrics/curve.ts'
import { couplingAngle, jointMetrics } from '../../host/metrics/joint.ts'
import { phasesOf } from '../../host/metrics/phases.ts'
import { stanceOf } from './stance.ts'

const points = (f: (x: number) => number) => Array.from({ length: 101 }, (_, k) => f(k / 100))

describe('reading a curve', () => {
  it('finds a parabola’s top between the points exactly', () => {
    fc.assert(
      fc.property(fc.double({ min: 2, max: 98, noNaN: true }), (top) => {
        const found = maximum(points((x) => 7 - 0.01 * (100 * x - top) ** 2))
        expect(found.at).toBeCloseTo(top, 6)
        expect(found.value).toBeCloseTo(7, 9)
      }),
    )
  })

  it('takes an end as it is, and the first of a flat top', () => {
    expect(maximum([3, 2, 1])).toEqual({ value: 3, at: 0 })
    expect(maximum([1, 2, 3])).toEqual({ value: 3, at: 2 })
    // the span ends before the 9; a parabola through 0 5 4 peaks at 5⅓ a third of a point on
    const top = maximum([0, 5, 4, 9], 0, 2)
    expect(top.value).toBeCloseTo(16 / 3, 12)
    expect(top.at).toBeCloseTo(4 / 3, 12)
  })

  it('counts the share above zero with its crossings', () => {
    expect(shareAbove(points((x) => x - 0.333))).toBeCloseTo(0.667, 9)
    expect(shareAbove([1, 1])).toBe(1)
    expect(shareAbove([-1, -1])).toBe(0)
  })

  it('is as wide at the top as it is flat', () => {
    // a parabola falls by d at √(d / a) on either side
    expect(
      topWidth(
        points((x) => -0.01 * (100 * x - 50) ** 2),
        1.005,
      ),
    ).toBe(20)
    expect(
      topWidth(
        points(() => 1),
        0.1,
      ),
    ).toBe(100)
  })

  it('has slopes and values by the straight line', () => {
    expect(Array.from(slopes([0, 1, 4]))).toEqual([1, 2, 3])
    expect(valueAt([0, 2, 6], 1.5)).toBe(4)
  })
})

describe('joint metrics of closed-form curves', () => {
  // a stance of 0.25 s: eversion −6 → 10 at 40 % → −4 by cosines, rotation 8 sin, flexion a parabola
  const half = (a: number, b: number, x: number) => a + ((b - a) * (1 - Math.cos(Math.PI * x))) / 2
  const eversion = points((x) => (x < 0.4 ? half(-6, 10, x / 0.4) : half(10, -4, (x - 0.4) / 0.6)))
  const rotation = points((x) => 8 * Math.sin(Math.PI * x))
  const flexion = points((x) => 20 - 80 * (x - 0.55) ** 2)
  const stance = stanceOf({ eversionDeg: eversion, tibialRotationDeg: rotation, dorsiflexionDeg: flexion })
  const m = jointMetrics(stance)

  it('are each what the conventions say', () => {
    expect(m.eversionAtContactDeg).toBeCloseTo(-6, 9)
    expect(m.peakEversionDeg).toBeCloseTo(10, 2)
    expect(m.peakEversionPct).toBeCloseTo(40, 0)
    expect(m.timeToPeakEversionMs).toBeCloseTo(2.5 * m.peakEversionPct!, 9)
    expect(m.eversionExcursionDeg).toBeCloseTo(16, 2)
    // steepest of a cosine ramp: π/2 · 16° in 0.1 s, at its middle
    expect(m.peakEversionVelocityDegPerS! / ((Math.PI / 2) * 160)).toBeCloseTo(1, 2)
    expect(m.peakEversionVelocityPct).toBeCloseTo(20, 0)
    // cosines cross zero where half(…) = 0
    const up = (0.4 * Math.acos(1 - (2 * 6) / 16)) / Math.PI
    const down = 0.4 + (0.6 * Math.acos(1 - (2 * 10) / 14)) / Math.PI
    expect(m.evertedPct).toBeCloseTo(100 * (down - up), 1)
    expect(m.resupinationDeg).toBeCloseTo(14, 2)
    expect(m.tibialRotationExcursionDeg).toBeCloseTo(8, 9)
    expect(m.peakTibialRotationPct).toBeCloseTo(50, 9)
    expect(m.couplingRatio).toBeCloseTo(2, 2)
    expect(m.couplingLagPct).toBeCloseTo(10, 0)
    expect(m.peakDorsiflexionDeg).toBeCloseTo(20, 9)
    expect(m.peakDorsiflexionPct).toBeCloseTo(55, 9)
  })

  it('without standing leave absolute angles out and nothing else', () => {
    const relative = jointMetrics({ ...stance, fromStanding: false })
    const left = Object.entries(relative).filter(([, v]) => v === null)
    expect(left.map(([name]) => name).sort()).toEqual([
      'eversionAtContactDeg',
      'evertedPct',
      'peakDorsiflexionDeg',
      'peakEversionDeg',
    ])
    expect(relative.eversionExcursionDeg).toBe(m.eversionExcursionDeg)
  })

  it('have no coupling ratio where the tibia hardly turns', () => {
    const still = stanceOf({
      eversionDeg: eversion,
      tibialRotationDeg: points(() => 0),
      dorsiflexionDeg: flexion,
    })
    expect(jointMetrics(still).couplingRatio).toBeNull()
  })
})

describe('vector coding', () => {
  it('is 45° degree for degree, 90° for eversion alone, and a circular mean', () => {
    expect(couplingAngle([0, 1, 2], [0, 1, 2], 2)).toBeCloseTo(45, 12)
    expect(couplingAngle([0, 0, 0], [0, 3, 4], 2)).toBeCloseTo(90, 12)
    // by hand: steps at +170° and −170° average to 180°, not to 0°
    const s = Math.sin((10 * Math.PI) / 180)
    const c = Math.cos((10 * Math.PI) / 180)
    expect(Math.abs(couplingAngle([0, -c, -2 * c], [0, s, 0], 2)!)).toBeCloseTo(180, 9)
    // 30° and 60°, whatever their lengths: 45°
    const r = Math.sqrt(3)
    expect(couplingAngle([0, r, r + 5], [0, 1, 1 + 5 * r], 2)).toBeCloseTo(45, 9)
    expect(couplingAngle([1, 1], [2, 2], 1)).toBeNull()
  })
})

describe('the five phases', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })

  it('cover the stance in order, whatever order the events come in', () => {
    fc.assert(
      fc.property(share, share, share, (flat, rise, top) => {
        const stance = stanceOf({
          eversionDeg: points((x) => -((x - top) ** 2)),
          tibialRotationDeg: points((x) => x),
          dorsiflexionDeg: points((x) => x),
        })
        const { icS, toS } = stance
        const at = (x: number) => icS + x * (toS - icS)
        const phases = phasesOf({ icS, toS, footFlatS: at(flat), heelRiseS: at(rise) }, stance)!
        expect(phases.map((p) => p.name)).toEqual([
          'strike',
          'suspension',
          'transition',
          'shift',
          'propulsion',
        ])
        expect(phases[0]!.startPct).toBe(0)
        expect(phases[4]!.endPct).toBe(100)
        for (const [k, p] of phases.entries()) {
          expect(p.endPct).toBeGreaterThanOrEqual(p.startPct)
          if (k > 0) expect(p.startPct).toBe(phases[k - 1]!.endPct)
        }
        // what is travelled adds up to the whole
        const sum = phases.reduce((total, p) => total + p.tibialRotationDeg!, 0)
        expect(sum).toBeCloseTo(1, 9)
      }),
    )
  })

  it('end where the rule says', () => {
    const stance = stanceOf({
      eversionDeg: points((x) => -((x - 0.4) ** 2)),
      tibialRotationDeg: points((x) => x),
      dorsiflexionDeg: points((x) => x),
    })
    const { icS, toS } = stance
    const at = (x: number) => icS + x * (toS - icS)
    const ends = phasesOf({ icS, toS, footFlatS: at(0.15), heelRiseS: at(0.6) }, stance)!.map((p) => p.endPct)
    for (const [k, end] of [15, 40, 60, 80, 100].entries()) expect(ends[k]).toBeCloseTo(end, 6)
    expect(phasesOf({ icS, toS, footFlatS: null, heelRiseS: at(0.6) }, stance)).toBeNull()
  })
})
