import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelAcceleration, segmentAcceleration, smoothed } from '../../host/motion/acceleration.ts'
import { addMoment, MOMENTS, principalAxis } from '../../host/motion/principal-axis.ts'
import { multiply } from '../../host/motion/quaternion.ts'
import { motionDefaults } from '../../host/motion/settings.ts'
import { PodTrack } from '../../host/motion/track.ts'
import { stillestInstant, travelBetween } from '../../host/motion/travel.ts'
import { GRAVITY } from '../../shared/imu.ts'
import { type Body, type Triple, trackOf, turn } from './rigid-body.ts'

const ONE = Float64Array.of(1, 0, 0, 0)

/** Rests until 0.2 s and from 0.8 s on, `to` away: smooth to the third derivative. */
const stepTo = (x: number, y: number) => {
  const share = (t: number): number => {
    const u = Math.min(1, Math.max(0, (t - 0.2) / 0.6))
    return u ** 4 * (35 - 84 * u + 70 * u ** 2 - 20 * u ** 3)
  }
  return (t: number): Triple => [x * share(t), y * share(t), 0.2 * Math.sin(Math.PI * share(t)) ** 2]
}
const upright = (): Triple => [0, 0, 0]
const [REST_S, NEXT_REST_S] = [0.1, 0.9]

describe('travel', () => {
  it('between two rests is the straight way, wherever the foot went and however it turned meanwhile', () => {
    const place = stepTo(1.6, -0.4)
    const angles = (t: number): Triple => [0.6 * (place(t)[0] / 1.6), -8 * place(t)[2], 0]
    const { way, lengthM } = travelBetween(trackOf({ angles, place }, 0, 1), REST_S, NEXT_REST_S)!
    expect(way[0]!).toBeCloseTo(1.6, 2)
    expect(way[1]!).toBeCloseTo(-0.4, 2)
    expect(lengthM).toBeCloseTo(Math.hypot(1.6, 0.4), 2)
  })

  it('does not hang on how the pod is stuck on, nor on where the way leads', () => {
    const place = stepTo(1.6, -0.4)
    const angle = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(angle, angle, angle, (a, b, yaw) => {
        const mount = new Float64Array(4)
        multiply(mount, 0, turn(a, 0), 0, turn(b, 1), 0)
        const angles = (t: number): Triple => [yaw, -8 * place(t)[2], 0]
        const track = trackOf({ angles, place, mount }, 0, 1, 200)
        expect(travelBetween(track, REST_S, NEXT_REST_S)!.lengthM).toBeCloseTo(Math.hypot(1.6, 0.4), 2)
      }),
      { numRuns: 25 },
    )
  })

  it('does not hang on a constant error of the accelerometer', () => {
    const track = trackOf({ angles: upright, place: stepTo(2, 0) }, 0, 1)
    for (let k = 0; k < track.count; k++) track.accel[3 * k]! += 0.3
    expect(travelBetween(track, REST_S, NEXT_REST_S)!.lengthM).toBeCloseTo(2, 2)
  })

  it('goes along with a shoe that rolls while the pod is over the ground', () => {
    const pitch = 0.8
    const place = stepTo(2, 0)
    const body: Body = {
      angles: (t) => [0, pitch * t, 0],
      place: (t) => [place(t)[0] + 0.05 * pitch * t, 0, 0],
    }
    const { lengthM } = travelBetween(trackOf(body, 0, 1), REST_S, NEXT_REST_S)!
    expect(lengthM).toBeCloseTo(2 + 0.05 * pitch * 0.8, 2)
  })

  it('puts a blow between two samples where it was, and knows the length less', () => {
    // at rest from 0.8 s on, the blow that ends the way comes at 0.7 s and is read 0.4 m/s too weak
    const track = trackOf({ angles: upright, place: stepTo(2, 0) }, 0, 1, 200)
    const clean = travelBetween(track, REST_S, NEXT_REST_S)!
    track.accel[3 * track.firstAtOrAfter(0.7)]! += 0.4 * 200
    const struck = travelBetween(track, REST_S, NEXT_REST_S)!
    // spread over the whole way it would make it shorter by 0.4 m/s × (0.8 / 2 − 0.2) s
    expect(Math.abs(struck.lengthM - 2)).toBeLessThan((0.4 * (0.4 - 0.2)) / 3)
    expect(struck.sdM).toBeGreaterThan(2 * clean.sdM)
    expect(Math.abs(struck.lengthM - 2)).toBeLessThan(2 * struck.sdM)
  })

  it('is not known where the foot turns, or has not come to rest yet', () => {
    const place = stepTo(2, 0)
    const turning = trackOf({ angles: (t) => [0, 0, t < 0.5 ? 0 : 2 * (t - 0.5)], place }, 0, 1)
    expect(travelBetween(turning, REST_S, NEXT_REST_S)).toBeNull()
    expect(travelBetween(trackOf({ angles: upright, place }, 0, 0.85), REST_S, NEXT_REST_S)).toBeNull()
  })

  it('knows less of it where samples were at the limit', () => {
    const track = trackOf({ angles: upright, place: stepTo(2, 0) }, 0, 1)
    const { sdM } = travelBetween(track, REST_S, NEXT_REST_S)!
    for (let n = track.firstAtOrAfter(0.6); n < track.firstAtOrAfter(0.62); n++) track.clipped[n] = 1
    expect(travelBetween(track, REST_S, NEXT_REST_S)!.sdM).toBeGreaterThan(1.1 * sdM)
  })

  it('is measured from where the foot turns least', () => {
    const body: Body = { angles: (t) => [0, (t - 0.3) ** 2, 0], place: () => [0, 0, 0] }
    expect(stillestInstant(trackOf(body, 0, 1), 0.1, 0.6)).toBeCloseTo(0.3, 2)
  })
})

describe('acceleration without gravity', () => {
  it('is nothing for a pod at rest, in either frame', () => {
    const track = new PodTrack(64, 0.03)
    for (let k = 0; k < 40; k++) track.push(k / 400, Float64Array.of(0, 0, GRAVITY, 0, 0, 0), false)
    const level = levelAcceleration(track, 0, 0.09, ONE)!
    const own = segmentAcceleration(track, 0, 0.09, Float64Array.of(0, 0, 1), ONE)!
    for (const a of [level, own])
      for (const channel of [a.x, a.y, a.z]) for (const v of channel) expect(v).toBeCloseTo(0, 12)
  })

  it('keeps the samples as they are and bridges a hole with a straight line', () => {
    const track = new PodTrack(64, 0.03)
    for (let k = 0; k < 40; k++)
      if (k < 10 || k > 14) track.push(k / 400, Float64Array.of(GRAVITY * k, 0, GRAVITY, 0, 0, 0), false)
    const { x, stepS, startS } = levelAcceleration(track, 0, 0.09, ONE)!
    expect(startS).toBe(0)
    expect(stepS).toBeCloseTo(1 / 400, 9)
    for (let k = 0; k < x.length; k++) expect(x[k]!).toBeCloseTo(k, 6)
  })

  it('is not low-passed where sampling is too slow for it', () => {
    const track = new PodTrack(64, 0.03)
    for (let k = 0; k < 40; k++) track.push(k / 100, Float64Array.of(0, 0, GRAVITY, 0, 0, 0), false)
    expect(smoothed(levelAcceleration(track, 0, 0.3, ONE)!, motionDefaults)).toBeNull()
  })
})

describe('the principal axis', () => {
  it('is the direction most is turned about, with its share', () => {
    const moments = new Float64Array(MOMENTS)
    addMoment(moments, Float64Array.of(0, 3, 4), 0, 1)
    addMoment(moments, Float64Array.of(5, 0, 0), 0, 0.5)
    const { axis, share } = principalAxis(moments)!
    expect(Math.abs(axis[1]!)).toBeCloseTo(0.6, 10)
    expect(Math.abs(axis[2]!)).toBeCloseTo(0.8, 10)
    expect(share).toBeCloseTo(25 / 37.5, 10)
    expect(principalAxis(new Float64Array(MOMENTS))).toBeNull()
  })
})
