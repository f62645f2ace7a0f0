import { describe, expect, test } from 'vitest'
import { RUNNERS } from '../../firmware/virtual/runner/presets.ts'
import { createRunner, type Runner } from '../../firmware/virtual/runner/runner.ts'
import { integrateRate } from '../../host/motion/quaternion.ts'
import { GRAVITY } from '../../shared/imu.ts'
import { PLACES, type Place, SIDES, sideOf } from '../../shared/places.ts'

const DEG = Math.PI / 180

/** Largest angle between two row-major rotations, deg. */
function angleBetween(a: Float64Array, b: Float64Array): number {
  let trace = 0
  let skew = 0
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) trace += a[3 * j + i]! * b[3 * j + i]!
  for (let i = 0; i < 9; i++) skew += (a[i]! - b[i]!) ** 2
  // for small angles the trace is flat, the difference is not
  return trace > 2.9 ? Math.sqrt(skew / 2) / DEG : Math.acos((trace - 1) / 2) / DEG
}

const matrix = (q: Float64Array): Float64Array => {
  const [w, x, y, z] = [q[0]!, q[1]!, q[2]!, q[3]!]
  return Float64Array.of(
    1 - 2 * (y * y + z * z),
    2 * (x * y - z * w),
    2 * (x * z + y * w),
    2 * (x * y + z * w),
    1 - 2 * (x * x + z * z),
    2 * (y * z - x * w),
    2 * (x * z - y * w),
    2 * (y * z + x * w),
    1 - 2 * (x * x + y * y),
  )
}

/** Strapdown over a stretch at 8 kHz: how far orientation (deg) and position (m) end from where the runner says they are. */
function strapdown(runner: Runner, place: Place, fromS: number, toS: number): { deg: number; m: number } {
  const pod = runner.pods[place]
  const rateHz = 8000
  const n = Math.round((toS - fromS) * rateHz)
  const h = (toS - fromS) / n
  const start = pod.poseAt(fromS)
  const q = new Float64Array([1, 0, 0, 0])
  const out = new Float64Array(6)
  const position = Float64Array.from(start.position)
  const before = pod.poseAt(fromS - 1e-4).position
  const after = pod.poseAt(fromS + 1e-4).position
  const velocity = position.map((_, i) => (after[i]! - before[i]!) / 2e-4)
  const toWorld = (v: Float64Array): Float64Array => {
    const m = matrix(q)
    const w = start.worldFromPod
    const u = [0, 1, 2].map((i) => m[3 * i]! * v[0]! + m[3 * i + 1]! * v[1]! + m[3 * i + 2]! * v[2]!)
    return Float64Array.from(
      [0, 1, 2],
      (i) => w[3 * i]! * u[0]! + w[3 * i + 1]! * u[1]! + w[3 * i + 2]! * u[2]!,
    )
  }
  const acceleration = (): Float64Array => {
    const a = toWorld(out)
    a[2]! -= GRAVITY
    return a
  }
  pod.sampleAt(fromS, out)
  let a0 = acceleration()
  for (let k = 0; k < n; k++) {
    // the rate at the middle of the step turns; accelerations at both ends move
    pod.sampleAt(fromS + (k + 0.5) * h, out)
    integrateRate(q, 0, out[3]!, out[4]!, out[5]!, h)
    pod.sampleAt(fromS + (k + 1) * h, out)
    const a1 = acceleration()
    for (let i = 0; i < 3; i++) {
      position[i]! += velocity[i]! * h + (h * h * (2 * a0[i]! + a1[i]!)) / 6
      velocity[i]! += 0.5 * h * (a0[i]! + a1[i]!)
    }
    a0 = a1
  }
  const end = pod.poseAt(toS)
  const w = start.worldFromPod
  const m = matrix(q)
  const turned = Float64Array.from({ length: 9 }, (_, k) => {
    const row = 3 * Math.floor(k / 3)
    const col = k % 3
    return w[row]! * m[col]! + w[row + 1]! * m[3 + col]! + w[row + 2]! * m[6 + col]!
  })
  return {
    deg: angleBetween(turned, end.worldFromPod),
    m: Math.hypot(...position.map((p, i) => p - end.position[i]!)),
  }
}

describe('what the pods feel is what the leg does', () => {
  test.each(RUNNERS)(
    '%s: integrated over strides, rate gives orientation and force gives position',
    (name) => {
      const runner = createRunner({ name, seed: 7 })
      for (const place of PLACES) {
        const stride = runner.legs[sideOf(place)].strideOf(12)
        // from mid-stance to mid-stance: contact, toe-off and every burst lie inside
        const fromS = stride.parameters.icS + 0.1
        const { deg, m } = strapdown(runner, place, fromS, stride.nextIcS + 0.1)
        expect(deg).toBeLessThan(0.005)
        expect(m).toBeLessThan(0.0005)
      }
    },
  )

  test('also through the start, from standing into the run, and through the stop', () => {
    const runner = createRunner({ seed: 3, standingS: 2, seconds: 8 })
    for (const place of PLACES) {
      const { deg, m } = strapdown(runner, place, 1.5, 11)
      expect(deg).toBeLessThan(0.01)
      expect(m).toBeLessThan(0.02)
    }
  })

  test('also while the belt changes its speed, and from walking into running and back', () => {
    const bout = (speedMPerS: number, seconds: number) => ({ speedMPerS, seconds })
    const runner = createRunner({ seed: 3, bouts: [bout(2.5, 5), bout(4.5, 4), bout(1.5, 4), bout(3, 9)] })
    for (const place of PLACES) {
      const { deg, m } = strapdown(runner, place, 4, 16.5)
      expect(deg).toBeLessThan(0.02)
      expect(m).toBeLessThan(0.02)
    }
  })

  test('times may be asked in any order', () => {
    const runner = createRunner({ seed: 5 })
    const other = createRunner({ seed: 5 })
    const [a, b] = [new Float64Array(6), new Float64Array(6)]
    for (const t of [3000.123, 12, 0.5, 12.4, 700, 5.9]) runner.pods['left-shin'].sampleAt(t, a)
    other.pods['left-shin'].sampleAt(5.9, b)
    expect(a).toEqual(b)
  })
})

describe('standing', () => {
  test('every pod reads 1 g whatever way it sits, and turns by the sway alone', () => {
    const runner = createRunner({ seed: 9 })
    const out = new Float64Array(6)
    for (const place of PLACES)
      for (let t = 0; t < 5; t += 0.05) {
        runner.pods[place].sampleAt(t, out)
        expect(Math.hypot(out[0]!, out[1]!, out[2]!)).toBeCloseTo(GRAVITY, 2)
        expect(Math.hypot(out[3]!, out[4]!, out[5]!) / DEG).toBeLessThan(1.5)
      }
  })

  test('the shin sways by some tenths of a degree, the shoe stays', () => {
    const runner = createRunner({ seed: 9, mounts: 'aligned' })
    const up = (place: Place): number[] =>
      Array.from(
        { length: 100 },
        (_, i) => Math.asin(runner.pods[place].poseAt(i / 20).worldFromPod[6]!) / DEG,
      )
    const spread = (x: number[]): number => Math.max(...x) - Math.min(...x)
    expect(spread(up('left-shin'))).toBeGreaterThan(0.2)
    expect(spread(up('left-shin'))).toBeLessThan(1)
    expect(spread(up('left-shoe'))).toBeLessThan(1e-9)
  })

  test('stops where it began: still again after the run', () => {
    const runner = createRunner({ seed: 2, standingS: 2, seconds: 6 })
    const out = new Float64Array(6)
    runner.pods['right-shoe'].sampleAt(8.2, out)
    expect(Math.hypot(out[0]!, out[1]!, out[2]!)).toBeCloseTo(GRAVITY, 6)
    expect(Math.hypot(out[3]!, out[4]!, out[5]!)).toBeLessThan(1e-9)
  })
})

describe('the foot on the belt', () => {
  test.each(RUNNERS)('%s: the flat sole moves with the belt', (name) => {
    const runner = createRunner({ name, seed: 4 })
    const { strides, events } = runner.truth(20)
    const v = runner.parameters.speedMPerS
    for (const side of SIDES) {
      const flat = events.find((e) => e.leg === side && e.kind === 'foot-flat')!.timeS
      const rise = events.find((e) => e.leg === side && e.kind === 'heel-rise' && e.timeS > flat)!.timeS
      const leg = runner.legs[side]
      const stride = strides.find((s) => s.leg === side && s.icS < flat && s.nextIcS > flat)!
      for (const t of [0.5, 0.65, 0.8].map((share) => flat + share * (rise - flat))) {
        if (t < stride.icS + 0.07) continue
        leg.at(t)
        // the sole's lowest point under the ankle: ankle velocity + ω × (0, −height, 0), rolling taken back out
        const speed = leg.ankle[1]! + leg.ankle[3]! * leg.pitch[1]!
        expect(speed).toBeCloseTo(-v, 1)
        expect(Math.abs(leg.ankle[4]!)).toBeLessThan(0.35)
      }
    }
  })

  test('brakes at contact and is over the belt no more than before', () => {
    const runner = createRunner({ seed: 4 })
    const { icS } = runner.legs.left.strideOf(15).parameters
    const forward = (t: number): number => {
      runner.legs.left.at(t)
      return runner.legs.left.ankle[1]! + runner.parameters.speedMPerS
    }
    expect(forward(icS)).toBeGreaterThan(0.5)
    expect(Math.abs(forward(icS + 0.09))).toBeLessThan(0.1)
  })

  test('a foot in the air is higher than one on the ground', () => {
    for (const name of RUNNERS) {
      const { legs } = createRunner({ name, seed: 6 })
      const stride = legs.right.strideOf(20)
      const { toS } = stride.parameters
      for (let share = 0.05; share < 0.9; share += 0.05) {
        legs.right.at(toS + share * (stride.nextIcS - toS))
        expect(legs.right.ankle[3]!).toBeGreaterThan(0.1)
      }
    }
  })
})

describe('smoothness', () => {
  test('walking, running, stopping and a changing belt: specific force and rate never jump', () => {
    const bout = (speedMPerS: number, seconds: number) => ({ speedMPerS, seconds })
    const runner = createRunner({ seed: 3, bouts: [bout(1.5, 4), bout(3, 4), bout(1.5, 4), bout(0, 4)] })
    const [before, after] = [new Float64Array(6), new Float64Array(6)]
    const joints = SIDES.flatMap((side) =>
      Array.from({ length: 16 }, (_, i) => runner.legs[side].strideOf(i).parameters).flatMap((s) => [
        s.icS,
        s.toS,
      ]),
    )
    for (const t of [4, 6.5, 8, 10.5, 12, 14.5, ...joints])
      for (const place of PLACES) {
        runner.pods[place].sampleAt(t - 1e-7, before)
        runner.pods[place].sampleAt(t + 1e-7, after)
        expect(Math.max(...before.map((v, i) => Math.abs(v - after[i]!)))).toBeLessThan(0.02)
      }
  })

  test.each(['easy', 'forefoot', 'walker'])('%s: specific force and rate never jump', (name) => {
    const runner = createRunner({ name, seed: 11, standingS: 1, seconds: 6 })
    const before = new Float64Array(6)
    const after = new Float64Array(6)
    const joints = SIDES.flatMap((side) =>
      Array.from({ length: 8 }, (_, i) => runner.legs[side].strideOf(i).parameters).flatMap((s) => [
        s.icS,
        s.toS,
      ]),
    )
    for (const t of [1, 3.5, 4.5, 7, ...joints])
      for (const place of PLACES) {
        const pod = runner.pods[place]
        const jump = (h: number): number => {
          pod.sampleAt(t - h, before)
          pod.sampleAt(t + h, after)
          return Math.max(...before.map((v, i) => Math.abs(v - after[i]!)))
        }
        // a continuous signal's difference vanishes with the step; a jump's stays
        expect(jump(1e-7)).toBeLessThan(0.02)
      }
  })
})
