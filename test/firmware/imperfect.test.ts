import { describe, expect, test } from 'vitest'
import { CLEAN, HARD, ImperfectImu, type ImuErrors, imperfectPods } from '../../firmware/virtual/imperfect.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { DEG, GRAVITY } from '../../shared/imu.ts'

const NONE: ImuErrors = {
  gyroBiasDegPerS: 0,
  gyroDriftDegPerSPerMin: 0,
  gyroNoiseDegPerS: 0,
  gyroCrossAxisPct: 0,
  gyroPerGDegPerS: 0,
  accelBias: 0,
  accelNoise: 0,
  wobbleDeg: 0,
}
const still = (...sample: number[]): WornImu => ({ sampleAt: (_, out) => out.set(sample) })
const rest = still(0, 0, GRAVITY, 0, 0, 0)
const at = (imu: WornImu, t: number): number[] => {
  const out = new Float64Array(6)
  imu.sampleAt(t, out)
  return [...out]
}
const mean = (x: number[]): number => x.reduce((a, b) => a + b, 0) / x.length
const sd = (x: number[]): number => Math.sqrt(mean(x.map((v) => (v - mean(x)) ** 2)))
const column = (imu: WornImu, axis: number, n = 20000): number[] =>
  Array.from({ length: n }, (_, i) => at(imu, i / 416)[axis]!)
const seeds = Array.from({ length: 60 }, (_, i) => i + 1)

describe('an IMU with faults', () => {
  test('without any it is the ideal one', () => {
    expect(at(new ImperfectImu(still(1, 2, 3, 4, 5, 6), NONE, 1), 3)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('noise has the stated spread, no memory, and belongs to the time alone', () => {
    const imu = new ImperfectImu(rest, { ...NONE, gyroNoiseDegPerS: 0.1, accelNoise: 0.03 }, 4)
    for (const axis of [0, 1, 2]) expect(sd(column(imu, axis))).toBeCloseTo(0.03, 3)
    for (const axis of [3, 4, 5]) {
      const x = column(imu, axis)
      expect(sd(x) / DEG).toBeCloseTo(0.1, 2)
      const next = mean(x.slice(1).map((v, i) => v * x[i]!)) / sd(x) ** 2
      expect(Math.abs(next)).toBeLessThan(0.03)
    }
    const [x, y] = [column(imu, 3), column(imu, 4)]
    expect(Math.abs(mean(x.map((v, i) => v * y[i]!)) / (sd(x) * sd(y)))).toBeLessThan(0.03)
    const again = new ImperfectImu(rest, { ...NONE, gyroNoiseDegPerS: 0.1, accelNoise: 0.03 }, 4)
    expect(at(again, 17 / 416)[3]).toBe(x[17])
  })

  test('biases are constant in a pod and spread as stated over pods', () => {
    const errors = { ...NONE, gyroBiasDegPerS: 0.5, accelBias: 0.1 }
    const pods = seeds.map((seed) => new ImperfectImu(rest, errors, seed))
    expect(at(pods[0]!, 1)).toEqual(at(pods[0]!, 900))
    expect(sd(pods.flatMap((p) => at(p, 0).slice(3))) / DEG).toBeCloseTo(0.5, 1)
    expect(sd(pods.flatMap((p) => at(p, 0).slice(0, 2)))).toBeCloseTo(0.1, 1)
  })

  test('the bias drifts no faster than stated and stays bounded', () => {
    const imu = new ImperfectImu(rest, { ...NONE, gyroDriftDegPerSPerMin: 0.3 }, 2)
    const minutes = Array.from({ length: 200 }, (_, i) => at(imu, 60 * i)[3]! / DEG)
    const steps = minutes.slice(1).map((v, i) => Math.abs(v - minutes[i]!))
    expect(Math.max(...steps)).toBeLessThan(0.3)
    expect(Math.max(...steps)).toBeGreaterThan(0.25)
    expect(Math.max(...minutes.map(Math.abs))).toBeLessThan(0.5)
  })

  test('cross-axis and g-sensitivity are linear in what is felt', () => {
    const errors = { ...NONE, gyroCrossAxisPct: 1, gyroPerGDegPerS: 0.05 }
    const off = seeds.flatMap((seed) => {
      const [, , , x, y, z] = at(new ImperfectImu(still(0, 0, 0, 0, 0, 10), errors, seed), 0)
      expect(z).toBe(10)
      return [x! / 10, y! / 10]
    })
    expect(sd(off)).toBeCloseTo(0.01, 2)
    const perG = seeds.flatMap((seed) => at(new ImperfectImu(rest, errors, seed), 0).slice(3))
    expect(sd(perG) / DEG).toBeCloseTo(0.05, 2)
  })

  test('a wobble is a true turn: its rate, integrated, is the tilt that the accelerometer shows', () => {
    const imu = new ImperfectImu(rest, { ...NONE, wobbleDeg: 2.5 }, 3, () => 10)
    const turn = [0, 0, 0]
    let largest = 0
    const h = 1e-4
    for (let t = 10; t < 10.4; t += h) {
      const now = at(imu, t)
      const tilt = Math.acos(Math.min(1, now[2]! / GRAVITY))
      // one fixed axis: the turn is the integral of the rate; its part across gravity tilts
      const across = Math.hypot(turn[0]!, turn[1]!)
      expect(Math.abs(tilt - across)).toBeLessThan(0.03 * DEG)
      expect(Math.hypot(now[0]!, now[1]!, now[2]!)).toBeCloseTo(GRAVITY, 9)
      largest = Math.max(largest, Math.hypot(...turn))
      for (let i = 0; i < 3; i++) turn[i]! += h * at(imu, t + h / 2)[3 + i]!
    }
    expect(largest / DEG).toBeGreaterThan(1)
    expect(largest / DEG).toBeLessThan(3)
    expect(Math.hypot(...turn) / DEG).toBeLessThan(0.05)
    expect(at(imu, 10)).toEqual([0, 0, GRAVITY, 0, 0, 0])
  })
})

describe('the two sets', () => {
  test('hard is worse than clean and only shins wobble', () => {
    const runner = createRunner({ seed: 4 })
    const ideal = runner.pods
    const worst = (errors: ImuErrors, place: 'left-shin' | 'left-shoe'): number => {
      const pods = imperfectPods(runner, {
        ...errors,
        gyroNoiseDegPerS: 0,
        accelNoise: 0,
        gyroBiasDegPerS: 0,
      })
      return Math.max(
        ...Array.from({ length: 2000 }, (_, i) => {
          const t = 12 + i / 416
          return Math.abs(at(pods[place], t)[5]! - at(ideal[place], t)[5]!) / DEG
        }),
      )
    }
    expect(worst(CLEAN, 'left-shin')).toBeLessThan(1e-9)
    expect(worst(HARD, 'left-shin')).toBeGreaterThan(30)
    expect(worst({ ...HARD, gyroCrossAxisPct: 0 }, 'left-shoe')).toBeLessThan(3)
  })

  test('the same seed gives the same pods, each pod its own', () => {
    const runner = createRunner({ seed: 4 })
    const [a, b] = [imperfectPods(runner, HARD), imperfectPods(createRunner({ seed: 4 }), HARD)]
    expect(at(a['left-shin'], 9.1)).toEqual(at(b['left-shin'], 9.1))
    expect(at(a['left-shoe'], 1)).not.toEqual(at(a['right-shoe'], 1))
  })
})
