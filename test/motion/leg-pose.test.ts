import { describe, expect, it } from 'vitest'
import { CLEAN, HARD, type ImuErrors, imperfectPods } from '../../firmware/virtual/imperfect.ts'
import { createRunner, type Runner } from '../../firmware/virtual/runner/runner.ts'
import { LegMotion } from '../../host/motion/leg.ts'
import { emptyPose, type LegPose } from '../../host/motion/leg-pose.ts'
import { motionDefaults } from '../../host/motion/settings.ts'
import { PodTrack } from '../../host/motion/track.ts'
import { placeOf, type Segment, type Side } from '../../shared/places.ts'

const DEGREES = 180 / Math.PI
const SEGMENTS = ['shoe', 'shin'] as const
const RATE_HZ = 416
const SECONDS = 20
/** A stride is told this long after it ended, s. */
const TOLD_S = 0.05
/** The pose is asked for this long after it was, s. */
const BACK_S = 0.02

interface Asked {
  timeS: number
  pose: LegPose
  inStance: boolean
}

interface Options {
  side?: Side
  name?: string
  errors?: ImuErrors
  pods?: readonly Segment[]
  /** Samples that are missing. */
  missing?: (segment: Segment, timeS: number) => boolean
  /** Asked every so many samples; 0 = never. */
  every?: number
}

/** A simulated leg through `LegMotion` with true events, its pose asked for as it goes. */
function worn(options: Options = {}) {
  const { side = 'left', name = 'overpronator', errors = CLEAN, every = 14 } = options
  const { pods = SEGMENTS, missing = () => false } = options
  const runner = createRunner({ name, seed: 31 })
  const imus = imperfectPods(runner, errors)
  const tracks = new Map(pods.map((segment) => [segment, new PodTrack(14 * 420, 0.03)]))
  const motion = new LegMotion(
    side,
    tracks.get('shoe') ?? null,
    tracks.get('shin') ?? null,
    motionDefaults,
    null,
  )
  const strides = runner.truth(SECONDS).strides.filter((stride) => stride.leg === side)
  const asked: Asked[] = []
  const sample = new Float64Array(6)
  let told = 0
  for (let n = 0; n < SECONDS * RATE_HZ; n++) {
    for (const [segment, track] of tracks) {
      const timeS = (n + (segment === 'shoe' ? 0.2 : 0.7)) / RATE_HZ
      if (missing(segment, timeS)) continue
      imus[placeOf(side, segment)].sampleAt(timeS, sample)
      track.push(timeS, sample, false)
      motion.step()
    }
    const nowS = n / RATE_HZ
    for (; told < strides.length && strides[told]!.nextIcS + TOLD_S < nowS; told++)
      motion.learn({
        ...strides[told]!,
        index: told,
        footFlatS: null,
        heelRiseS: null,
        midSwingS: null,
        confidence: 1,
      })
    if (every === 0 || n % every !== 0) continue
    const timeS = nowS - BACK_S
    const pose = emptyPose()
    motion.pose(timeS, pose)
    const stride = strides.find(({ icS, nextIcS }) => icS <= timeS && timeS < nextIcS)
    if (stride) asked.push({ timeS, pose, inStance: timeS < stride.toS })
  }
  return { runner, motion, strides, asked, side }
}

const rms = (values: readonly number[]): number => {
  expect(values.length).toBeGreaterThan(20)
  return Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)
}

const eversionErrors = (runner: Runner, side: Side, asked: readonly Asked[]): number[] =>
  asked.map(({ timeS, pose }) => (pose.eversion - runner.legs[side].anglesAt(timeS).eversion) * DEGREES)

/** Angle between the segment's long axis as found and as it was, degrees. */
function tilt(q: Float64Array, truth: Float64Array): number {
  const [w, x, y, z] = q as unknown as [number, number, number, number]
  const found = [2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)] as const
  // the simulation's world is forward, up, right
  const dot = found[0] * truth[1]! - found[1] * truth[7]! + found[2] * truth[4]!
  return Math.acos(Math.min(1, dot)) * DEGREES
}

describe('the pose of a simulated leg', () => {
  it.each([
    ['left', 'overpronator', CLEAN, 0.7],
    ['right', 'forefoot', CLEAN, 0.7],
    ['left', 'easy', HARD, 1.2],
    ['right', 'overpronator', HARD, 1.2],
  ] as const)(
    '%s, %s: eversion at any time within the accuracy of the curves',
    (side, name, errors, bound) => {
      const { runner, asked } = worn({ side, name, errors })
      const settled = asked.filter(({ pose }) => pose.settled)
      const stance = settled.filter(({ inStance }) => inStance)
      const swing = settled.filter(({ inStance }) => !inStance)
      expect(rms(eversionErrors(runner, side, stance))).toBeLessThan(bound)
      expect(rms(eversionErrors(runner, side, swing))).toBeLessThan(bound)
      for (const segment of SEGMENTS) {
        const truth = ({ timeS }: Asked) => {
          runner.legs[side].at(timeS)
          return runner.legs[side][segment].r
        }
        expect(rms(settled.map((at) => tilt(at.pose[segment], truth(at))))).toBeLessThan(
          errors === CLEAN ? 1 : 2,
        )
      }
    },
  )

  it('says that it is provisional until alignment has settled, and is near all the same', () => {
    const { runner, asked, side } = worn({ side: 'right' })
    const known = asked.filter(({ pose }) => !Number.isNaN(pose.eversion))
    const settledS = known.find(({ pose }) => pose.settled)!.timeS
    const before = known.filter(({ timeS }) => timeS < settledS)
    expect(before.length).toBeGreaterThan(50)
    expect(known.filter(({ timeS }) => timeS > settledS).every(({ pose }) => pose.settled)).toBe(true)
    expect(rms(eversionErrors(runner, side, before))).toBeLessThan(2)
  })

  it('is the live curve, sample for sample', () => {
    const { motion, strides } = worn({ every: 0 })
    const { icS, toS } = strides.at(-1)!
    const curve = motion.stance(icS, toS, null).curves.eversionDeg!
    const pose = emptyPose()
    for (let k = 0; k <= 100; k += 5) {
      motion.pose(icS + ((toS - icS) * k) / 100, pose)
      // the curve takes what drifts for the whole stance from its middle
      expect(Math.abs(pose.eversion * DEGREES - curve[k]!)).toBeLessThan(0.05)
    }
  })

  it('goes forward: the toes point along the course, but for the foot progression', () => {
    const { asked } = worn()
    const stance = asked.filter(({ pose, inStance }) => pose.settled && inStance)
    const headings = stance.map(({ pose: { shoe } }) => {
      const [w, x, y, z] = shoe as unknown as [number, number, number, number]
      return Math.atan2(2 * (x * y + w * z), 1 - 2 * (y * y + z * z)) * DEGREES
    })
    for (const heading of headings) expect(Math.abs(heading)).toBeLessThan(15)
  })

  it('is not known over a hole, and known again two strides later', () => {
    const fromS = 10
    const { asked } = worn({
      missing: (segment, timeS) => segment === 'shin' && timeS > fromS && timeS < fromS + 0.1,
    })
    const after = asked.filter(({ timeS }) => timeS > fromS + 0.1)
    expect(Number.isNaN(after[0]!.pose.eversion)).toBe(true)
    expect(after[0]!.pose.shin[0]).toBeNaN()
    expect(after[0]!.pose.shoe[0]).not.toBeNaN()
    expect(
      after.filter(({ timeS }) => timeS > fromS + 3).every(({ pose }) => !Number.isNaN(pose.eversion)),
    ).toBe(true)
  })

  it('of a pod that has gone is not known; the other one is', () => {
    const { asked } = worn({ missing: (segment, timeS) => segment === 'shin' && timeS > 12 })
    const { pose } = asked.findLast(({ timeS }) => timeS < 13.5)!
    expect(pose.shin[0]).toBeNaN()
    expect(pose.shoe[0]).not.toBeNaN()
  })

  it.each([
    ['shoe', 'shin'],
    ['shin', 'shoe'],
  ] as const)('with the %s pod alone shows how far it leans, and nothing of the %s', (there, absent) => {
    const { runner, asked, side } = worn({ pods: [there] })
    const settled = asked.filter(({ pose }) => pose.settled)
    const leans = settled.map(({ timeS, pose }) => {
      runner.legs[side].at(timeS)
      const [w, x, y, z] = pose[there] as unknown as [number, number, number, number]
      return (Math.acos(2 * (y * z + w * x)) - Math.acos(runner.legs[side][there].r[4]!)) * DEGREES
    })
    expect(rms(leans)).toBeLessThan(2)
    expect(settled.every(({ pose }) => Number.isNaN(pose[absent][0]!) && Number.isNaN(pose.eversion))).toBe(
      true,
    )
  })

  it('asked or not, the strides are the same', () => {
    const curves = (every: number) => {
      const { motion, strides } = worn({ every })
      return strides.slice(-4).map(({ icS, toS }) => motion.stance(icS, toS, null))
    }
    expect(curves(3)).toEqual(curves(0))
  })
})
