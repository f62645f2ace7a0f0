import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rotate, rotateBack } from '../../host/motion/quaternion.ts'
import { levelAt, meanSpecificForce, UpTracker } from '../../host/motion/tilt.ts'
import { AngleTracker, alphaBetaGains, angleAt, wrapAngle } from '../../host/motion/tracker.ts'
import { GRAVITY } from '../../shared/imu.ts'
import { orientation, trackOf } from './rigid-body.ts'

const part = fc.double({ min: -1, max: 1, noNaN: true })
const direction = fc
  .tuple(part, part, part)
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => Float64Array.from(v))

describe('mean specific force', () => {
  it('over one period of a swinging, travelling pod is up to a hundredth of a degree', () => {
    const w = (2 * Math.PI) / 0.7
    const body = {
      angles: (t: number): [number, number, number] => [
        0.2 * Math.sin(w * t),
        0.6 * Math.sin(w * t + 1),
        0.3,
      ],
      place: (t: number): [number, number, number] => [
        3 * t + 0.3 * Math.sin(w * t),
        0,
        0.1 * Math.cos(2 * w * t),
      ],
      mount: Float64Array.of(0.5, -0.5, 0.5, 0.5),
    }
    const track = trackOf(body, 0, 2)
    const found = new Float64Array(3)
    // cut at times that are no samples
    meanSpecificForce(track, 0.5011, 1.2011, found)
    const start = orientation(body, 0)
    const up = Float64Array.of(0, 0, 1)
    rotateBack(up, 0, start, 0, up, 0)
    const norm = Math.hypot(...found)
    expect(norm).toBeCloseTo(GRAVITY, 2)
    const cosine = (found[0]! * up[0]! + found[1]! * up[1]! + found[2]! * up[2]!) / norm
    expect((Math.acos(Math.min(1, cosine)) * 180) / Math.PI).toBeLessThan(0.02)
  })
})

describe('the level frame', () => {
  it('has up at +z for any mount, also upside down', () => {
    fc.assert(
      fc.property(direction, (up) => {
        const tracker = new UpTracker(0.5, 0.15)
        tracker.observe(1, up)
        const level = new Float64Array(4)
        levelAt(tracker.state!, 1, level)
        const out = new Float64Array(3)
        rotate(out, 0, level, 0, up, 0)
        expect(out[2]! / Math.hypot(...up)).toBeCloseTo(1, 12)
        expect(Math.hypot(...level)).toBeCloseTo(1, 12)
      }),
    )
  })

  it('follows a steady drift without lag', () => {
    const tracker = new UpTracker(0.5, 0.15)
    const rate = 0.01
    const upAt = (t: number) => Float64Array.of(0, Math.sin(rate * t), Math.cos(rate * t))
    for (let t = 0; t < 40; t += 0.7) tracker.observe(t, upAt(t))
    const level = new Float64Array(4)
    levelAt(tracker.state!, 40, level)
    const out = new Float64Array(3)
    rotate(out, 0, level, 0, upAt(40), 0)
    expect(Math.hypot(out[0]!, out[1]!)).toBeLessThan(1e-3)
    expect(Math.sqrt(tracker.variance)).toBeLessThan(1e-3)
  })
})

describe('the level frame over a long session', () => {
  /** Half a degree a second of bias about an axis at `leanRad` to the first up, for ten minutes, told once a stride: a heading for each. */
  function headings(leanRad: number, alongAxis: boolean): number[] {
    const rate = (0.5 * Math.PI) / 180
    const [c, s] = [Math.cos(leanRad), Math.sin(leanRad)]
    const tracker = new UpTracker(0.5, 0.15)
    const level = new Float64Array(4)
    const seen = new Float64Array(3)
    const out: number[] = []
    for (let t = 0; t < 600; t += 0.7) {
      // up goes round the axis x, along a cone or, at a right angle, a great circle
      const up = Float64Array.of(c, s * Math.sin(rate * t), s * Math.cos(rate * t))
      tracker.observe(t, up)
      levelAt(tracker.state!, t, level)
      const ahead = alongAxis ? Float64Array.of(1, 0, 0) : Float64Array.of(0, up[2]! / s, -up[1]! / s)
      rotate(seen, 0, level, 0, ahead, 0)
      out.push(Math.atan2(seen[1]!, seen[0]!))
    }
    return out
  }

  it('keeps the heading of the axis it drifts about, past half a turn and further', () => {
    for (const heading of headings(Math.PI / 2, true)) expect(Math.abs(heading)).toBeLessThan(1e-3)
  })

  it('turns on a cone as a vector carried along without turning does: by its rate times the cosine of the cone', () => {
    const lean = 1.3
    const found = headings(lean, false)
    const turned = found.slice(20).map((heading, k) => wrapAngle(heading - found[19 + k]!))
    const expected = ((0.5 * Math.PI) / 180) * 0.7 * Math.cos(lean)
    for (const turn of turned) expect(Math.abs(turn)).toBeCloseTo(expected, 4)
  })
})

describe('the alpha-beta tracker', () => {
  it('starts as a straight-line fit: two points give the line, three the least squares', () => {
    const tracker = new AngleTracker(0.2, 0.02)
    const values = [0.1, 0.15, 0.35]
    for (const [t, v] of values.entries()) tracker.observe(t, v)
    // least squares through (0, .1) (1, .15) (2, .35): slope .125, at 2: .325
    expect(angleAt(tracker.state!, 2)).toBeCloseTo(0.325, 10)
    expect(tracker.state!.rate).toBeCloseTo(0.125, 10)
  })

  it('comes down to its steady gains and no further', () => {
    expect(alphaBetaGains(1000, 0.2, 0.02)).toEqual([0.2, 0.02])
    const [alpha] = alphaBetaGains(5, 0.2, 0.02)
    expect(alpha).toBeCloseTo((2 * 9) / 30, 12)
  })

  it('takes the short way round', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (a) => {
        expect(Math.abs(wrapAngle(a))).toBeLessThanOrEqual(Math.PI + 1e-12)
        expect(Math.cos(wrapAngle(a))).toBeCloseTo(Math.cos(a), 9)
        expect(Math.sin(wrapAngle(a))).toBeCloseTo(Math.sin(a), 9)
      }),
    )
    const tracker = new AngleTracker(0.5, 0.1)
    tracker.observe(0, 3.1)
    tracker.observe(1, -3.1)
    expect(Math.cos(angleAt(tracker.state!, 1))).toBeCloseTo(Math.cos(3.1), 2)
  })
})
