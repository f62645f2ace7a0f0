import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { GRAVITY } from '../../shared/imu.ts'
import { PLACES } from '../../shared/places.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'footfall-simulate-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

const read = (folder: string, file: string): Promise<string> => readFile(join(root, folder, file), 'utf8')
const rowsOf = (csv: string): number[][] =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))

describe('a simulated session folder', () => {
  test('holds four pods, the session and its truth, and says how far it is', async () => {
    const shares: number[] = []
    const truth = await simulate(join(root, 'easy'), {
      seconds: 14,
      onProgress: (share) => shares.push(share),
    })
    expect((await readdir(join(root, 'easy'))).sort()).toEqual(
      [...PLACES.map((place) => `${place}.csv`), 'session.json', 'truth.json'].sort(),
    )
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    const session = JSON.parse(await read('easy', 'session.json'))
    expect(session).toMatchObject({
      format: 'session-folder/1',
      activity: 'running',
      treadmill: { speedMPerS: 3 },
      pods: { 'left-shin': { file: 'left-shin.csv', rateHz: 416, gyroRangeDegPerS: 2000 } },
      calibration: { standing: truth.standing },
    })
    const written = JSON.parse(await read('easy', 'truth.json'))
    expect(written.strides).toHaveLength(truth.strides.length)
    expect(written.strides[0].eversionCurveDeg).toHaveLength(101)
    expect(written).toMatchObject({ lagUnknown: false, exclude: [], activity: 'running' })
  })

  test('times rise strictly, at the rate, from each pod’s own phase; standing reads 1 g', async () => {
    const starts = new Set<number>()
    for (const place of PLACES) {
      const csv = await read('easy', `${place}.csv`)
      expect(csv.startsWith('t,ax,ay,az,gx,gy,gz\n')).toBe(true)
      const rows = rowsOf(csv)
      starts.add(rows[0]![0]!)
      expect(rows.every((row) => row.length === 7 && row.every(Number.isFinite))).toBe(true)
      expect(rows.slice(1).every((row, i) => row[0]! > rows[i]![0]!)).toBe(true)
      expect((rows.length - 1) / (rows.at(-1)![0]! - rows[0]![0]!)).toBeCloseTo(416, 2)
      expect(rows.at(-1)![0]!).toBeLessThan(14)
      const still = rows.filter((row) => row[0]! > 0.5 && row[0]! < 4.9)
      const force = still.reduce((sum, r) => sum + Math.hypot(r[1]!, r[2]!, r[3]!), 0) / still.length
      expect(Math.abs(force - GRAVITY)).toBeLessThan(0.4)
    }
    expect(starts.size).toBe(4)
  })

  test('hard loses samples in bursts and clips at 16 g', async () => {
    await simulate(join(root, 'hard'), { seconds: 40, hard: true, name: 'rigid', speedMPerS: 4.5 })
    const rows = (await Promise.all(PLACES.map((place) => read('hard', `${place}.csv`)))).map(rowsOf)
    const lost = rows.reduce((sum, r) => sum + 40 * 416 - r.length, 0) / (4 * 40 * 416)
    expect(lost).toBeGreaterThan(0.002)
    expect(lost).toBeLessThan(0.01)
    const gaps = rows.flatMap((r) => r.slice(1).map((row, i) => Math.round((row[0]! - r[i]![0]!) * 416) - 1))
    expect(
      gaps.filter((g) => g > 0).reduce((a, b) => a + b, 0) / gaps.filter((g) => g > 0).length,
    ).toBeGreaterThan(4)
    const largest = Math.max(
      ...rows.map((r) => r.reduce((m, row) => Math.max(m, ...row.slice(1, 4).map(Math.abs)), 0)),
    )
    expect(largest).toBeCloseTo(16 * GRAVITY, 3)
  })

  test('the same options write the same bytes, other seeds others', async () => {
    await simulate(join(root, 'again'), { seconds: 14 })
    for (const file of await readdir(join(root, 'easy')))
      expect(await read('again', file)).toBe(await read('easy', file))
    await simulate(join(root, 'again'), { seconds: 14, seed: 2 })
    expect(await read('again', 'left-shoe.csv')).not.toBe(await read('easy', 'left-shoe.csv'))
  })
})

describe('what it refuses', () => {
  test('a folder with anything of somebody else, which stays as it was', async () => {
    const folder = await mkdtemp(join(root, 'mine-'))
    await writeFile(join(folder, 'notes.txt'), 'keep')
    await expect(simulate(folder, { seconds: 14 })).rejects.toThrow(/not empty.*choose another folder/)
    await writeFile(join(folder, 'truth.json'), '{"source":"treadmill"}')
    await expect(simulate(folder, { seconds: 14 })).rejects.toThrow(/not empty/)
    expect((await readdir(folder)).sort()).toEqual(['notes.txt', 'truth.json'])
  })

  test('a length or rate that makes no session, and runners it does not know', async () => {
    const folder = join(root, 'never')
    await expect(simulate(folder, { seconds: 5 })).rejects.toThrow(/at least 12 s/)
    await expect(simulate(folder, { rateHz: 5 })).rejects.toThrow(/5 Hz/)
    await expect(simulate(folder, { name: 'nobody' })).rejects.toThrow(/nobody/)
    await expect(readdir(folder)).rejects.toThrow(/ENOENT/)
  })
})
