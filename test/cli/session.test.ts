import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnalysisDocument } from '../../host/analysis/document.ts'
import { analysisSchema } from '../../host/analysis/schema.ts'
import type { FeedMessage, FeedState } from '../../host/session/feed.ts'
import { PLACES } from '../../shared/places.ts'
import { footfall, served } from './run.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-cli-'))
  const made = await footfall(folder, 'simulate', 'run', '--seconds', '25', '--seed', '3')
  expect(made).toMatchObject({ code: 0 })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a session folder', () => {
  test('analysed directly and after import gives the same document, byte for byte, and it fits the schema', async () => {
    const direct = await footfall(folder, 'analyze', 'run', '--json', '-')
    expect(direct.code).toBe(0)
    const imported = await footfall(folder, 'import', 'run', '--out', 'run.mcap')
    expect(imported).toMatchObject({ code: 0, stdout: '' })
    const fromFile = await footfall(folder, 'analyze', 'run.mcap', '--json', 'out/run.json')
    expect(fromFile).toMatchObject({ code: 0, stdout: '' })
    expect(await readFile(join(folder, 'out/run.json'), 'utf8')).toBe(direct.stdout)

    const document = JSON.parse(direct.stdout) as AnalysisDocument
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(analysisSchema())
    validate(document)
    expect(validate.errors).toBeNull()
    expect(document.strides.length).toBeGreaterThan(20)
    expect(new Set(Object.keys(document.pods))).toEqual(new Set(PLACES))
  })

  test('tables: one row a stride, 101 points a curve', async () => {
    const made = await footfall(folder, 'analyze', 'run', '--csv', 'tables')
    expect(made.code).toBe(0)
    const strides = (await readFile(join(folder, 'tables/strides.csv'), 'utf8')).trimEnd().split('\n')
    const curves = (await readFile(join(folder, 'tables/eversionDeg.csv'), 'utf8')).trimEnd().split('\n')
    expect(strides.length).toBeGreaterThan(20)
    expect(curves.length).toBeLessThanOrEqual(strides.length)
    expect(curves[1]?.split(',')).toHaveLength(103)
  })
})

test('a replay as fast as possible reaches its end, and Ctrl-C ends it well', async () => {
  let state: FeedState | undefined
  const ran = await served(folder, ['replay', 'run', '--speed', 'max'], async (url) => {
    do {
      await new Promise((resolve) => setTimeout(resolve, 100))
      const { messages } = (await (await fetch(`${url}api/session`)).json()) as { messages: FeedMessage[] }
      state = messages.find((message): message is FeedState => message.type === 'state')
    } while (state?.phase !== 'ended')
  })
  expect(state).toMatchObject({ speed: null })
  expect(state?.timeS).toBeCloseTo(25, 0)
  expect(ran.code).toBe(0)
})

describe('a result that cannot be written', () => {
  test.each([
    [['analyze', 'run', '--json', 'a-folder'], /a-folder: this is a folder; name a file/],
    [['analyze', 'run', '--json', 'a-file/x.json'], /a-file: a file stands where a folder is needed/],
    [['analyze', 'run', '--csv', 'a-file'], /a-file: a file stands where a folder is needed/],
    [['import', 'run', '--out', 'a-folder'], /a-folder: this is a folder; name a file/],
    [['import', 'run', '--out', 'a-file/run.mcap'], /a-file: a file stands where a folder is needed/],
  ])('%j', async (args, says) => {
    await mkdir(join(folder, 'a-folder'), { recursive: true })
    await writeFile(join(folder, 'a-file'), 'precious')
    const before = await readdir(folder, { recursive: true })
    const ran = await footfall(folder, ...args)
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toMatch(says)
    expect(await readdir(folder, { recursive: true })).toEqual(before)
  })

  test('an import over an earlier one replaces it and says so', async () => {
    expect((await footfall(folder, 'import', 'run', '--out', 'twice.mcap')).stderr).not.toMatch(/replaced/)
    const again = await footfall(folder, 'import', 'run', '--out', 'twice.mcap')
    expect(again).toMatchObject({ code: 0, stdout: '' })
    expect(again.stderr).toMatch(/replaced/)
  })
})

describe('wrong input is refused with file, line and remedy, and nothing is written', () => {
  /** Copies the good run with one pod, its CSV changed line by line. */
  async function broken(name: string, change: (line: string, number: number) => string): Promise<void> {
    const target = join(folder, name)
    await rm(target, { recursive: true, force: true })
    await mkdir(target)
    const lines = (await readFile(join(folder, 'run/left-shoe.csv'), 'utf8')).split('\n')
    const text = lines.map((line, i) => (line === '' ? '' : change(line, i + 1))).join('\n')
    await writeFile(join(target, 'left-shoe.csv'), text)
    const session = { format: 'session-folder/1', pods: { 'left-shoe': { file: 'left-shoe.csv' } } }
    await writeFile(join(target, 'session.json'), JSON.stringify(session))
  }

  const withField = (line: string, field: number, value: string) =>
    line
      .split(',')
      .map((cell, i) => (i === field ? value : cell))
      .join(',')

  const cases: [string, (line: string, number: number) => string, RegExp[]][] = [
    ['missing column', (line) => line.split(',').slice(0, 6).join(','), [/left-shoe\.csv:1/, /gz/]],
    ['NaN', (line, n) => (n === 40 ? withField(line, 2, 'NaN') : line), [/left-shoe\.csv:40/, /ay/, /NaN/]],
    [
      'time backwards',
      (line, n) => (n === 77 ? withField(line, 0, '0.001') : line),
      [/left-shoe\.csv:77/, /time/i],
    ],
    [
      'degrees for radians',
      (line, n) =>
        n === 1
          ? line
          : line
              .split(',')
              .map((cell, i) => (i > 3 ? String((Number(cell) * 180) / Math.PI + 40) : cell))
              .join(','),
      [/left-shoe\.csv/, /rad/],
    ],
  ]

  test.each(cases)('%s', async (name, change, says) => {
    const at = name.replaceAll(' ', '-')
    await broken(at, change)
    const before = await readdir(folder)
    for (const args of [
      ['import', at, '--out', `${at}.mcap`],
      ['analyze', at, '--json', `${at}.json`],
    ]) {
      const ran = await footfall(folder, ...args)
      expect(ran).toMatchObject({ code: 2, stdout: '' })
      for (const pattern of says) expect(ran.stderr).toMatch(pattern)
    }
    expect(await readdir(folder)).toEqual(before)
  })

  test('a call that makes no sense', async () => {
    for (const args of [
      ['analyze', 'run'],
      ['analyze', 'nowhere', '--json', '-'],
      ['simulate'],
      ['demo', '--pods', '9'],
      ['nonsense'],
      ['demo', '--for', '3000000'],
      ['demo', '--seed', ''],
      ['demo', '--speed', '15'],
      ['simulate', 'none', '--speed', '0.5'],
      ['simulate', 'none', '--seconds', '3'],
      ['live', '--belt', '0'],
      ['analyze', '', '--json', '-'],
      ['analyze', 'run', '--json', ''],
      ['import', 'run', '--out', ''],
      ['replay', 'run', '--speed', ''],
    ]) {
      const ran = await footfall(folder, ...args)
      expect(ran, args.join(' ')).toMatchObject({ code: 2, stdout: '' })
      expect(ran.stderr.length).toBeGreaterThan(20)
    }
  })
})

test('every command explains itself with examples', async () => {
  for (const command of ['demo', 'live', 'pods', 'import', 'analyze', 'replay', 'simulate']) {
    const ran = await footfall(folder, command, '--help')
    expect(ran.code).toBe(0)
    expect(ran.stdout).toMatch(/Examples:\n {2}\$ footfall /)
  }
})
