import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { SCENARIOS, type Scenario } from '../../firmware/virtual/scenarios.ts'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { TurnedImu } from '../../firmware/virtual/turned-imu.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { DEG, GRAVITY } from '../../shared/imu.ts'

const at = (imu: WornImu, t: number): number[] => {
  const out = new Float64Array(6)
  imu.sampleAt(t, out)
  return [...out]
}
const named = (name: string): Scenario => SCENARIOS.find((s) => s.name === name)!

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'footfall-scenarios-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('a pod that turns', () => {
  const runner = createRunner({ seed: 4, mounts: 'aligned' })
  const pod = runner.pods['left-shin']

  test('about its segment’s axis: what lay right lies forward after a quarter turn along the leg', () => {
    const [x, y, z] = at(pod, 8.2)
    const turned = at(new TurnedImu(pod, pod, { place: 'left-shin', axis: 'y', deg: 90 }), 8.2)
    // the pod's x now points to the left, its z forward
    expect(turned.slice(0, 3).map((v) => v + 0)).toEqual([
      expect.closeTo(-z!, 9),
      expect.closeTo(y!, 9),
      expect.closeTo(x!, 9),
    ])
  })

  test('about the segment’s axis however the pod is mounted', () => {
    const any = createRunner({ seed: 4 }).pods['left-shin']
    const turned = new TurnedImu(any, any, { place: 'left-shin', axis: 'y', deg: 70 })
    const along = (sample: number[]): number =>
      [0, 1, 2].reduce((sum, i) => sum + sample[i]! * any.mount.segmentFromPod[3 + i]!, 0)
    expect(along(at(turned, 9))).toBeCloseTo(along(at(any, 9)), 9)
  })

  test('slips truly: the gyro feels the whole turn and gravity tilts with it', () => {
    const rest: WornImu = { sampleAt: (_, out) => out.set([0, GRAVITY, 0, 0, 0, 0]) }
    const slip = new TurnedImu(rest, pod, {
      place: 'left-shin',
      axis: 'z',
      deg: 20,
      slip: { atS: 3, lastS: 1 },
    })
    let turn = 0
    const h = 1e-3
    for (let t = 2; t < 5; t += h) {
      const tilt = Math.atan2(at(slip, t)[0]!, at(slip, t)[1]!)
      expect(tilt).toBeCloseTo(turn, 4)
      turn += h * at(slip, t + h / 2)[5]!
    }
    expect(turn / DEG).toBeCloseTo(20, 4)
    expect(at(slip, 2.9)).toEqual([0, GRAVITY, 0, 0, 0, 0])
  })
})

describe('scenarios', () => {
  const session = async (name: string, seconds = 14) => {
    const folder = await mkdtemp(join(root, 'one-'))
    const truth = await simulate(folder, { seconds, seed: 3, scenario: named(name) })
    const text = (file: string): Promise<string> => readFile(join(folder, file), 'utf8')
    return { folder, truth, text, json: JSON.parse(await text('session.json')) }
  }

  test('have names of their own, and the truth tells what was done', async () => {
    expect(new Set(SCENARIOS.map((s) => s.name)).size).toBe(SCENARIOS.length)
    const { text } = await session('shin slips')
    const written = JSON.parse(await text('truth.json'))
    expect(written.scenario).toEqual(named('shin slips'))
    expect(written.source).toContain('shin slips')
  })

  test('a swapped pod tells of where it sits, under the other name', async () => {
    const folder = await mkdtemp(join(root, 'straight-'))
    await simulate(folder, { seconds: 14, seed: 3 })
    const rows = async (from: string, file: string) =>
      (await readFile(join(from, file), 'utf8')).trim().split('\n').slice(1)
    const norm = (row: string): number => Math.hypot(...row.split(',').slice(4).map(Number))
    const swapped = await session('shins swapped')
    const [called, sits] = [await rows(swapped.folder, 'left-shin.csv'), await rows(folder, 'right-shin.csv')]
    // each file has its own phase, a fraction of a sample: turning rates agree where they change slowly
    const apart = called.slice(0, 2000).map((row, i) => Math.abs(norm(row) - norm(sits[i]!)))
    expect(Math.max(...apart.slice(0, 1000))).toBeLessThan(0.03)
    const truth = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8'))
    expect(swapped.truth.events.length).toBe(truth.events.length)
  })

  test('a missing pod is not there, a lost sample neither', async () => {
    const shoes = await session('shoes only')
    expect((await readdir(shoes.folder)).filter((f) => f.endsWith('.csv')).sort()).toEqual([
      'left-shoe.csv',
      'right-shoe.csv',
    ])
    expect(Object.keys(shoes.json.pods)).toEqual(['left-shoe', 'right-shoe'])
    const lossy = await session('5 % lost', 60)
    const kept = (await lossy.text('left-shin.csv')).trim().split('\n').length - 1
    expect(1 - kept / (60 * 416)).toBeGreaterThan(0.025)
    expect(1 - kept / (60 * 416)).toBeLessThan(0.08)
  })

  test('what nobody would know beforehand is not in the session', async () => {
    const changing = await session('changing speed')
    expect(changing.json).not.toHaveProperty('treadmill')
    const day = await session('walk, run, walk', 30)
    expect(day.json).not.toHaveProperty('activity')
    const going = await session('no standing')
    expect(going.json).not.toHaveProperty('calibration')
    const still = await session('only standing')
    expect(still.truth.events).toEqual([])
    expect(still.json).not.toHaveProperty('activity')
  })
})
