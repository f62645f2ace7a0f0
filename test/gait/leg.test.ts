import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GRAVITY } from '../../shared/imu.ts'
import { errors, everyS, hear } from './run-foot.ts'
import { STRIDE_S, SyntheticFoot } from './synthetic-foot.ts'

/** A unit quaternion from three uniform numbers (Shoemake 1992). */
const mounts = fc
  .tuple(...[0, 1, 2].map(() => fc.double({ min: 0, max: 1, noNaN: true })))
  .map(([u, v, w]): [number, number, number, number] => [
    Math.sqrt(1 - u!) * Math.sin(2 * Math.PI * v!),
    Math.sqrt(1 - u!) * Math.cos(2 * Math.PI * v!),
    Math.sqrt(u!) * Math.sin(2 * Math.PI * w!),
    Math.sqrt(u!) * Math.cos(2 * Math.PI * w!),
  ])

const kinds = (heard: ReturnType<typeof hear>, kind: string): number[] =>
  heard.events.filter((e) => e.kind === kind).map((e) => e.timeS)

describe('a foot in closed form', () => {
  const foot = new SyntheticFoot()
  const heard = hear(foot, everyS(400, foot.endS))

  it('has its lowest landing rate found to a millisecond, and its push-off where it has turned enough', () => {
    const landings = heard.landmarks.filter((l) => l.kind === 'landing').map((l) => l.timeS)
    const pushes = heard.landmarks.filter((l) => l.kind === 'push').map((l) => l.timeS)
    // the first landing and the first push-off have no flat foot before them to take features against
    for (const e of errors(landings, foot.landings().slice(1))) expect(Math.abs(e)).toBeLessThan(0.001)
    // the bump turns 43° and its lowest rate lies half-way, so the turn asked for is reached just after it
    for (const e of errors(pushes, foot.pushes().slice(1))) expect(Math.abs(e)).toBeLessThan(0.004)
  })

  it('gives every contact and toe-off once, within the bound of the offsets', () => {
    const contacts = kinds(heard, 'initial-contact')
    const toeOffs = kinds(heard, 'toe-off')
    expect(contacts).toHaveLength(foot.landings().length)
    expect(toeOffs).toHaveLength(foot.pushes().length)
    for (const e of errors(contacts, foot.landings())) expect(Math.abs(e + 0.011)).toBeLessThanOrEqual(0.0265)
    for (const e of errors(toeOffs, foot.pushes())) expect(Math.abs(e - 0.032)).toBeLessThanOrEqual(0.049)
  })

  it('looks again at a toe-off where it was estimated: what it sees there is the foot in closed form', () => {
    const seen = heard.landmarks.filter((l) => l.kind === 'leaving')
    const toeOffs = kinds(heard, 'toe-off')
    // the first has no stride before it to measure by
    expect(seen).toHaveLength(heard.landmarks.filter((l) => l.kind === 'push').length - 1)
    const sample = new Float64Array(6)
    const rateAt = (timeS: number): number => {
      foot.sampleAt(timeS, sample)
      return sample[5]!
    }
    for (const { timeS, features } of seen) {
      expect(Math.abs(errors(toeOffs, [timeS])[0]!)).toBeLessThanOrEqual(0.02)
      const push = foot.pushes().findLast((t) => t < timeS)!
      let turned = 0
      for (let t = push - 0.14; t < timeS - 0.01; t += 1e-4) turned += 1e-4 * rateAt(t)
      const [pitch, now, before, strideS] = features
      expect(Math.abs((10 * Math.PI * pitch!) / 180 - turned)).toBeLessThan(0.02)
      // smoothing takes 2 % off a bump of this width
      expect(now! / before!).toBeCloseTo(rateAt(timeS - 0.01) / rateAt(timeS - 0.04), 1)
      expect(Math.abs(strideS! - STRIDE_S)).toBeLessThan(0.03)
    }
  })

  it('makes strides of the stride time, in order, each event inside its stride', () => {
    expect(heard.strides).toHaveLength(foot.landings().length - 1)
    heard.strides.forEach((stride, i) => {
      expect(stride.index).toBe(i)
      // whether it walks or runs the first stance tells: its own contact is called as a walker's
      expect(Math.abs(stride.nextIcS - stride.icS - STRIDE_S)).toBeLessThan(i === 0 ? 0.025 : 0.005)
      expect(stride.icS).toBeLessThan(stride.footFlatS!)
      expect(stride.footFlatS!).toBeLessThan(stride.heelRiseS!)
      expect(stride.heelRiseS!).toBeLessThan(stride.toS)
      expect(stride.toS).toBeLessThan(stride.midSwingS!)
      expect(stride.midSwingS!).toBeLessThan(stride.nextIcS)
    })
    expect(heard.stances.map((s) => s.icS)).toEqual(
      kinds(heard, 'initial-contact')
        .slice(0, -1)
        .concat(
          heard.stances.length === foot.landings().length ? kinds(heard, 'initial-contact').slice(-1) : [],
        ),
    )
    expect(heard.gait.activity).toBe('running')
  })

  it('never announces before it happened, and soon after once the gait is known', () => {
    for (const e of heard.events) expect(e.announcedS).toBeGreaterThanOrEqual(e.timeS)
    const contacts = heard.events.filter((e) => e.kind === 'initial-contact')
    for (const e of contacts) expect(e.announcedS - e.timeS).toBeLessThan(0.06)
  })

  it('says the same a second time', () => {
    expect(hear(foot, everyS(400, foot.endS)).events).toEqual(heard.events)
  })

  it('hears the same at any rate and at uneven times', () => {
    const wanted = kinds(heard, 'initial-contact')
    let seed = 7
    function* uneven(): Generator<number> {
      for (let t = 0; t < foot.endS; ) {
        yield t
        seed = (seed * 1103515245 + 12345) % 2147483648
        t += 0.001 + (0.005 * seed) / 2147483648
      }
    }
    for (const times of [everyS(104, foot.endS), everyS(208, foot.endS), everyS(1000, foot.endS), uneven()]) {
      const found = kinds(hear(foot, times), 'initial-contact')
      expect(found).toHaveLength(wanted.length)
      for (const e of errors(found, wanted)) expect(Math.abs(e)).toBeLessThan(0.006)
    }
  })

  it('is the same foot however the pod is stuck on', () => {
    const wanted = kinds(heard, 'initial-contact')
    fc.assert(
      fc.property(mounts, (mount) => {
        const turned = hear(new SyntheticFoot({ mount }), everyS(400, foot.endS))
        expect(kinds(turned, 'initial-contact')).toHaveLength(wanted.length)
        for (const e of errors(kinds(turned, 'initial-contact'), wanted))
          expect(Math.abs(e)).toBeLessThan(1e-4)
        // foot z, to the right, about which toe-up is positive
        const [w, x, y, z] = mount
        const axis = [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)]
        const along = axis.reduce((a, v, i) => a + v * turned.gait.pitchAxis[i]!, 0)
        expect(along).toBeGreaterThan(0.999)
      }),
      { numRuns: 25 },
    )
  })
})

describe('what is no gait', () => {
  it('standing gives no event', () => {
    const foot = new SyntheticFoot({ standingS: 20, strides: 0 })
    expect(hear(foot, everyS(400, 20)).events).toEqual([])
  })

  it('shuffling gives no event', () => {
    const foot = new SyntheticFoot({ size: 0.15 })
    expect(hear(foot, everyS(400, foot.endS)).events).toEqual([])
  })

  it('a pod turned to and fro in the hand gives no event', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: Math.PI, noNaN: true }),
        fc.double({ min: 0.5, max: 1.5, noNaN: true }),
        fc.double({ min: 0.4, max: 1, noNaN: true }),
        (heading, hz, swingRad) => {
          const hand = {
            endS: 12,
            sampleAt(t: number, out: Float64Array): void {
              const w = 2 * Math.PI * hz
              const angle = swingRad * Math.sin(w * t)
              // turned about the pod's z, moved 6 cm to and fro along the level direction `heading` from x
              const shake = -0.06 * w * w * Math.cos(w * t + heading)
              out[0] = Math.cos(angle) * shake * Math.cos(heading) + Math.sin(angle) * GRAVITY
              out[1] = -Math.sin(angle) * shake * Math.cos(heading) + Math.cos(angle) * GRAVITY
              out[2] = shake * Math.sin(heading)
              out[3] = 0
              out[4] = 0
              out[5] = swingRad * w * Math.cos(w * t)
            },
          }
          expect(hear(hand, everyS(200, hand.endS)).events).toEqual([])
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('a gap', () => {
  const foot = new SyntheticFoot({ strides: 16 })

  it('takes the stride it lies in, and no other', () => {
    const whole = hear(foot, everyS(400, foot.endS))
    fc.assert(
      fc.property(fc.double({ min: 7, max: 11, noNaN: true }), (fromS) => {
        const gap = { fromS, toS: fromS + 0.08 }
        const times = [...everyS(400, foot.endS)].filter((t) => t < gap.fromS || t > gap.toS)
        const broken = hear(foot, times)
        for (const s of broken.strides) expect(s.icS > gap.fromS - 0.001 || s.nextIcS < gap.toS).toBe(true)
        expect(broken.strides.length).toBeGreaterThanOrEqual(whole.strides.length - 3)
        for (const e of errors(
          whole.strides.map((s) => s.icS),
          broken.strides.map((s) => s.icS),
        ))
          expect(Math.abs(e)).toBeLessThan(0.02)
      }),
      { numRuns: 20 },
    )
  })

  it('shorter than the limit loses nothing', () => {
    const times = [...everyS(400, foot.endS)].filter((t) => Math.floor(t / 0.04) % 25 !== 3)
    const heard = hear(foot, times)
    expect(heard.strides).toHaveLength(foot.landings().length - 1)
  })
})
