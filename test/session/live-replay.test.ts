import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { analyse } from '../../host/analysis/document-builder.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { findPods } from '../../host/link/ports.ts'
import type { FeedMessage } from '../../host/session/feed.ts'
import { LiveSession } from '../../host/session/live.ts'
import { openSession } from '../../host/session/open.ts'
import { RecordingFolder } from '../../host/session/recordings.ts'
import { ReplaySession } from '../../host/session/replay.ts'
import { until } from '../shared/until.ts'
import { virtualPods } from '../shared/virtual-pods.ts'
import { scratch } from './sessions.ts'

/** What a session comes to, as messages in order: everything but how far it is and how the pods are. */
const results = (messages: FeedMessage[]) =>
  messages.filter(({ type }) => type !== 'state' && type !== 'pods')

/** A live session of four virtual pods at four times real time, started, and what its viewers saw. */
async function liveSession() {
  const folder = join(await scratch(), 'recordings')
  const { binding, nowMs, path } = virtualPods(undefined, 4)
  const clock = new HostClock(nowMs)
  const links = findPods({ binding, clock, log: () => {} })
  const session = new LiveSession({
    clock,
    links,
    recordings: folder,
    info: { treadmill: { speedMPerS: 2.8 } },
  })
  onTestFinished(() => session.close())
  const messages: FeedMessage[] = []
  session.subscribe((message) => messages.push(message))
  const pods = () => messages.findLast((message) => message.type === 'pods')?.pods ?? []
  await until(() => pods().length === 4)
  return { session, messages, folder, pods, binding, path }
}

async function replay(path: string, speed: number | null): Promise<FeedMessage[]> {
  const session = await ReplaySession.open(path, speed)
  const messages: FeedMessage[] = []
  session.subscribe((message) => messages.push(message))
  await session.start()
  await session.ended()
  await session.close()
  return messages
}

describe('live and replay', () => {
  test('a replay at any speed gives what live gave, field for field', { timeout: 60_000 }, async () => {
    const { session, messages, folder, pods } = await liveSession()
    await session.start()
    await until(() => results(messages).filter(({ type }) => type === 'stride').length > 12, 30_000)
    session.mark('tag', 'new insole')
    expect(pods().map(({ place, streaming, problem }) => ({ place, streaming, problem }))).toEqual(
      ['left-shoe', 'left-shin', 'right-shoe', 'right-shin'].map((place) => ({
        place,
        streaming: true,
        problem: null,
      })),
    )
    await session.stop()
    const live = results(messages)
    expect(live.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['mark', 'event', 'stance', 'stride']),
    )

    const [entry] = await new RecordingFolder(folder).list()
    const path = join(folder, entry!.name)
    const [fast, quick] = await Promise.all([replay(path, null), replay(path, 8)])
    // marks are told by the clock, results by the data: each is in its own order
    for (const replayed of [fast, quick]) {
      expect(results(replayed).filter(({ type }) => type !== 'mark')).toEqual(
        live.filter(({ type }) => type !== 'mark'),
      )
      expect(replayed.filter(({ type }) => type === 'mark')).toEqual(
        live.filter(({ type }) => type === 'mark'),
      )
    }
    const source = await openSession(path)
    const document = await analyse(source.info, source.frames())
    expect(document.strides).toEqual(
      live.flatMap((message) => (message.type === 'stride' ? [message.stride] : [])),
    )
    expect(document.events).toEqual(
      live.flatMap((message) => (message.type === 'event' ? [message.event] : [])),
    )
  })
})
