import {
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { simulate } from '../../firmware/virtual/simulate.ts'
import type { Overview } from '../../host/session/feed.ts'
import { importFolder } from '../../host/session/import.ts'
import { KeptOverviews } from '../../host/session/kept-overviews.ts'
import { addMark } from '../../host/session/marks-file.ts'
import { RecordingFolder } from '../../host/session/recordings.ts'
import { summarise } from '../../host/session/summary.ts'
import { scratch } from './sessions.ts'

let made: string
let folder: string
let path: string

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'footfall-test-'))
  await simulate(join(made, 'run'), { seconds: 12, seed: 4, speedMPerS: 2.8 })
  await importFolder(join(made, 'run'), join(made, 'run.mcap'))
})
afterAll(() => rm(made, { recursive: true }))
beforeEach(async () => {
  folder = await scratch()
  path = join(folder, 'run.mcap')
  await copyFile(join(made, 'run.mcap'), path)
  await utimes(path, 9e8, 9e8)
})

async function overviewOf(name = 'run.mcap'): Promise<Overview> {
  const feed = (await new RecordingFolder(folder).open(name))!
  try {
    return await feed.overview()
  } finally {
    await feed.close()
  }
}

const keptPath = () => join(folder, '.overviews', 'run.mcap.overview.json')

/** Makes the kept overview say something that no analysis would, so that it is seen when it is read. */
async function spoil(): Promise<void> {
  const kept = JSON.parse(await readFile(keptPath(), 'utf8'))
  await writeFile(keptPath(), JSON.stringify({ ...kept, overview: { ...kept.overview, durationS: 4711 } }))
}

describe('the overview of a recording', () => {
  test('is made once, and then read: by whoever opens it, and by the list', async () => {
    const [before] = await new RecordingFolder(folder).list()
    expect(before).toMatchObject({ name: 'run.mcap', problem: null })
    expect(before).not.toHaveProperty('summary')
    const overview = await overviewOf()
    expect(overview.strides.length).toBeGreaterThan(10)
    const [after] = await new RecordingFolder(folder).list()
    expect(after!.summary).toEqual(summarise(overview))
    expect(JSON.parse(JSON.stringify(overview))).toEqual(await overviewOf())
    await spoil()
    expect((await overviewOf()).durationS).toBe(4711)
  })

  test.each<[string, () => Promise<unknown>]>([
    ['the recording is of another time', () => utimes(path, 1e9, 1e9)],
    [
      'another recording of the same size and time took its place',
      async () => {
        await copyFile(path, `${path}.new`)
        await utimes(`${path}.new`, 9e8, 9e8)
        await rename(`${path}.new`, path)
      },
    ],
    ['a mark was added', () => addMark(path, { timeS: 5, kind: 'tag', text: '', tag: { pain: 1 } })],
    ['it is damaged', () => writeFile(keptPath(), '{"identity"')],
    ['it was cut off', async () => truncate(keptPath(), (await stat(keptPath())).size - 1)],
    ['it is empty', () => truncate(keptPath())],
    ['it holds something else', () => writeFile(keptPath(), 'null')],
    ['its folder was taken away', () => rm(join(folder, '.overviews'), { recursive: true })],
    [
      'other code made it',
      async () => {
        const text = await readFile(keptPath(), 'utf8')
        await writeFile(keptPath(), text.replace(/\+[0-9a-f]{16}/, '+0123456789abcdef'))
      },
    ],
  ])('is made anew when %s', async (_, change) => {
    await overviewOf()
    await spoil()
    await change()
    expect((await overviewOf()).durationS).toBeLessThan(13)
    // and then it is kept again
    await spoil()
    expect((await overviewOf()).durationS).toBe(4711)
  })

  test('with a mark made in a replay is kept with it', async () => {
    const feed = (await new RecordingFolder(folder).open('run.mcap'))!
    await feed.overview()
    await feed.obey({ type: 'mark', kind: 'tag', text: 'B', tag: { shoe: 'B' } })
    await feed.overview()
    await feed.close()
    const [entry] = await new RecordingFolder(folder).list()
    expect(entry!.summary!.tags.map(({ text }) => text)).toEqual(['B'])
  })

  test('of a recording that was written to meanwhile is not kept', async () => {
    const overview = await overviewOf()
    const before = await readFile(keptPath(), 'utf8')
    const { identity } = JSON.parse(before)
    await utimes(path, 1e9, 1e9)
    await new KeptOverviews(folder).keep('run.mcap', identity, { ...overview, durationS: 4711 })
    expect(await readFile(keptPath(), 'utf8')).toBe(before)
  })

  test('of a recording that has grown since it was opened is not kept, whatever is marked meanwhile', async () => {
    const feed = (await new RecordingFolder(folder).open('run.mcap'))!
    await utimes(path, 1e9, 1e9)
    await feed.obey({ type: 'mark', kind: 'tag', text: 'B', tag: { shoe: 'B' } })
    expect((await feed.overview()).marks.at(-1)).toMatchObject({ text: 'B' })
    await feed.close()
    const [entry] = await new RecordingFolder(folder).list()
    expect(entry).not.toHaveProperty('summary')
  })

  test('is whole when several keep it at once, and leaves nothing behind', async () => {
    const overview = await overviewOf()
    const { identity } = JSON.parse(await readFile(keptPath(), 'utf8'))
    const kept = new KeptOverviews(folder)
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => kept.keep('run.mcap', identity, { ...overview, durationS: i })),
    )
    expect((await kept.overview('run.mcap', identity))!.strides).toEqual(overview.strides)
    expect(await readdir(join(folder, '.overviews'))).toHaveLength(2)
  })

  test('that cannot be put in its place leaves nothing behind', async () => {
    await mkdir(keptPath(), { recursive: true })
    expect((await overviewOf()).strides.length).toBeGreaterThan(10)
    expect(await readdir(join(folder, '.overviews'))).toEqual(['run.mcap.overview.json'])
  })

  test('is there where nothing can be kept', async () => {
    await writeFile(join(folder, '.overviews'), 'a file')
    expect((await overviewOf()).strides.length).toBeGreaterThan(10)
    expect(await new RecordingFolder(folder).list()).toHaveLength(1)
  })

  test('is forgotten when the recording has gone', async () => {
    await overviewOf()
    expect(await readdir(join(folder, '.overviews'))).toHaveLength(2)
    await rm(path)
    expect(await new RecordingFolder(folder).list()).toEqual([])
    expect(await readdir(join(folder, '.overviews'))).toEqual([])
  })
})

test('a name that is in no folder opens nothing, however it is written', async () => {
  const within = join(folder, 'within')
  await mkdir(within)
  for (const name of ['other.mcap', '../run.mcap', path, '.', ''])
    expect(await new RecordingFolder(within).open(name)).toBeNull()
})
