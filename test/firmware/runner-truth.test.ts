import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { angleMetrics } from '../../firmware/virtual/runner/angle-metrics.ts'
import { lowPassZeroPhase } from '../../firmware/virtual/runner/low-pass.ts'
import { RUNNERS } from '../../firmware/virtual/runner/presets.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import type { Truth, TruthStride } from '../../firmware/virtual/runner/truth.ts'
import { GRAVITY } from '../../shared/imu.ts'
import { type Place, SIDES, type Side } from '../../shared/places.ts'

const DEG = Math.PI / 180
const mean = (x: number[]): number => x.reduce((a, b) => a + b, 0) / x.length
const sd = (x: number[]): number => Math.sqrt(mean(x.map((v) => (v - mean(x)) ** 2)))
const of = (truth: Truth, leg: Side, key: keyof TruthStride): number[] =>
  truth.strides.filter((s) => s.leg === leg).map((s) => s[key] as number)

/** Cardan Z–X–Y of the shoe in the shin, this turned outward, from the poses of two aligned pods, deg, left mirrored. */
function cardan(runner: ReturnType<typeof createRunner>, side: Side, t: number, outwardDeg = 0): number[] {
  const pose = (segment: string): Float64Array =>
    runner.pods[`${side}-${segment}` as Place].poseAt(t).worldFromPod
  const swung = pose('shin')
  const c = Math.cos(outwardDeg * DEG)
  const d = (side === 'left' ? 1 : -1) * Math.sin(outwardDeg * DEG)
  const shin = swung.map((v, i) =>
    i % 3 === 0 ? c * v - d * swung[i + 2]! : i % 3 === 2 ? c * v + d * swung[i - 2]! : v,
  )
  const shoe = pose('shoe')
  const r = (i: number, j: number): number =>
    shin[i]! * shoe[j]! + shin[3 + i]! * shoe[3 + j]! + shin[6 + i]! * shoe[6 + j]!
  const m = side === 'left' ? 1 : -1
  return [
    Math.atan2(-r(0, 1), r(1, 1)) / DEG,
    (m * Math.asin(r(2, 1))) / DEG,
    (m * Math.atan2(-r(2, 0), r(2, 2))) / DEG,
  ]
}

describe('the truth', () => {
  test.each(RUNNERS)(
    '%s: its curves are the angles of the pods’ own orientations, standing taken off',
    (name) => {
      const runner = createRunner({ name, seed: 8, mounts: 'aligned' })
      const { strides, standing } = runner.truth(14)
      for (const side of SIDES) {
        const still = Array.from({ length: 400 }, (_, i) =>
          cardan(runner, side, standing!.fromS + ((standing!.toS - standing!.fromS) * i) / 400),
        )
        const zero = [0, 1, 2].map((k) => mean(still.map((a) => a[k]!)))
        const stride = strides.find((s) => s.leg === side)!
        for (let i = 0; i < 100; i += 9) {
          const t = stride.icS + ((stride.toS - stride.icS) * i) / 100
          const [d, e, r] = cardan(runner, side, t).map((v, k) => v - zero[k]!)
          // the standing sway does not average out quite
          expect(stride.dorsiflexionCurveDeg[i]! - d!).toBeCloseTo(0, 0.7)
          expect(stride.eversionCurveDeg[i]! - e!).toBeCloseTo(0, 0.7)
          expect(stride.tibialRotationCurveDeg[i]! - r!).toBeCloseTo(0, 0.7)
        }
      }
    },
  )

  test('with a knee axis askew the angles are those of a shin turned outward by it', () => {
    const legs = { left: { kneeAxisDeg: 5 }, right: { kneeAxisDeg: -3 } }
    const runner = createRunner({ seed: 8, mounts: 'aligned', legs })
    const straight = createRunner({ seed: 8 }).truth(14)
    const { strides } = runner.truth(14)
    for (const side of SIDES) {
      const askew = legs[side].kneeAxisDeg
      const zero = cardan(runner, side, 1.3, askew)
      const stride = strides.find((s) => s.leg === side)!
      for (let i = 0; i < 100; i += 9) {
        const t = stride.icS + ((stride.toS - stride.icS) * i) / 100
        const [d, e, r] = cardan(runner, side, t, askew).map((v, k) => v - zero[k]!)
        // zero was taken at one moment of the sway
        expect(stride.dorsiflexionCurveDeg[i]! - d!).toBeCloseTo(0, 0.3)
        expect(stride.eversionCurveDeg[i]! - e!).toBeCloseTo(0, 0.3)
        expect(stride.tibialRotationCurveDeg[i]! - r!).toBeCloseTo(0, 0.3)
      }
      // about k sin(flexion) of eversion is another's
      const before = straight.strides.find((s) => s.leg === side)!
      const middle = 55
      const bent = Math.sin(before.dorsiflexionCurveDeg[middle]! * DEG)
      expect(stride.eversionCurveDeg[middle]! - before.eversionCurveDeg[middle]!).toBeCloseTo(
        -askew * bent,
        0,
      )
    }
  })

  test('what is asked for is what happens', () => {
    const asked = {
      peakEversionDeg: 14,
      peakEversionPct: 55,
      eversionAtContactDeg: -6,
      tibialRotationExcursionDeg: 11,
      peakTibialRotationPct: 45,
      strikeAngleDeg: 18,
      contactTimeMs: 250,
    }
    const runner = createRunner({ seed: 12, legs: { right: asked } })
    const truth = runner.truth(60)
    const tolerance: Record<string, number> = { strikeAngleDeg: 1, contactTimeMs: 2 }
    for (const [key, value] of Object.entries(asked))
      expect(Math.abs(mean(of(truth, 'right', key as keyof TruthStride)) - value)).toBeLessThan(
        tolerance[key] ?? 0.6,
      )
  })

  test('late-left pronates late and far on the left alone', () => {
    const truth = createRunner({ name: 'late-left' }).truth(40)
    const at = (side: Side): number => mean(of(truth, side, 'peakEversionPct'))
    const peak = (side: Side): number => mean(of(truth, side, 'peakEversionDeg'))
    expect(at('left')).toBeGreaterThan(at('right') + 20)
    expect(peak('left')).toBeGreaterThan(peak('right') + 4)
  })

  test('each preset is what its name says, in every seed', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const type = (name: string): string[] =>
        createRunner({ name, seed })
          .truth(20)
          .strides.map((s) => s.strikeType)
      expect(new Set(type('forefoot'))).toEqual(new Set(['forefoot']))
      expect(type('easy')).toContain('rearfoot')
      const walk = createRunner({ name: 'walker', seed }).truth(20).strides
      expect(Math.max(...walk.map((s) => s.flightTimeMs))).toBeLessThan(0)
      const run = createRunner({ name: 'rigid', seed }).truth(20).strides
      expect(Math.min(...run.map((s) => s.flightTimeMs))).toBeGreaterThan(0)
    }
  })

  test('strides are whole and in order; times and lengths agree', () => {
    for (const name of RUNNERS) {
      const truth = createRunner({ name, seed: 2 }).truth(30)
      for (const side of SIDES) {
        const strides = truth.strides.filter((s) => s.leg === side)
        expect(strides.length).toBeGreaterThan(15)
        strides.slice(1).forEach((s, i) => {
          expect(s.icS).toBe(strides[i]!.nextIcS)
        })
        for (const s of strides) {
          expect(s.contactTimeMs + s.swingTimeMs).toBeCloseTo(s.strideTimeMs, 9)
          expect(s.strideLengthM).toBeCloseTo((s.speedMPerS * s.strideTimeMs) / 1000, 0.9)
        }
        const events = truth.events.filter((e) => e.leg === side).map((e) => e.kind)
        const cycle = ['initial-contact', 'foot-flat', 'heel-rise', 'toe-off']
        const first = cycle.indexOf(events[0]!)
        events.forEach((kind, i) => {
          expect(kind).toBe(cycle[(first + i) % 4])
        })
        const contacts = truth.events.filter((e) => e.leg === side && e.kind === 'initial-contact')
        expect(contacts).toHaveLength(strides.length + 1)
      }
    }
  })

  test('cadence and contact follow the speed', () => {
    const at = (speedMPerS: number): Truth => createRunner({ speedMPerS, seed: 3 }).truth(40)
    const slow = at(2.5)
    const fast = at(4.5)
    for (const side of SIDES) {
      expect(mean(of(slow, side, 'contactTimeMs')) - mean(of(fast, side, 'contactTimeMs'))).toBeCloseTo(
        95,
        -1,
      )
      expect(mean(of(fast, side, 'cadenceSpm')) - mean(of(slow, side, 'cadenceSpm'))).toBeCloseTo(24, 0)
    }
  })

  test('drift changes what it says, a minute at a time, and levels off', () => {
    const runner = createRunner({ seed: 3, driftPerMinute: { peakEversionDeg: 0.5 } })
    const steady = createRunner({ seed: 3 })
    const peak = (r: typeof runner, side: Side, index: number): number =>
      r.legs[side].strideOf(index).parameters.peakEversionDeg
    const minutes = (index: number): number => (runner.legs.left.strideOf(index).parameters.icS - 5) / 60
    for (const index of [80, 400])
      expect(peak(runner, 'left', index) - peak(steady, 'left', index)).toBeCloseTo(
        0.5 * 30 * (1 - Math.exp(-minutes(index) / 30)),
        9,
      )
    expect(peak(runner, 'left', 1e6) - peak(steady, 'left', 1e6)).toBeCloseTo(15, 3)
  })

  test('nothing is told of the start and of the stop', () => {
    const runner = createRunner({ seed: 3, standingS: 2, seconds: 12 })
    const { events, span } = runner.truth(60)
    expect(span).toEqual({ fromS: 4.5, toS: 11.5 })
    expect(Math.min(...events.map((e) => e.timeS))).toBeGreaterThan(span.fromS)
    expect(Math.max(...events.map((e) => e.timeS))).toBeLessThan(span.toS)
  })
})

describe('the metrics against closed forms', () => {
  const n = 4001
  const course = (f: (x: number) => number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => f(i / (n - 1)))

  test('a sine of eversion, an earlier sine of rotation', () => {
    // eversion −4 + 12 sin(π x / 0.8) peaks at 40 %; rotation 6 sin(π x / 0.6) at 30 %; contact 250 ms
    const m = angleMetrics({
      contactTimeMs: 250,
      eversion: course((x) => -4 + 12 * Math.sin((Math.PI * x) / 0.8)),
      tibialRotation: course((x) => 6 * Math.sin((Math.PI * x) / 0.6)),
      dorsiflexion: course((x) => 20 - 80 * (x - 0.5) ** 2),
    })
    expect(m.eversionAtContactDeg).toBe(-4)
    expect(m.peakEversionDeg).toBeCloseTo(8, 9)
    expect(m.peakEversionPct).toBeCloseTo(40, 9)
    expect(m.timeToPeakEversionMs).toBeCloseTo(100, 9)
    expect(m.eversionExcursionDeg).toBeCloseTo(12, 9)
    expect(m.peakEversionVelocityDegPerS).toBeCloseTo((12 * Math.PI) / 0.8 / 0.25, 2)
    expect(m.peakEversionVelocityPct).toBeCloseTo(0, 1)
    const crossing = (0.8 / Math.PI) * Math.asin(1 / 3)
    expect(m.evertedPct).toBeCloseTo(100 * (0.8 - 2 * crossing), 1)
    expect(m.resupinationDeg).toBeCloseTo(8 - (-4 - 12 * Math.SQRT1_2), 9)
    expect(m.tibialRotationExcursionDeg).toBeCloseTo(6, 9)
    expect(m.peakTibialRotationPct).toBeCloseTo(30, 9)
    expect(m.couplingRatio).toBeCloseTo(2, 9)
    expect(m.couplingLagPct).toBeCloseTo(-10, 9)
    expect(m.peakDorsiflexionDeg).toBeCloseTo(20, 9)
    expect(m.peakDorsiflexionPct).toBeCloseTo(50, 9)
  })

  test('proportional rotation couples at one angle', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 5, noNaN: true }), (ratio) => {
        const eversion = course((x) => 10 * Math.sin(2.5 * x))
        const m = angleMetrics({
          contactTimeMs: 250,
          eversion,
          tibialRotation: eversion.map((v) => v / ratio),
          dorsiflexion: eversion,
        })
        expect(m.couplingAngleDeg).toBeCloseTo(Math.atan(ratio) / DEG, 6)
        expect(m.couplingRatio).toBeCloseTo(ratio, 6)
      }),
    )
  })

  test('the filter passes slow, is 3 dB down at its corner, falls at 24 dB an octave and shifts nothing', () => {
    const gain = (hz: number): number => {
      const x = Float64Array.from({ length: 8000 }, (_, i) =>
        Math.sin((2 * Math.PI * hz * (i - 4000)) / 4000),
      )
      lowPassZeroPhase(x, 4000, 60)
      // the middle is a zero crossing: a delay would move it
      expect(Math.abs(x[4000]!)).toBeLessThan(1e-6)
      return Math.max(...x.subarray(3000, 5000))
    }
    expect(gain(5)).toBeCloseTo(1, 3)
    expect(20 * Math.log10(gain(60))).toBeCloseTo(-3.01, 1)
    expect(20 * Math.log10(gain(240) / gain(480))).toBeCloseTo(24, -1)
  })

  test('tibial peak: axial acceleration of the shin pod without gravity, through the stated filter', () => {
    const runner = createRunner({ seed: 6, mounts: 'aligned' })
    const stride = runner.truth(12).strides[0]!
    const pod = runner.pods[`${stride.leg}-shin`]
    const out = new Float64Array(6)
    const rate = 8000
    const axial = Float64Array.from({ length: 0.3 * rate }, (_, i) => {
      const t = stride.icS - 0.1 + i / rate
      pod.sampleAt(t, out)
      // y of the pod is the shank's axis here; its upward part is what gravity puts on it
      return out[1]! / GRAVITY - pod.poseAt(t).worldFromPod[7]!
    })
    lowPassZeroPhase(axial, rate, 60)
    const window = axial.subarray(0.095 * rate, 0.18 * rate)
    expect(stride.peakTibialAxialG).toBeCloseTo(Math.max(...window), 2)
    expect(stride.timeToPeakTibialMs).toBeCloseTo(window.indexOf(Math.max(...window)) / 8 - 5, 0)
    expect(stride.peakTibialResultantG).toBeGreaterThanOrEqual(stride.peakTibialAxialG)
  })
})

describe('one seed, one runner', () => {
  const samples = (seed: number, name = 'easy'): number[] => {
    const runner = createRunner({ seed, name })
    const out = new Float64Array(6)
    return [2, 8.1, 33.3].flatMap((t) => {
      runner.pods['left-shoe'].sampleAt(t, out)
      return [...out]
    })
  }
  test('the same again', () => {
    expect(samples(5)).toEqual(samples(5))
    expect(createRunner({ seed: 5 }).truth(15)).toEqual(createRunner({ seed: 5 }).truth(15))
  })
  test('others for other seeds and names', () => {
    expect(samples(5)).not.toEqual(samples(6))
    expect(samples(5, 'rigid')).not.toEqual(samples(5))
    const spreadOf = (key: keyof TruthStride): number =>
      sd([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => mean(of(createRunner({ seed }).truth(12), 'left', key))))
    expect(spreadOf('peakEversionDeg')).toBeGreaterThan(0.5)
    expect(spreadOf('contactTimeMs')).toBeGreaterThan(3)
  })
  test('unknown names and speeds are refused by name', () => {
    expect(() => createRunner({ name: 'sprinter' })).toThrow(/"sprinter".*easy, late-left/)
    expect(() => createRunner({ speedMPerS: 9 })).toThrow(/9 m\/s.*2 to 5/)
    expect(() => createRunner({ name: 'walker', speedMPerS: 3 })).toThrow(/0.8 to 2/)
  })
})
