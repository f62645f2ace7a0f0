import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NEVER } from 'rxjs'
import { expect, test } from 'vitest'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { startServer } from '../../host/server/server.ts'
import { importFolder } from '../../host/session/import.ts'
import { LiveSession } from '../../host/session/live.ts'
import { RecordingFolder } from '../../host/session/recordings.ts'
import { ReplaySession } from '../../host/session/replay.ts'
import { scratch } from '../session/sessions.ts'
import { get, TestViewer } from './client.ts'

test('a recording over the network: its overview, and a seek that is answered with what is known there', async () => {
  const folder = await scratch()
  await simulate(join(folder, 'run'), { seconds: 20, seed: 2 })
  await importFolder(join(folder, 'run'), join(folder, 'run.mcap'))
  const feed = await ReplaySession.open(join(folder, 'run'))
  const server = await startServer({ feed, recordings: new RecordingFolder(folder) })
  try {
    const overviewOf = async (name: string) => {
      const { status, body } = await get(server.url, `/api/recordings/${name}/overview`)
      return { status, ...JSON.parse(body) }
    }
    const overview = await overviewOf('run.mcap')
    expect(overview.strides.length).toBeGreaterThan(20)
    // the server's own feed is in no list: a folder that is replayed
    expect((await overviewOf('run')).strides).toEqual(overview.strides)
    await writeFile(join(folder, 'torn.mcap'), 'no recording')
    expect(await overviewOf('torn.mcap')).toMatchObject({
      status: 400,
      code: 'refused',
      message: expect.stringMatching(/torn\.mcap: no recording: it does not begin as an MCAP file does/),
    })
    expect(await overviewOf('other.mcap')).toMatchObject({ status: 404, code: 'no-recording' })

    const viewer = await TestViewer.open(server.url)
    viewer.send({ type: 'watch', recording: 'run.mcap' })
    while ((await viewer.next('recent')).recording === null);
    viewer.send({ type: 'seek', timeS: 15 })
    const { messages } = await viewer.next('recent')
    expect(messages[0]).toMatchObject({ type: 'state', phase: 'paused', timeS: 15 })
    const known = messages.flatMap((message) => (message.type === 'stride' ? [message.stride.icS] : []))
    expect(known.length).toBeGreaterThan(10)
    expect(Math.max(...known)).toBeLessThan(15)
    expect(await viewer.first()).toMatchObject({ type: 'state', timeS: 15, recording: 'run.mcap' })
  } finally {
    await server.close()
    await feed.close()
  }
})

test('a recording that cannot be begun says why and what to do', async () => {
  const folder = join(await scratch(), 'recordings')
  await writeFile(folder, 'a file')
  const feed = new LiveSession({ clock: new HostClock(), links: NEVER, recordings: folder })
  const server = await startServer({ feed, recordings: new RecordingFolder(await scratch()) })
  try {
    const viewer = await TestViewer.open(server.url)
    viewer.send({ type: 'start' })
    expect(await viewer.next('error')).toEqual({
      type: 'error',
      code: 'refused',
      message: `${folder}: a file stands where a folder is needed; choose another place`,
    })
  } finally {
    await server.close()
    await feed.close()
  }
})
