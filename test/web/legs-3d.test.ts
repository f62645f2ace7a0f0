import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LegPose, LegStretch, PoseMessage } from '../../host/server/messages.ts'
import { dragged, keyed, leftIsLeft, PRESETS, presetOf, turned } from '../../host/web/legs-3d-camera.ts'
import {
  collar,
  cuff,
  heelLine,
  print,
  SHIN_M,
  SOLE_M,
  SOLE_POINTS,
  shin,
  sole,
  thickened,
  tread,
  upper,
} from '../../host/web/legs-3d-shapes.ts'
import { stood, unknownStand } from '../../host/web/legs-3d-stand.ts'
import { StanceByStance, usualEversion } from '../../host/web/legs-3d-usual.ts'

describe('where the legs are looked at from', () => {
  const view = fc.record({
    azimuth: fc.double({ min: -7, max: 7, noNaN: true }),
    elevation: fc.double({ min: -0.05, max: 1.5, noNaN: true }),
    zoom: fc.double({ min: 0.6, max: 3, noNaN: true }),
  })

  it('is never under the ground, never over the top, never lost', () => {
    const move = fc.double({ min: -500, max: 500, noNaN: true })
    fc.assert(
      fc.property(view, move, move, (from, dx, dy) => {
        const to = dragged(from, dx, dy)
        expect(to.elevation).toBeGreaterThanOrEqual(-0.05)
        expect(to.elevation).toBeLessThanOrEqual(1.5)
        expect(to.azimuth).toBeCloseTo(from.azimuth - 0.008 * dx, 9)
      }),
    )
  })

  it('a key and its opposite lead back', () => {
    const from = { ...PRESETS.back, elevation: 0.5 }
    for (const [there, back] of [
      ['ArrowLeft', 'ArrowRight'],
      ['ArrowUp', 'ArrowDown'],
      ['+', '-'],
    ] as const) {
      const to = keyed(keyed(from, there)!, back)!
      for (const part of ['azimuth', 'elevation', 'zoom'] as const)
        expect(to[part]).toBeCloseTo(from[part], 9)
    }
    expect(keyed(from, 'Home')).toBe(PRESETS.back)
    expect(keyed(from, 'm')).toBeNull()
  })

  it('keeps its name until it is turned', () => {
    expect(presetOf(PRESETS.side)).toBe('side')
    expect(presetOf(turned(PRESETS.side, 0.1, 0))).toBeNull()
  })

  it('has the left leg on the left from behind, on the right from the front', () => {
    expect(leftIsLeft(PRESETS.back)).toBe(true)
    expect(leftIsLeft(PRESETS.front)).toBe(false)
  })
})

describe('where a leg is drawn', () => {
  const rest = SHIN_M + SOLE_M

  it('stands on the ground at once after a jump, and eases onto it otherwise', () => {
    expect(stood(unknownStand, 1, true, 0.43, rest).heightM).toBe(0.43)
    const landing = stood({ timeS: 1, heightM: rest }, 1.033, true, 0.43, rest)
    expect(landing.heightM).toBeGreaterThan(0.43)
    expect(landing.heightM).toBeLessThan(0.45)
  })

  it('never goes into the ground, and is in the air between stances', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 0.6, noNaN: true }),
        fc.double({ min: 0.3, max: 0.6, noNaN: true }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        fc.boolean(),
        (reach, before, dt, onGround) => {
          const { heightM } = stood({ timeS: 0, heightM: before }, dt, onGround, reach, rest)
          expect(heightM).toBeGreaterThanOrEqual(reach)
        },
      ),
    )
    expect(stood({ timeS: 0, heightM: 0.43 }, 0.2, false, 0.3, rest).heightM).toBeGreaterThan(0.47)
  })
})

describe('the drawn leg', () => {
  const bodies = { shin, sole, tread, upper, cuff: (inner: 1 | -1) => cuff(inner, 0.1, 0.15, 0.002) }

  it.each(Object.entries(bodies))('%s: closed, turned outward, the same size on either leg', (_, body) => {
    const volumes = ([1, -1] as const).map((inner) => {
      const geometry = body(inner)
      return volume(geometry)
    })
    // the signed volume of a closed surface is positive when every face looks outward
    expect(volumes[0]).toBeGreaterThan(1e-6)
    expect(volumes[1]! / volumes[0]!).toBeCloseTo(1, 4)
    expect(volume(thickened(body(1), 0.002))).toBeGreaterThan(volumes[0]!)
  })

  it('has the inside of the foot on the inside', () => {
    // the forefoot's outer edge is further out than its inner one at the ball
    const across = (inner: 1 | -1) => print(inner, 0).filter(([x]) => x > 0.03 && x < 0.06)
    const widest = (points: [number, number][]) => Math.max(...points.map(([, z]) => z))
    expect(widest(across(-1))).toBeGreaterThan(widest(across(1)))
  })

  it('stands on its sole, with the heel line on the back of the shoe', () => {
    expect(Math.min(...SOLE_POINTS.map(([, y]) => y))).toBeCloseTo(-SOLE_M, 3)
    for (const [x, , z] of heelLine()) {
      expect(z).toBe(0)
      expect(x).toBeLessThan(-0.081)
    }
    expect(collar(1)).toHaveLength(28)
  })
})

/** ∑ a · (b × c) / 6 over the faces, m³. */
function volume(geometry: ReturnType<typeof shin>): number {
  const p = geometry.getAttribute('position')
  const index = geometry.getIndex()!
  let sum = 0
  for (let i = 0; i < index.count; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => {
      const n = index.getX(i + k)
      return [p.getX(n), p.getY(n), p.getZ(n)] as const
    }) as unknown as [readonly number[], readonly number[], readonly number[]]
    sum +=
      a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) +
      a[1]! * (b[2]! * c[0]! - b[0]! * c[2]!) +
      a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!)
  }
  return sum / 6
}

describe('the usual at a moment of stance', () => {
  const usual = {
    strides: 20,
    metrics: { contactTimeMs: { mean: 200, sd: 5, n: 20, uncertainty: null } },
    curves: { eversionDeg: { mean: Array.from({ length: 101 }, (_, k) => k / 10), sd: [] } },
  } as LegStretch

  it('is the curve at that share of the usual contact', () => {
    expect(usualEversion(usual, 0)).toBe(0)
    expect(usualEversion(usual, 0.1)).toBeCloseTo(5, 9)
    expect(usualEversion(usual, 0.1234)).toBeCloseTo(6.17, 9)
    // a longer contact than usual ends as the usual one does
    expect(usualEversion(usual, 0.3)).toBeCloseTo(10, 9)
  })

  it('is nothing in the air, without a usual, and without its curve', () => {
    expect(usualEversion(usual, null)).toBeNull()
    expect(usualEversion(null, 0.1)).toBeNull()
    expect(usualEversion({ ...usual, curves: {} }, 0.1)).toBeNull()
  })
})

describe('stance by stance', () => {
  const leg = (eversionDeg: number | null, sinceContactS: number | null): LegPose => ({
    shin: [1, 0, 0, 0],
    shoe: [1, 0, 0, 0],
    eversionDeg,
    sinceContactS,
    provisional: false,
  })
  const air = leg(0, null)
  const pose = (timeS: number, left: LegPose, right = air): PoseMessage => ({
    type: 'pose',
    timeS,
    legs: { left, right },
  })

  it('shows each leg at its furthest, once its stance is over, and is still between', () => {
    const steps = new StanceByStance()
    expect(steps.take(pose(0, air))).not.toBeNull()
    expect(steps.take(pose(0.1, leg(-5, 0.01)))).toBeNull()
    expect(steps.take(pose(0.2, leg(9, 0.11)))).toBeNull()
    expect(steps.take(pose(0.3, leg(2, 0.21)))).toBeNull()
    expect(steps.take(pose(0.4, air))?.legs.left).toEqual(leg(9, 0.11))
    expect(steps.take(pose(0.5, air, leg(1, 0.01)))).toBeNull()
    const shown = steps.take(pose(0.6, air, air))
    expect(shown?.legs.right).toEqual(leg(1, 0.01))
    expect(shown?.legs.left).toEqual(leg(9, 0.11))
  })
})
