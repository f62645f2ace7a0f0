import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NEVER } from 'rxjs'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { analyse } from '../../host/analysis/document-builder.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { findPods } from '../../host/link/ports.ts'
import { framesAndBelt } from '../../host/session/belt-marks.ts'
import type { FeedMessage, FeedState } from '../../host/session/feed.ts'
import { LiveSession } from '../../host/session/live.ts'
import { openSession } from '../../host/session/open.ts'
import { RecordingFolder } from '../../host/session/recordings.ts'
import { ReplaySession } from '../../host/session/replay.ts'
import { PLACES, type Place } from '../../shared/places.ts'
import { until } from '../shared/until.ts'
import { virtualPods } from '../shared/virtual-pods.ts'
import { HEADER, scratch, sessionFolder, stillRows } from './sessions.ts'

/** Told by the clock, twice a second: how far it is, how the pods are, and what has been summed up so far. */
const BY_CLOCK = new Set<FeedMessage['type']>(['state', 'pods', 'segment', 'alert', 'alert-cleared'])
/** What a session comes to, as messages in order. */
const results = (messages: FeedMessage[]) => messages.filter(({ type }) => !BY_CLOCK.has(type))
/** Each segment as it was told last. When the session ended is not what it comes to. */
const segments = (messages: FeedMessage[]) =>
  [
    ...new Map(
      messages.flatMap((message) =>
        message.type === 'segment' ? [[message.segment.index, message.segment] as const] : [],
      ),
    ).values(),
  ].map(({ toS, ...segment }, n, all) => (n < all.length - 1 ? { toS, ...segment } : segment))

/** A live session of virtual pods at so many times real time, and what its viewers see. */
async function liveSession(places: readonly Place[] = PLACES, speed = 4) {
  const folder = join(await scratch(), 'recordings')
  const { binding, nowMs, after, path } = await virtualPods(places, { speed, patient: speed > 1 })
  const clock = new HostClock(nowMs, after)
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
  await until(() => pods().length === places.length)
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
  test('a replay at any speed gives what live gave, field for field', async () => {
    const { session, messages, folder, pods } = await liveSession()
    await session.start()
    await until(() => results(messages).filter(({ type }) => type === 'stride').length > 12)
    session.mark({ kind: 'tag', text: 'new insole', tag: { orthotic: 'B', speedMPerS: 3 } })
    // as soon as there are enough good strides
    const usual = () => messages.some(({ type }) => type === 'baseline')
    while (!usual()) {
      await session
        .obey({ type: 'baseline', action: 'set' })
        .catch((error) => expect(error.message).toMatch(/run on/))
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const sofar = results(messages).length
    await until(() => results(messages).length > sofar + 20)
    await expect
      .poll(() => pods().map(({ place, streaming, problem }) => ({ place, streaming, problem })))
      .toEqual(
        ['left-shoe', 'left-shin', 'right-shoe', 'right-shin'].map((place) => ({
          place,
          streaming: true,
          problem: null,
        })),
      )
    await session.stop()
    const live = results(messages)
    expect(live.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['mark', 'event', 'stance', 'stride', 'baseline']),
    )
    expect(segments(messages).map(({ tags }) => tags)).toEqual([
      { speedMPerS: 2.8 },
      { speedMPerS: 3, orthotic: 'B' },
    ])

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
      expect(segments(replayed)).toEqual(segments(messages))
    }
    const document = await analyseFile(path)
    expect(document.strides).toEqual(
      live.flatMap((message) => (message.type === 'stride' ? [message.stride] : [])),
    )
    expect(document.events).toEqual(
      live.flatMap((message) => (message.type === 'event' ? [message.event] : [])),
    )
  })

  test('at its own pace a replay takes as long as the session did', async () => {
    const folder = await sessionFolder({ 'left-shoe': [HEADER, ...stillRows(150)] })
    const startMs = performance.now()
    const messages = await replay(folder, 1)
    // 1.49 s of session: never early; how late is the machine's affair
    expect(performance.now() - startMs).toBeGreaterThan(1450)
    expect(messages.findLast(({ type }) => type === 'state')).toMatchObject({
      type: 'state',
      phase: 'ended',
      timeS: 1.49,
      durationS: 1.49,
    })
  })

  test('silence before the first sample is not played: an import may count from any time', async () => {
    const late = stillRows(50).map((row) => row.replace(/^[^,]*/, (t) => (Number(t) + 86_400).toFixed(2)))
    const messages = await replay(await sessionFolder({ 'left-shoe': [HEADER, ...late] }), 16)
    expect(messages.findLast(({ type }) => type === 'state')).toMatchObject({
      type: 'state',
      phase: 'ended',
      timeS: 86_400.49,
    })
  })

  test('years without a sample take no time and no memory', async () => {
    const rows = stillRows(200)
    const later = rows.map((row) => row.replace(/^[^,]*/, (t) => (Number(t) + 1e8).toFixed(2)))
    const messages = await replay(await sessionFolder({ 'left-shoe': [HEADER, ...rows, ...later] }), null)
    expect(messages.findLast(({ type }) => type === 'state')).toMatchObject({
      phase: 'ended',
      timeS: 1e8 + 1.99,
    })
    const said = messages.flatMap((message) => (message.type === 'pods' ? [message] : []))
    // twice a second for a minute, then again where samples are
    expect(said.length).toBeLessThan(140)
    expect(said.at(-1)).toMatchObject({ timeS: expect.closeTo(1e8 + 1.65, 3), pods: [{ streaming: true }] })
  })

  test('a paused replay stands still, goes on where it was, and starts over after its end', async () => {
    const folder = await sessionFolder({ 'left-shoe': [HEADER, ...stillRows(300)] })
    const session = await ReplaySession.open(folder, 2)
    onTestFinished(() => session.close())
    const timeS = () => (session.recent()[0] as FeedState).timeS
    await session.start()
    await until(() => timeS() > 0.3)
    await session.stop()
    const pausedAt = timeS()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(timeS()).toBe(pausedAt)
    session.setSpeed(null)
    await session.start()
    await session.ended()
    expect(session.recent()[0]).toMatchObject({ phase: 'ended', timeS: 2.99, speed: null })
    await session.start()
    await session.ended()
    expect(session.recent()[0]).toMatchObject({ phase: 'ended', timeS: 2.99 })
  })

  test('a cable pulled and put back: the recording goes on, and what the pod still had is in it', async () => {
    const { session, messages, folder, pods, binding, path } = await liveSession(
      ['left-shoe', 'left-shin'],
      1,
    )
    await session.start()
    const shoe = () => pods().find(({ place }) => place === 'left-shoe')
    await until(() => shoe()?.streaming === true)
    binding.unplug(path('left-shoe'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    binding.replug(path('left-shoe'))
    await until(() => messages.some(({ type }) => type === 'note'))
    // what was held back while it was away
    await until(() => shoe()!.streaming && shoe()!.problem === null && shoe()!.refilledSamples > 50)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(shoe()!.lostSamples).toBe(0)
    await session.stop()
    const [entry] = await new RecordingFolder(folder).list()
    const document = await analyseFile(join(folder, entry!.name))
    expect(document.pods['left-shoe']!.lostSamples).toBe(0)
    expect(document.pods['left-shoe']!.samples).toBeGreaterThan(800)
    // no more than came at all
    expect(shoe()!.refilledSamples).toBeLessThan(document.pods['left-shoe']!.samples)
  })

  test('a pod that does not know its place is named, with what to do', async () => {
    const { binding } = await virtualPods(['left-shoe'], { told: false })
    const clock = new HostClock()
    const links = findPods({ binding, clock, log: () => {} })
    const session = new LiveSession({ clock, links, recordings: await scratch() })
    onTestFinished(() => session.close())
    const notes = () => session.recent().flatMap((message) => (message.type === 'note' ? [message.text] : []))
    await until(() => notes().length > 0)
    expect(notes()[0]).toBe(
      'pod virtual-0 on /virtual/left-shoe does not know where it is worn: start with --pod PLACE=/virtual/left-shoe',
    )
  })

  test('a second start makes a second recording, and marks need one', async () => {
    const { session, folder, messages } = await liveSession(['left-shoe'], 1)
    expect(() => session.mark({ kind: 'mark', text: 'too early' })).toThrow(/start first/)
    await expect(session.obey({ type: 'speed', speed: 2 })).rejects.toThrow(/replay/)
    await session.start()
    await session.start()
    await new Promise((resolve) => setTimeout(resolve, 1100))
    await session.stop()
    await session.start()
    await session.stop()
    const entries = await new RecordingFolder(folder).list()
    expect(entries).toHaveLength(2)
    for (const { startedAt, durationS } of entries) {
      expect(Date.parse(startedAt!)).toBeGreaterThan(Date.now() - 60_000)
      expect(durationS).toBeGreaterThan(0)
    }
    expect(messages.filter(({ type }) => type === 'mark')).toHaveLength(4)
  })

  test('recordings begun in the same second each have their name', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-04T17:30:00.250Z') })
    onTestFinished(() => void vi.useRealTimers())
    const recordings = await scratch()
    const session = new LiveSession({ clock: new HostClock(), links: NEVER, recordings })
    onTestFinished(() => session.close())
    for (let i = 0; i < 3; i++) {
      await session.start()
      await session.stop()
    }
    expect((await readdir(recordings)).sort()).toEqual([
      '2026-05-04T17-30-00-2.mcap',
      '2026-05-04T17-30-00-3.mcap',
      '2026-05-04T17-30-00.mcap',
    ])
    expect((await openSession(join(recordings, '2026-05-04T17-30-00-2.mcap'))).info.id).toBe(
      '2026-05-04T17-30-00-2',
    )
  })

  test('the list tolerates what is broken and ignores what is no recording', async () => {
    const folder = await scratch()
    await writeFile(join(folder, 'broken.mcap'), 'not at all')
    await writeFile(join(folder, 'notes.txt'), 'left knee')
    expect(await new RecordingFolder(folder).list()).toEqual([
      {
        name: 'broken.mcap',
        bytes: 10,
        startedAt: null,
        durationS: null,
        subject: {},
        problem: expect.stringMatching(/broken\.mcap: no recording/),
      },
    ])
    expect(await new RecordingFolder(join(folder, 'none')).list()).toEqual([])
  })

  test('a listener that throws does not stop the others', async () => {
    const session = await ReplaySession.open(
      await sessionFolder({ 'left-shoe': [HEADER, ...stillRows(50)] }),
      null,
    )
    const warned: Error[] = []
    const listen = (warning: Error) => warned.push(warning)
    process.on('warning', listen)
    onTestFinished(() => void process.off('warning', listen))
    session.subscribe(() => {
      throw new Error('bad listener')
    })
    let heard = 0
    session.subscribe(() => heard++)
    await session.start()
    await session.ended()
    await session.close()
    expect(heard).toBeGreaterThan(2)
    await until(() => warned.length > 0)
    expect(warned[0]!.message).toBe('bad listener')
  })
})

async function analyseFile(path: string) {
  const source = await openSession(path)
  return analyse(source.info, framesAndBelt(source))
}
