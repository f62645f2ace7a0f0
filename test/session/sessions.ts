import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { SessionInfo } from '../../host/analysis/session-info.ts'
import { openSession } from '../../host/session/open.ts'
import type { SessionFrame } from '../../host/session/source.ts'
import { bareInfo } from '../shared/session-info.ts'

export const info: SessionInfo = {
  ...bareInfo,
  startedAt: '2023-11-14T22:13:20.000Z',
  subject: { id: 'r-017' },
  treadmill: { speedMPerS: 3 },
  software: '0.1.0',
}

/** A folder that is gone when the test is done. */
export async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-test-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** All frames, copied. */
export async function framesOf(path: string): Promise<SessionFrame[]> {
  const source = await openSession(path)
  const frames: SessionFrame[] = []
  for await (const { bytes, arrivalS } of source.frames()) frames.push({ bytes: bytes.slice(), arrivalS })
  return frames
}

export const HEADER = 't,ax,ay,az,gx,gy,gz'

/** One still pod at 100 Hz: gravity along z, a little bias. */
export const stillRows = (n: number): string[] =>
  Array.from({ length: n }, (_, i) => `${i / 100},0.1,0.2,${9.8 + 0.01 * (i % 3)},0.01,0,-0.01`)

/** Writes a session folder of these files and returns its path. */
export async function sessionFolder(
  files: Record<string, string[]>,
  json: unknown = {
    format: 'session-folder/1',
    pods: Object.fromEntries(Object.keys(files).map((place) => [place, { file: `${place}.csv` }])),
  },
): Promise<string> {
  const folder = join(await scratch(), 'my-run')
  await mkdir(folder)
  await writeFile(join(folder, 'session.json'), typeof json === 'string' ? json : JSON.stringify(json))
  for (const [name, lines] of Object.entries(files))
    await writeFile(join(folder, `${name}.csv`), `${lines.join('\n')}\n`)
  return folder
}
