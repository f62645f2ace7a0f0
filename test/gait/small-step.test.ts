import { describe, expect, it } from 'vitest'
import { CONTACT, STIRS, TOE_OFF } from '../../host/gait/cycle.ts'
import { gaitDefaults } from '../../host/gait/settings.ts'
import { ShoeCycle } from '../../host/gait/shoe-cycle.ts'
import { GaitSignals } from '../../host/gait/signals.ts'
import { GRAVITY } from '../../shared/imu.ts'
import { everyS, hear, type Signal } from './run-foot.ts'

interface Bump {
  atS: number
  sdS: number
  rate: number
}
const STRIDE_S = 1.1
const FIRST_S = 3
const STRIDES = 8
const PUSH = { sdS: 0.06, rate: -6 }
const LANDING = { sdS: 0.02, rate: -5 }
const SWING_SD_S = 0.08
/** The last step: a gentle push-off, a gentle swing that turns back what it turned, no fall. */
const LAST_S = FIRST_S + STRIDES * STRIDE_S + 0.4
const GENTLE: Bump[] = [
  { atS: LAST_S, sdS: 0.08, rate: -1.5 },
  { atS: LAST_S + 0.32, sdS: 0.07, rate: (1.5 * 0.08) / 0.07 },
]

/** A walking foot in closed form, toe-up rate as a sum of Gaussians; then a last small turn, and a way of `lastM` or none. */
function walkThenStep(lastM: number): Signal {
  const swing = -(PUSH.rate * PUSH.sdS + LANDING.rate * LANDING.sdS) / SWING_SD_S
  const bumps = Array.from({ length: STRIDES }, (_, i): Bump[] => {
    const atS = FIRST_S + i * STRIDE_S
    return [
      { atS, ...PUSH },
      { atS: atS + 0.26, sdS: SWING_SD_S, rate: swing },
      { atS: atS + 0.46, ...LANDING },
    ]
  }).flat()
  bumps.push(...GENTLE)
  const ways = Array.from({ length: STRIDES }, (_, i) => ({
    fromS: FIRST_S + 0.06 + i * STRIDE_S,
    m: 1.4,
    lastsS: 0.4,
  }))
  ways.push({ fromS: LAST_S + 0.1, m: lastM, lastsS: 0.35 })
  let lastT = 0
  let pitch = 0
  return {
    endS: LAST_S + 3,
    // asked in order: the pitch is summed up on the way
    sampleAt(t, out) {
      const rate = bumps.reduce((sum, b) => sum + b.rate * Math.exp(-0.5 * ((t - b.atS) / b.sdS) ** 2), 0)
      pitch += rate * (t - lastT)
      lastT = t
      let forward = 0
      for (const { fromS, m, lastsS } of ways) {
        const x = (2 * Math.PI * (t - fromS)) / lastsS
        if (x > 0 && x < 2 * Math.PI) forward += ((2 * Math.PI * m) / lastsS ** 2) * Math.sin(x)
      }
      const c = Math.cos(pitch)
      const s = Math.sin(pitch)
      out.set([c * forward + s * GRAVITY, -s * forward + c * GRAVITY, 0, 0, 0, rate])
    },
  }
}

const atTheEnd = (signal: Signal, kind: string): number[] =>
  hear(signal, everyS(400, signal.endS))
    .events.filter((e) => e.kind === kind && e.timeS > LAST_S - 0.2)
    .map((e) => e.timeS)

/** A Gaussian is back at a share of its peak this long after it. */
const back = (sdS: number, share: number): number => sdS * Math.sqrt(2 * Math.log(1 / share))

describe('a last small step', () => {
  it('is a step where the foot goes: it leaves where its push-off ends, and has landed where it turns no more', () => {
    const [toS] = atTheEnd(walkThenStep(0.4), 'toe-off')
    const [icS] = atTheEnd(walkThenStep(0.4), 'initial-contact')
    const [push, swing] = GENTLE as [Bump, Bump]
    expect(toS).toBeCloseTo(push.atS + back(push.sdS, gaitDefaults.pushBackShare), 1.7)
    const rest = Math.max(gaitDefaults.fallShare, gaitDefaults.departure.restRadPerS / swing.rate)
    expect(icS).toBeCloseTo(swing.atS + back(swing.sdS, rest), 1.7)
  })

  it('is none where the foot stays: a heel that is lifted and put down', () => {
    const heel = walkThenStep(0)
    expect(atTheEnd(heel, 'toe-off')).toEqual([])
    expect(atTheEnd(heel, 'initial-contact')).toEqual([])
  })

  it('is none where the samples are missing in which the foot stood', () => {
    const heel = walkThenStep(0)
    const { walkGapS } = gaitDefaults
    for (let fromS = LAST_S - 1; fromS < LAST_S; fromS += 0.015) {
      const times = [...everyS(400, heel.endS)].filter((t) => t < fromS || t > fromS + 0.94 * walkGapS)
      const left = hear(heel, times).events.filter((e) => e.kind === 'toe-off' && e.timeS > LAST_S - 0.2)
      expect(left).toEqual([])
    }
  })
})

describe('a walking push-off', () => {
  const signals = new GaitSignals(gaitDefaults.stepS, gaitDefaults.smoothS)
  const cycle = new ShoeCycle(signals, gaitDefaults)
  const found: { what: number; atS: number }[] = []
  cycle.restart(true)
  cycle.pace = 'walking'
  // a hump of 15°, then the push-off of 45°
  const hump = { atS: 1, sdS: 0.04, rate: -2.6 }
  const push = { atS: 1.3, sdS: 0.05, rate: -6.3 }
  for (let t = 0; t < 2; t += 1 / 400) {
    const rate = [hump, push].reduce(
      (sum, b) => sum + b.rate * Math.exp(-0.5 * ((t - b.atS) / b.sdS) ** 2),
      0,
    )
    const ready = signals.ready
    signals.push(t, rate, GRAVITY)
    for (let k = Math.max(1, ready); k < signals.ready; k++) {
      const what = cycle.step(k)
      if (what === TOE_OFF || what === CONTACT || what === STIRS)
        found.push({ what, atS: signals.timeS(cycle.pushCell) })
    }
  }

  it('is not ended by a first hump of heel rise that has turned the shoe little', () => {
    expect(found).toHaveLength(1)
    expect(found[0]!.what).toBe(TOE_OFF)
    // smoothing widens the bump a little
    expect(Math.abs(found[0]!.atS - push.atS - back(push.sdS, gaitDefaults.pushBackShare))).toBeLessThan(
      0.004,
    )
  })
})
