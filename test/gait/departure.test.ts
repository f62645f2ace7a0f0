import { describe, expect, it } from 'vitest'
import { Departure } from '../../host/gait/departure.ts'
import { gaitDefaults } from '../../host/gait/leg.ts'
import { PodTrack } from '../../host/motion/track.ts'
import { GRAVITY } from '../../shared/imu.ts'

/** A step of raised cosines: by how much the toe comes up, rad, and how fast the foot goes forward, m/s, each reached over a span, s. */
interface Move {
  toeUp?: [rad: number, fromS: number, overS: number][]
  ahead?: [mPerS: number, fromS: number, overS: number][]
}

const RATE_HZ = 200

/** Sum of smooth steps and its slope. */
function course(steps: Move['toeUp'] | Move['ahead'], t: number): { value: number; slope: number } {
  let value = 0
  let slope = 0
  for (const [size, fromS, overS] of steps ?? []) {
    const x = Math.max(0, Math.min(1, (t - fromS) / overS))
    value += (size * (1 - Math.cos(Math.PI * x))) / 2
    slope += x > 0 && x < 1 ? (size * Math.PI * Math.sin(Math.PI * x)) / (2 * overS) : 0
  }
  return { value, slope }
}

/** A pod whose z points right, its y up: what is seen of the move, and when. */
function watch(move: Move, endS = 3): { timeS: number; restedS: number; axis: number[] } | null {
  const track = new PodTrack(2048, 0.05)
  const departure = new Departure(gaitDefaults.departure)
  for (let n = 0; n < endS * RATE_HZ; n++) {
    const t = n / RATE_HZ
    const pitch = course(move.toeUp, t)
    const { slope: a } = course(move.ahead, t)
    const [c, s] = [Math.cos(pitch.value), Math.sin(pitch.value)]
    track.push(t, new Float64Array([c * a + s * GRAVITY, -s * a + c * GRAVITY, 0, 0, 0, pitch.slope]), false)
    if (departure.add(track, track.slot(n), n === 0 ? 0 : 1 / RATE_HZ))
      return { timeS: t, restedS: departure.restedS, axis: [...departure.axis] }
  }
  return null
}

const DEG = Math.PI / 180

describe('the first step out of rest', () => {
  it('is seen while the heel rises, with its axis', () => {
    const seen = watch({ toeUp: [[-60 * DEG, 1, 0.3]], ahead: [[3, 1, 0.4]] })!
    // 20° of 60 are turned after 0.12 s, and the speed is 0.5 m/s after 0.11 s
    expect(seen.timeS).toBeCloseTo(1.12, 2)
    expect(seen.restedS).toBeGreaterThan(0.99)
    expect(seen.restedS).toBeLessThan(1.03)
    expect(seen.axis[2]).toBeGreaterThan(0.9999)
  })

  it('is seen in swing when the heel hardly rose', () => {
    const seen = watch({
      toeUp: [
        [-12 * DEG, 1, 0.2],
        [40 * DEG, 1.25, 0.3],
      ],
      ahead: [[2, 1, 0.4]],
    })!
    expect(seen.timeS).toBeGreaterThan(1.25)
    expect(seen.timeS).toBeLessThan(1.55)
    expect(seen.axis[2]).toBeGreaterThan(0.9999)
  })

  it('is not seen backward where a foot leaves a belt that carries it back', () => {
    const carried = { toeUp: [[-60 * DEG, 1, 0.4]], ahead: [[-2, 1, 0.3]] } as Move
    expect(watch(carried)).toBeNull()
    const swings = watch({ ...carried, ahead: [...carried.ahead!, [5, 1.3, 0.3]] })!
    expect(swings.axis[2]).toBeGreaterThan(0.9999)
  })

  it('starts from the belt where the belt has started gently', () => {
    const seen = watch({
      toeUp: [[-60 * DEG, 2.5, 0.3]],
      ahead: [
        [-1, 1, 1.4],
        [3, 2.5, 0.4],
      ],
    })!
    expect(seen.timeS).toBeCloseTo(2.62, 2)
    expect(seen.axis[2]).toBeGreaterThan(0.9999)
  })

  it('is no tapping toe, no lifted heel, no pod that is carried level', () => {
    expect(watch({ toeUp: [[30 * DEG, 1, 0.2]] })).toBeNull()
    expect(watch({ toeUp: [[-30 * DEG, 1, 0.2]], ahead: [[0.3, 1, 0.2]] })).toBeNull()
    expect(watch({ ahead: [[3, 1, 0.5]] })).toBeNull()
  })

  it('is asked for soon after rest', () => {
    const shaken: Move['toeUp'] = Array.from({ length: 30 }, (_, k) => [
      (k % 2 ? -5 : 5) * DEG,
      0.1 * k,
      0.09,
    ])
    expect(watch({ toeUp: [...shaken, [-60 * DEG, 2, 0.3]], ahead: [[3, 2, 0.4]] })).toBeNull()
  })
})
