import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PodTrack } from '../../host/motion/track.ts'

const sample = (gx = 0, gy = 0, gz = 0) => Float64Array.of(1, 2, 3, gx, gy, gz)

/** Savage 1998: this orientation turns at the rate below it, in its own axes. */
const CONE = 0.2
const TURN = 2 * Math.PI * 3
const CONING_S = 5
const coning = (t: number): [number, number, number, number] => [
  Math.cos(CONE / 2),
  0,
  Math.sin(CONE / 2) * Math.cos(TURN * t),
  Math.sin(CONE / 2) * Math.sin(TURN * t),
]
const coningRate = (t: number): [number, number, number] => [
  -TURN * (1 - Math.cos(CONE)),
  -TURN * Math.sin(CONE) * Math.sin(TURN * t),
  TURN * Math.sin(CONE) * Math.cos(TURN * t),
]

describe('PodTrack', () => {
  it('integrates coning, the hard case, to its closed form, with an error that falls with the square of the step', () => {
    const error = (rateHz: number): number => {
      const track = new PodTrack(16384, 0.03)
      for (let k = 0; k <= CONING_S * rateHz; k++)
        track.push(k / rateHz, sample(...coningRate(k / rateHz)), false)
      // what was found is relative to the start: q(0)* q(t)
      const [w0, , y0] = coning(0)
      const [w, , y, z] = coning(CONING_S)
      const expected = [w0 * w + y0 * y, -y0 * z, w0 * y - y0 * w, w0 * z]
      const slot = track.slot(track.count - 1)
      return (Math.hypot(...expected.map((v, i) => v - track.quaternion[4 * slot + i]!)) * 360) / Math.PI
    }
    // five seconds at three turns a second on a cone of 11.5°
    expect(error(416)).toBeLessThan(0.1)
    expect(error(416) / error(832)).toBeCloseTo(4, 1)
  })

  it('keeps the last samples, numbered for ever, and finds them by time', () => {
    const track = new PodTrack(5, 0.03)
    expect(track.capacity).toBe(8)
    for (let k = 0; k < 20; k++) track.push(k * 0.01, sample(), k === 15)
    expect([track.count, track.oldest]).toEqual([20, 12])
    expect(track.firstAtOrAfter(0.145)).toBe(15)
    expect(track.firstAtOrAfter(0.15)).toBe(15)
    expect(track.firstAtOrAfter(0)).toBe(12)
    expect(track.firstAtOrAfter(9)).toBe(20)
    expect(track.clipped[track.slot(15)]).toBe(1)
    expect(track.clipped[track.slot(14)]).toBe(0)
  })

  it('finds a time among uneven samples with holes as a walk through all of them does', () => {
    const steps = fc.array(fc.oneof(fc.double({ min: 0.001, max: 0.004, noNaN: true }), fc.constant(0.4)), {
      minLength: 1,
      maxLength: 200,
    })
    fc.assert(
      fc.property(steps, fc.double({ min: -0.1, max: 1.2, noNaN: true }), (each, share) => {
        const track = new PodTrack(64, 0.03)
        const times = each.map((_, n) => each.slice(0, n + 1).reduce((a, b) => a + b))
        for (const timeS of times) track.push(timeS, sample(), false)
        const askedS = share * times.at(-1)!
        const wanted = times.findIndex((timeS, n) => n >= track.oldest && timeS >= askedS)
        expect(track.firstAtOrAfter(askedS)).toBe(wanted < 0 ? times.length : wanted)
      }),
    )
  })

  it('marks a hole and takes the bias off from when it is known', () => {
    const track = new PodTrack(16, 0.03)
    track.push(0, sample(0.1), false)
    track.gyroBias[0] = 0.1
    track.push(0.01, sample(0.1), false)
    track.push(0.06, sample(0.1), false)
    expect(track.rate[0]).toBe(0.1)
    expect(track.rate[3]).toBe(0)
    expect(Array.from(track.gapBefore.subarray(0, 3))).toEqual([0, 0, 1])
  })
})
