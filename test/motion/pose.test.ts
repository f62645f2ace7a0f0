import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cross, unit } from '../../host/motion/axes.ts'
import { carried, departure, meanPose, type Pose } from '../../host/motion/pose.ts'
import { PoseWatch } from '../../host/motion/pose-watch.ts'
import { rotate } from '../../host/motion/quaternion.ts'

const DEG = Math.PI / 180

const number = fc.double({ min: -1, max: 1, noNaN: true })
const direction = fc
  .tuple(number, number, number)
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => unit(Float64Array.from(v)))
/** Up and turning axis may make any angle but none and a straight one. */
const pose = fc
  .tuple(direction, direction)
  .filter(([up, turning]) => Math.hypot(...cross(up, turning)) > 0.2)
  .map(([up, turning]): Pose => ({ up, turning }))

const turned = (v: Float64Array, axis: Float64Array, angle: number): Float64Array => {
  const out = new Float64Array(3)
  const s = Math.sin(angle / 2)
  rotate(out, 0, Float64Array.of(Math.cos(angle / 2), s * axis[0]!, s * axis[1]!, s * axis[2]!), 0, v, 0)
  return out
}
const turnedPose = ({ up, turning }: Pose, axis: Float64Array, angle: number): Pose => ({
  up: turned(up, axis, angle),
  turning: turned(turning, axis, angle),
})

describe('the turn between two poses', () => {
  it('is the angle turned by, about any axis', () => {
    fc.assert(
      fc.property(pose, direction, fc.double({ min: 0.01, max: 3.1, noNaN: true }), (p, axis, angle) => {
        expect(departure(p, turnedPose(p, axis, angle))).toBeCloseTo(angle, 6)
      }),
    )
  })

  it('carries any other direction of the segment along', () => {
    fc.assert(
      fc.property(pose, direction, direction, number, (p, axis, v, angle) => {
        const found = carried(v, p, turnedPose(p, axis, 3 * angle))
        const true_ = turned(v, axis, 3 * angle)
        for (let i = 0; i < 3; i++) expect(found[i]).toBeCloseTo(true_[i]!, 9)
      }),
    )
  })

  it('averages to the middle', () => {
    fc.assert(
      fc.property(pose, direction, (p, axis) => {
        const mean = meanPose([turnedPose(p, axis, 0.1), turnedPose(p, axis, -0.1)])
        expect(departure(mean, p)).toBeLessThan(0.01)
      }),
    )
  })
})

describe('a watch over poses', () => {
  const seat: Pose = { up: Float64Array.of(0, 1, 0), turning: Float64Array.of(0, 0, 1) }
  const about = (axis: 'x' | 'y' | 'z', deg: number): Pose =>
    turnedPose(
      seat,
      Float64Array.from(['x', 'y', 'z'], (name) => (name === axis ? 1 : 0)),
      deg * DEG,
    )
  /** A little scatter, never the same twice. */
  const near = (k: number): Pose => about('x', 1.5 * Math.sin(7 * k))
  const watched = (strides: number): PoseWatch => {
    const watch = new PoseWatch()
    for (let k = 0; k < strides; k++) expect(watch.observe(k, near(k), 'running')).toBeNull()
    return watch
  }

  it('settles a slip with its third stride, and says by how much', () => {
    const watch = watched(12)
    expect(watch.observe(12, about('y', 20), 'running')).toBeNull()
    expect(watch.doubtedSinceS).toBe(12)
    expect(watch.observe(13, about('y', 21), 'running')).toBeNull()
    const slip = watch.observe(14, about('y', 19), 'running')!
    expect(slip).toMatchObject({ sinceS: 12, noticedS: 14 })
    expect(slip.angle / DEG).toBeCloseTo(20, 0)
    expect(watch.doubtedSinceS).toBeNull()
    // the new seat is the known one now
    for (let k = 15; k < 30; k++) expect(watch.observe(k, about('y', 20), 'running')).toBeNull()
  })

  it('lets strides go that depart each in its own way, and a stumble of two', () => {
    const watch = watched(12)
    const odd = [about('y', 40), about('y', -40), about('x', 50), about('z', 40), about('x', -60)]
    for (const [k, one] of odd.entries()) expect(watch.observe(20 + k, one, 'running')).toBeNull()
    expect(watch.observe(30, near(30), 'running')).toBeNull()
    expect(watch.doubtedSinceS).toBeNull()
    for (const k of [31, 32]) expect(watch.observe(k, about('y', 20), 'running')).toBeNull()
    expect(watch.observe(33, near(33), 'running')).toBeNull()
    expect(watch.doubtedSinceS).toBeNull()
  })

  it('bears what is usual of an unsteady pod', () => {
    const watch = new PoseWatch()
    const unsteady = (k: number) => about('x', 12 * Math.sin(7 * k))
    for (let k = 0; k < 20; k++) watch.observe(k, unsteady(k), 'running')
    for (let k = 20; k < 40; k++) expect(watch.observe(k, about('x', 14), 'running')).toBeNull()
  })

  it('allows walking to differ from running, within bounds', () => {
    const watch = watched(8)
    for (let k = 8; k < 20; k++) expect(watch.observe(k, about('z', 15), 'walking')).toBeNull()
    const other = watched(8)
    const slips = [8, 9, 10].map((k) => other.observe(k, about('z', 30), 'walking'))
    expect(slips.map((slip) => slip !== null)).toEqual([false, false, true])
  })

  it('doubts a stride after a pause until the next one tells', () => {
    const watch = watched(8)
    watch.unseen(8)
    expect(watch.doubtedSinceS).toBe(8)
    watch.observe(9, near(9), 'running')
    expect(watch.doubtedSinceS).toBeNull()
    watch.unseen(10)
    for (const k of [11, 12]) watch.observe(k, about('y', 25), 'running')
    expect(watch.observe(13, about('y', 25), 'running')!.sinceS).toBe(10)
  })
})
