import { describe, expect, it } from 'vitest'
import { levelAcceleration, segmentAcceleration, smoothed } from '../../host/motion/acceleration.ts'
import { addMoment, MOMENTS, principalAxis } from '../../host/motion/principal-axis.ts'
import { motionDefaults } from '../../host/motion/settings.ts'
import { PodTrack } from '../../host/motion/track.ts'
import { stillestInstant, travelBetween } from '../../host/motion/travel.ts'
import { GRAVITY } from '../../shared/imu.ts'
import { trackOf } from './rigid-body.ts'

const ONE = Float64Array.of(1, 0, 0, 0)

describe('travel', () => {
  it('between two rests is the step itself, whatever constant error the accelerometer has', () => {
    const T = 0.7
    const w = (2 * Math.PI) / T
    // at rest at 0 and T, 2 m ahead and 0.3 m to the side between
    const body = {
      angles: (): [number, number, number] => [0, 0, 0],
      place: (t: number): [number, number, number] => {
        const s = t / T - Math.sin(w * t) / (2 * Math.PI)
        return [2 * s, 0.3 * s, 0]
      },
    }
    const track = trackOf(body, 0, 1)
    for (let k = 0; k < track.count; k++) track.accel[3 * k]! += 0.3
    const { x, y, durationS } = travelBetween(track, 0, T, ONE)
    expect(durationS).toBeCloseTo(T, 6)
    expect(x).toBeCloseTo(2, 2)
    expect(y).toBeCloseTo(0.3, 2)
  })

  it('is measured from where the foot turns least', () => {
    const body = {
      angles: (t: number): [number, number, number] => [0, (t - 0.3) ** 2, 0],
      place: (): [number, number, number] => [0, 0, 0],
    }
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
