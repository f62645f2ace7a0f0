import { describe, expect, it } from 'vitest'
import { CLEAN, HARD, type ImuErrors, imperfectPods } from '../../firmware/virtual/imperfect.ts'
import type { RunnerOptions } from '../../firmware/virtual/runner/parameters.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { type Turn, TurnedImu } from '../../firmware/virtual/turned-imu.ts'
import type { WornImu, WornPods } from '../../firmware/virtual/worn.ts'
import type { Stride } from '../../host/analysis/document.ts'
import { DEG } from '../../shared/imu.ts'
import type { Place } from '../../shared/places.ts'
import { type WornSession, wornSession } from '../tools/worn-session.ts'

/** What is said of where pods sit; that nobody stood is another matter. */
const said = (session: WornSession): string[] =>
  session.notes.map((note) => note.text).filter((text) => !text.includes('no standing period'))

/** Pods of a simulated runner, each with its own faults; `turns` are true turns on the segment. */
function worn(options: RunnerOptions, turns: readonly Turn[] = [], errors: ImuErrors = CLEAN): WornPods {
  const runner = createRunner(options)
  const pods = { ...runner.pods } as WornPods
  for (const turn of turns) pods[turn.place] = new TurnedImu(pods[turn.place], runner.pods[turn.place], turn)
  return imperfectPods(runner, errors, 1, pods)
}
const left = (pods: WornPods) => ({ 'left-shoe': pods['left-shoe'], 'left-shin': pods['left-shin'] })

/** Taken off and put on again between two samples: nothing was felt of the turn. */
const putOnAnew = (imu: WornImu, atS: number, deg: number): WornImu => ({
  sampleAt(timeS, out) {
    imu.sampleAt(timeS, out)
    if (timeS < atS) return
    const [c, s] = [Math.cos(deg * DEG), Math.sin(deg * DEG)]
    for (const o of [0, 3]) {
      const x = out[o]!
      const z = out[o + 2]!
      out[o] = c * x + s * z
      out[o + 2] = c * z - s * x
    }
  },
})

/** Whole strides of a leg after `atS` until something was said of it. */
function stridesUntilSaid(session: WornSession, place: Place, atS: number): number {
  const { timeS } = session.notes.find((note) => note.text.includes(place))!
  return session.strides.filter((s) => place.startsWith(s.leg) && s.icS > atS && s.nextIcS <= timeS).length
}
const later = (session: WornSession, atS: number): Stride[] => session.strides.filter((s) => s.icS > atS)
const mean = (strides: Stride[], name: 'peakEversionDeg' | 'eversionExcursionDeg'): number =>
  strides.reduce((sum, s) => sum + s[name]!, 0) / strides.length

describe('a pod that slips', () => {
  const slip = { atS: 18, lastS: 0.5 }

  it.each<[string, RunnerOptions, Turn, ImuErrors, number]>([
    [
      'a shin pod round the leg',
      { name: 'easy', seed: 3 },
      { place: 'left-shin', axis: 'y', deg: 24, slip },
      CLEAN,
      416,
    ],
    [
      'a shin pod tipping',
      { name: 'forefoot', seed: 4 },
      { place: 'left-shin', axis: 'z', deg: 12, slip },
      CLEAN,
      208,
    ],
    [
      'a shoe pod, hard',
      { name: 'rigid', seed: 5 },
      { place: 'left-shoe', axis: 'x', deg: 15, slip },
      HARD,
      416,
    ],
    ['in walking', { name: 'walker', seed: 6 }, { place: 'left-shin', axis: 'y', deg: 20, slip }, HARD, 104],
  ])('%s: said within five strides', (_, options, turn, errors, rateHz) => {
    const session = wornSession(left(worn(options, [turn], errors)), { toS: 34, rateHz })
    const texts = said(session)
    expect(texts).toHaveLength(1)
    const [, deg, sinceS] = texts[0]!.match(new RegExp(`^${turn.place}: turned (\\d+)° since ([\\d.]+) s`))!
    expect(Math.abs(Number(deg) - turn.deg)).toBeLessThanOrEqual(4)
    expect(Math.abs(Number(sinceS) - slip.atS)).toBeLessThan(2.5)
    expect(stridesUntilSaid(session, turn.place, slip.atS)).toBeLessThanOrEqual(5)
    // the zero is lost, the shape is found again
    const late = later(session, 26)
    expect(late.every((s) => s.quality.ok && s.peakEversionDeg === null)).toBe(true)
    expect(late.every((s) => s.quality.reasons.some((why) => why.startsWith(`${turn.place}: turned`)))).toBe(
      true,
    )
    const before = session.strides.filter((s) => s.nextIcS < slip.atS)
    expect(before.every((s) => s.quality.ok && !s.quality.reasons.join().includes('turned'))).toBe(true)
    expect(Math.abs(mean(late, 'eversionExcursionDeg') - mean(before, 'eversionExcursionDeg'))).toBeLessThan(
      1.2,
    )
    expect(session.pods[turn.place]!.alignment!.qualityPct).toBeLessThan(75)
    // while nobody knew, nothing was given out as sound
    expect(later(session, slip.atS + slip.lastS).filter((s) => !s.quality.ok).length).toBeGreaterThanOrEqual(
      2,
    )
  })

  it.each([['left-shin'], ['left-shoe']] as const)('%s alone', (place) => {
    const pods = worn({ name: 'easy', seed: 7 }, [{ place, axis: 'y', deg: 18, slip }])
    const session = wornSession({ [place]: pods[place] }, { toS: 30 })
    expect(said(session)).toEqual([expect.stringMatching(/turned 1[5-9]°.*strap slipped/)])
    expect(stridesUntilSaid(session, place, slip.atS)).toBeLessThanOrEqual(5)
  })

  it('without standing, at 1000 Hz', () => {
    const pods = left(worn({ name: 'easy', seed: 8 }, [{ place: 'left-shin', axis: 'y', deg: 18, slip }]))
    const session = wornSession(pods, { fromS: 8, toS: 28, rateHz: 1000 })
    expect(session.notes[0]!.text).toMatch(/^left: no standing period/)
    expect(said(session)).toEqual([expect.stringMatching(/^left-shin: turned/)])
    expect(stridesUntilSaid(session, 'left-shin', slip.atS)).toBeLessThanOrEqual(5)
  })

  it('put on the other way round after standing', () => {
    const pods = left(worn({ name: 'easy', seed: 9 }))
    const session = wornSession(
      { ...pods, 'left-shoe': putOnAnew(pods['left-shoe'], 18.2, 180) },
      { toS: 32 },
    )
    expect(said(session)).toEqual([expect.stringMatching(/^left-shoe: turned 1[678]\d°.*other way round/)])
    expect(stridesUntilSaid(session, 'left-shoe', 18.2)).toBeLessThanOrEqual(5)
  })
})

describe('standing again', () => {
  const bouts = [
    { speedMPerS: 0, seconds: 5 },
    { speedMPerS: 3, seconds: 15 },
    { speedMPerS: 0, seconds: 8 },
    { speedMPerS: 3, seconds: 30 },
  ]
  const pods = left(worn({ name: 'easy', seed: 4, bouts }))
  const usual = wornSession(pods, { toS: 42 })
  const slipped = (atS: number) =>
    wornSession({ ...pods, 'left-shin': putOnAnew(pods['left-shin'], atS, 20) }, { toS: 42 })
  /** Strides some way into the second bout. */
  const late = (session: WornSession) => later(session, 34)

  it('changes nothing where nothing slipped', () => {
    expect(said(usual)).toEqual([])
    expect(usual.strides.every((s) => s.quality.ok)).toBe(true)
  })

  it('gives a lost zero back', () => {
    const session = slipped(12)
    expect(said(session)).toEqual([
      expect.stringMatching(/^left-shin: turned 2\d°|^left-shin: turned 1\d°/),
      expect.stringMatching(/^left-shin: stood still at 2\d\.\d s/),
    ])
    expect(
      Math.abs(mean(late(session), 'peakEversionDeg') - mean(late(usual), 'peakEversionDeg')),
    ).toBeLessThan(1)
    expect(session.pods['left-shin']!.alignment!.qualityPct).toBeGreaterThan(90)
  })

  it('after the slip counts, though the slip is seen later', () => {
    const session = slipped(21)
    expect(
      Math.abs(mean(late(session), 'peakEversionDeg') - mean(late(usual), 'peakEversionDeg')),
    ).toBeLessThan(1)
  })

  it('before the slip does not', () => {
    const session = slipped(27.5)
    expect(late(session).every((s) => s.peakEversionDeg === null)).toBe(true)
    expect(later(session, 28).filter((s) => s.peakEversionDeg !== null)).toEqual([])
  })
})

describe('pods that are not where they are said to be', () => {
  const runners: [string, RunnerOptions][] = [
    ['a runner', { name: 'easy', seed: 11 }],
    ['a forefoot striker', { name: 'forefoot', seed: 12 }],
    ['a walker', { name: 'walker', seed: 13 }],
  ]
  const swap = (pods: WornPods, ...pairs: [Place, Place][]): WornPods => {
    const out = { ...pods }
    for (const [a, b] of pairs) [out[a], out[b]] = [pods[b], pods[a]]
    return out
  }

  it.each(runners)('%s with shoe and shin exchanged', (_, options) => {
    const pods = swap(worn(options), ['left-shoe', 'left-shin'])
    const session = wornSession(left(pods), { toS: 16 })
    expect(said(session)).toEqual([expect.stringMatching(/^left-shoe, left-shin: look exchanged/)])
    expect(stridesUntilSaid(session, 'left-shoe', 0)).toBeLessThanOrEqual(6)
    expect(session.strides.some((s) => s.quality.ok)).toBe(false)
    expect(session.pods['left-shoe']!.alignment?.qualityPct ?? 0).toBe(0)
  })

  it.each(runners)('%s with the shins swapped', (_, options) => {
    const session = wornSession(swap(worn(options, [], HARD), ['left-shin', 'right-shin']), { toS: 16 })
    for (const side of ['left', 'right'])
      expect(said(session)).toContainEqual(expect.stringMatching(`${side}-shin: move in turns`))
    expect(said(session)).toHaveLength(2)
    expect(stridesUntilSaid(session, 'left-shoe', 0)).toBeLessThanOrEqual(6)
    expect(session.strides.some((s) => s.quality.ok)).toBe(false)
  })

  it.each(runners)('%s with left and right swapped throughout', (_, options) => {
    const pods = swap(worn(options), ['left-shin', 'right-shin'], ['left-shoe', 'right-shoe'])
    const session = wornSession(pods, { toS: 20 })
    expect(said(session)).toEqual([expect.stringMatching(/^left and right look swapped/)])
    expect(later(session, 15).every((s) => s.quality.reasons.join().includes('look swapped'))).toBe(true)
    expect(session.pods['left-shin']!.alignment!.qualityPct).toBe(0)
  })

  it.each(runners)('%s as it should be: nothing is said', (_, options) => {
    for (const errors of [CLEAN, HARD])
      expect(said(wornSession(worn(options, [], errors), { toS: 24 }))).toEqual([])
  })
})

describe('a gyroscope whose bias turns the inertial frame over', () => {
  // some 8 °/s: half a turn in 20 to 60 s, as half a degree a second has done after six minutes
  it.each([2, 6, 10])(
    'costs nothing: eversion is the same before, while and after it is upside down (%i)',
    (seed) => {
      const runner = createRunner({ name: 'easy', seed: 3 })
      const pods = imperfectPods(runner, { ...CLEAN, gyroBiasDegPerS: 8 }, seed, {
        ...runner.pods,
      } as WornPods)
      const settled = wornSession(left(pods), { toS: 75 }).strides.filter(
        (stride) => stride.quality.ok && stride.icS > 15,
      )
      expect(settled.length).toBeGreaterThan(70)
      const excursions = [15, 25, 35, 45, 55, 65].map((fromS) =>
        mean(
          settled.filter(({ icS }) => icS > fromS && icS < fromS + 10),
          'eversionExcursionDeg',
        ),
      )
      expect(Math.max(...excursions) - Math.min(...excursions)).toBeLessThan(1.5)
    },
  )
})
