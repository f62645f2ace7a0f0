import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CLEAN, ImperfectImu } from '../../firmware/virtual/imperfect.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import {
  applyCalibration,
  type Calibration,
  fullMatrix,
  symmetricMatrix,
} from '../../host/motion/calibration.ts'
import { CalibrationError, fitCalibration } from '../../host/motion/calibration-fit.ts'
import { FACES, faceOf, PoseFinder } from '../../host/motion/calibration-poses.ts'
import { decodeCalibration, encodeCalibration } from '../../host/motion/calibration-text.ts'
import { multiply } from '../../host/motion/quaternion.ts'
import { DEG, GRAVITY } from '../../shared/imu.ts'
import { EDGE_UPS, FACE_UPS, faulty, LaidPod, turn, upAt, withUp } from './laid-pod.ts'

const HZ = 416
const X = [1, 0, 0]
const Y = [0, 1, 0]
const NOISE = { ...CLEAN, accelBias: 0, gyroBiasDegPerS: 0 }

const within = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true })
const several = (count: number, limit: number) =>
  fc.tuple(...Array.from({ length: count }, () => within(limit)))
const anyCalibration: fc.Arbitrary<Calibration> = fc
  .tuple(several(3, 0.4), several(3, 0.03), several(3, 0.01), several(3, 0.1), several(9, 0.01))
  .map(([bias, scale, cross, gyroBias, gyro]) => ({
    accelBias: Float64Array.from(bias),
    accelMatrix: symmetricMatrix(Float64Array.from([...scale, ...cross])),
    gyroBias: Float64Array.from(gyroBias),
    gyroMatrix: fullMatrix(Float64Array.from(gyro)),
  }))

function find(imu: WornImu, endS: number, skip: (timeS: number) => boolean = () => false): PoseFinder {
  const finder = new PoseFinder(HZ)
  const sample = new Float64Array(6)
  let lost = false
  for (let n = 0; n <= endS * HZ; n++) {
    if (skip(n / HZ)) {
      lost = true
      continue
    }
    if (lost) finder.gap()
    lost = false
    imu.sampleAt(n / HZ, sample)
    finder.push(sample)
  }
  return finder
}

const calibrated = ({ poses, turns }: PoseFinder) => fitCalibration(poses, turns, 1 / HZ)
const apart = (a: Calibration, b: Calibration, key: keyof Calibration) =>
  Math.max(...a[key].map((x, i) => Math.abs(x - b[key][i]!)))

describe('a pod laid on faces and edges', () => {
  test('gives back its faults to four places, without noise', () => {
    fc.assert(
      fc.property(
        anyCalibration,
        fc.array(within(Math.PI), { minLength: 12, maxLength: 12 }),
        (truth, spins) => {
          const ups = [...FACE_UPS, ...EDGE_UPS]
          const pod = new LaidPod(ups.map((up, i) => withUp(up, spins[i])))
          const { calibration, accel, gyro } = calibrated(find(faulty(pod, truth), pod.endS))
          expect(apart(calibration, truth, 'accelBias')).toBeLessThan(1e-3)
          expect(apart(calibration, truth, 'accelMatrix')).toBeLessThan(2e-4)
          expect(apart(calibration, truth, 'gyroBias')).toBeLessThan(1e-6)
          expect(apart(calibration, truth, 'gyroMatrix')).toBeLessThan(2e-3)
          expect(accel.after).toBeLessThan(1e-4 * GRAVITY)
          expect(gyro.after).toBeLessThan(0.05 * DEG)
          expect([...accel.scaleSeen, accel.crossSeen]).toEqual([true, true, true, true])
        },
      ),
      { numRuns: 12 },
    )
  })

  test('with noise: 1 mg, a quarter per cent', () => {
    fc.assert(
      fc.property(anyCalibration, fc.nat(), (truth, seed) => {
        const pod = new LaidPod([...FACE_UPS, ...EDGE_UPS].map((up, i) => withUp(up, 0.4 * i)))
        const { calibration, accel } = calibrated(
          find(new ImperfectImu(faulty(pod, truth), NOISE, seed), pod.endS),
        )
        expect(apart(calibration, truth, 'accelBias')).toBeLessThan(4e-3)
        expect(apart(calibration, truth, 'accelMatrix')).toBeLessThan(1e-3)
        expect(apart(calibration, truth, 'gyroBias')).toBeLessThan(2e-4)
        expect(apart(calibration, truth, 'gyroMatrix')).toBeLessThan(2.5e-3)
        expect(accel.after).toBeLessThan(1e-3 * GRAVITY)
      }),
      { numRuns: 12 },
    )
  })

  test('a calibrated sample is the ideal one', () => {
    fc.assert(
      fc.property(anyCalibration, several(6, 50), (truth, values) => {
        const ideal = Float64Array.from(values)
        const sample = new Float64Array(6)
        faulty({ sampleAt: (_, out) => out.set(ideal) }, truth).sampleAt(0, sample)
        applyCalibration(truth, sample)
        for (const [i, x] of sample.entries()) expect(x).toBeCloseTo(ideal[i]!, 9)
      }),
    )
  })
})

describe('six faces alone', () => {
  const truth: Calibration = {
    accelBias: Float64Array.of(0.3, -0.2, 0.15),
    accelMatrix: symmetricMatrix(Float64Array.of(0.02, -0.015, 0.01, 0, 0, 0)),
    gyroBias: Float64Array.of(0.02, -0.01, 0.03),
    gyroMatrix: fullMatrix(Float64Array.of(0.02, 0, 0, 0, -0.015, 0, 0, 0, 0.01)),
  }
  const pod = new LaidPod(FACE_UPS.map((up) => withUp(up)))

  test('give zero and scale of a chip whose axes are square', () => {
    const { calibration, accel, gyro } = calibrated(find(faulty(pod, truth), pod.endS))
    expect(accel.before).toBeGreaterThan(0.2)
    expect(apart(calibration, truth, 'accelBias')).toBeLessThan(2e-3)
    expect(apart(calibration, truth, 'accelMatrix')).toBeLessThan(1e-3)
    expect(apart(calibration, truth, 'gyroMatrix')).toBeLessThan(5e-3)
    expect(gyro.after).toBeLessThan(gyro.before / 10)
  })

  test('a gyroscope never turned about an axis keeps that scale and says so', () => {
    const level = {
      ...truth,
      accelMatrix: symmetricMatrix(new Float64Array(6)),
      accelBias: new Float64Array(3),
    }
    const attitudes = [Float64Array.of(1, 0, 0, 0)]
    for (const axis of [X, X, X, X, Y, Y, Y]) {
      const next = new Float64Array(4)
      multiply(next, 0, attitudes.at(-1)!, 0, turn(axis, Math.PI / 2), 0)
      attitudes.push(next)
    }
    const laid = new LaidPod(attitudes)
    const { gyro } = calibrated(find(faulty(laid, level), laid.endS))
    expect(gyro.scaleSeen).toEqual([true, true, false])
  })

  test.each(FACES)('without %s the error names it', (missing) => {
    const ups = FACE_UPS.filter((up) => faceOf(Float64Array.from(up)) !== missing)
    const laid = new LaidPod(ups.map((up) => withUp(up)))
    const finder = find(laid, laid.endS)
    expect(() => calibrated(finder)).toThrow(CalibrationError)
    expect(() => calibrated(finder)).toThrow(`lying still with ${missing} up`)
  })

  test('poses that disagree are refused', () => {
    const twice = new LaidPod([...FACE_UPS, ...FACE_UPS].map((up) => withUp(up)))
    // in the second round gravity is 3 % more: the table went up
    const lift: WornImu = {
      sampleAt(timeS, out) {
        twice.sampleAt(timeS, out)
        if (timeS > twice.endS / 2) for (let i = 0; i < 3; i++) out[i]! *= 1.03
      },
    }
    expect(() => calibrated(find(lift, twice.endS))).toThrow(/poses disagree by \d+\.\d mg/)
  })
})

describe('still poses', () => {
  const pod = new LaidPod([withUp([0, 0, 1]), withUp([0, 1, 0]), withUp([1, 0, 0])])

  test('are means of rest alone, and the turns between carry gravity', () => {
    const { poses, turns } = find(pod, pod.endS)
    expect(poses.map(({ face }) => face)).toEqual(['+z', '+y', '+x'])
    for (const { accel, rate, face } of poses) {
      const axis = 'xyz'.indexOf(face![1]!)
      for (const [i, a] of accel.entries()) expect(a).toBeCloseTo(i === axis ? GRAVITY : 0, 6)
      for (const w of rate) expect(w).toBeCloseTo(0, 6)
    }
    // a quarter turn from z to y, and a third of a turn that takes y to x and the others along
    for (const [k, expected] of [Math.PI / 2, (2 * Math.PI) / 3].entries()) {
      const { rates } = turns[k]!
      const angle = [0, 1, 2].map((i) => rates.reduce((sum, w, n) => sum + (n % 3 === i ? w / HZ : 0), 0))
      expect(Math.hypot(...angle)).toBeCloseTo(expected, 4)
    }
  })

  test('are not found in a hand, in slow turning, or in less than a second and a half', () => {
    const hand: WornImu = {
      sampleAt(timeS, out) {
        out.set([0, 0, GRAVITY + 0.4 * Math.sin(30 * timeS), 0.05 * Math.sin(30 * timeS), 0, 0])
      },
    }
    expect(find(hand, 10).poses).toEqual([])
    const slow = new LaidPod([withUp([0, 0, 1]), withUp([0, 1, 0])], { restS: 0, turnS: 20 })
    expect(find(slow, 12, (timeS) => timeS < 6).poses).toEqual([])
    expect(find(pod, 1.4).poses).toEqual([])
    expect(find(pod, 1.6).poses).toHaveLength(1)
  })

  test('a turn with lost samples, or of more than half a minute, is left out; its poses stay', () => {
    const lossy = find(pod, pod.endS, (timeS) => timeS > 3 && timeS < 3.1)
    expect(lossy.poses).toHaveLength(3)
    expect(lossy.turns.map(({ from }) => from)).toEqual([1])
    const long = new LaidPod([withUp([0, 0, 1]), withUp([0, 1, 0])], { turnS: 40 })
    expect(find(long, long.endS)).toMatchObject({ poses: [{}, {}], turns: [] })
  })
})

test('attitudes have the wanted axis up', () => {
  fc.assert(
    fc.property(several(3, 1), within(4), (up, spin) => {
      const length = Math.hypot(...up)
      fc.pre(length > 0.1)
      for (const [i, u] of upAt(withUp(up, spin)).entries()) expect(u).toBeCloseTo(up[i]! / length, 6)
    }),
  )
})

describe('the text a pod keeps', () => {
  test('is 89 characters a command line can carry and gives back the numbers to its steps', () => {
    fc.assert(
      fc.property(anyCalibration, (calibration) => {
        const text = encodeCalibration(calibration)
        expect(text).toMatch(/^[0-9a-f]{89}$/)
        const read = decodeCalibration(text)!
        expect(apart(read, calibration, 'accelBias')).toBeLessThan(0.51e-4)
        for (const key of ['accelMatrix', 'gyroBias', 'gyroMatrix'] as const)
          expect(apart(read, calibration, key)).toBeLessThan(0.51e-5)
      }),
    )
  })

  test('with any one character changed, cut or added is not believed', () => {
    fc.assert(
      fc.property(
        anyCalibration,
        fc.nat(88),
        fc.constantFrom(...'0123456789abcdefXé '),
        (calibration, at, put) => {
          const text = encodeCalibration(calibration)
          // Fletcher's sums take 00 and ff for the same byte, the one change of a character they could miss needs two
          fc.pre(text[at] !== put)
          expect(decodeCalibration(text.slice(0, at) + put + text.slice(at + 1))).toBeNull()
          expect(decodeCalibration(text.slice(0, at) + text.slice(at + 1))).toBeNull()
          expect(decodeCalibration(`${text}0`)).toBeNull()
        },
      ),
    )
    for (const text of ['', 'none', '2', '1'.repeat(500)]) expect(decodeCalibration(text)).toBeNull()
  })

  test('does not take what no healthy chip has', () => {
    const far: Calibration = {
      accelBias: Float64Array.of(4, 0, 0),
      accelMatrix: symmetricMatrix(new Float64Array(6)),
      gyroBias: new Float64Array(3),
      gyroMatrix: fullMatrix(new Float64Array(9)),
    }
    expect(() => encodeCalibration(far)).toThrow(/further off than any healthy/)
  })
})
