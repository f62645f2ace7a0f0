import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { footfall } from './run.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-misuse-'))
  expect(await footfall(folder, 'simulate', 'run', '--seconds', '12')).toMatchObject({ code: 0 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('what somebody has is never written over', () => {
  test.each([
    [['import', 'run', '--out', 'run/session.json'], /is no recording and stays as it is: name another file/],
    [['analyze', 'run', '--json', 'run/session.json'], /belongs to the session itself: choose another place/],
    [['analyze', 'run', '--csv', 'run'], /belongs to the session itself/],
  ])('%j', async (args, says) => {
    const before = await readFile(join(folder, 'run/session.json'), 'utf8')
    const ran = await footfall(folder, ...args)
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toMatch(says)
    expect(await readFile(join(folder, 'run/session.json'), 'utf8')).toBe(before)
  })

  test('a simulated session is replaced by another, a measured one is not', async () => {
    await rm(join(folder, 'run/truth.json'))
    await writeFile(join(folder, 'run/notes.txt'), 'ours')
    const ran = await footfall(folder, 'simulate', 'run', '--seconds', '12')
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toMatch(/run holds something else already: name a new or an empty folder/)
  })
})

test.each([
  [['live', '--pod', 'left-shoe=/dev/a', '--pod', 'left-shoe=/dev/b'], /left-shoe was given twice/],
  [['live', '--pod', 'left-shoe=/dev/a', '--pod', 'left-shin=/dev/a'], /\/dev\/a was given twice/],
  [['firmware', 'build', '--imu', 'lsm6dso32'], /--board NAME/],
  [['firmware', 'flash', '--port', '/dev/a', '--board', 'puckjs-v2', '--receiver'], /cannot be a receiver/],
])('%j is refused', async (args, says) => {
  const ran = await footfall(folder, ...args)
  expect(ran).toMatchObject({ code: 2, stdout: '' })
  expect(ran.stderr).toMatch(says)
})

test.each([
  ['/dev/nowhere', /there is no such port; footfall pods lists/],
  ['/dev/null', /this is no serial port; footfall pods lists/],
])('a port that is none: %s', async (path, says) => {
  const ran = await footfall(folder, 'pods', 'identify', '--port', path)
  expect(ran).toMatchObject({ code: 1, stdout: '' })
  expect(ran.stderr).toMatch(says)
})
