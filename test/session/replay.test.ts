import { access, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { analyse } from '../../host/analysis/document-builder.ts'
import { framesAndBelt } from '../../host/session/belt-marks.ts'
import type { FeedMessage, FeedState, Mark, PoseMessage } from '../../host/session/feed.ts'
import { importFolder } from '../../host/session/import.ts'
import { marksPath } from '../../host/session/marks-file.ts'
import { openSession } from '../../host/session/open.ts'
import { RecordingFile } from '../../host/session/recording-file.ts'
import { ReplaySession } from '../../host/session/replay.ts'
import { SessionRun } from '../../host/session/run.ts'
import { until } from '../shared/until.ts'
import { framesOf, scratch } from './sessions.ts'

const SECONDS = 32
let folder: string
let path: string

/** Half a minute of a simulated runner, made once; each test has its own copy. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-test-'))
  await simulate(join(folder, 'run'), { seconds: SECONDS, seed: 3, speedMPerS: 2.8 })
  await importFolder(join(folder, 'run'), join(folder, 'run.mcap'))
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  path = join(await scratch(), 'run.mcap')
  await copyFile(join(folder, 'run.mcap'), path)
})

async function open(speed: number | null = null) {
  const session = await ReplaySession.open(path, speed)
  onTestFinished(() => session.close())
  const messages: FeedMessage[] = []
  let restarts = 0
  session.subscribe(
    (message) => messages.push(message),
    () => restarts++,
  )
  const state = () => session.recent()[0] as FeedState
  return { session, messages, state, restarts: () => restarts }
}

const of = <T extends FeedMessage['type']>(messages: FeedMessage[], type: T) =>
  messages.filter((message): message is Extract<FeedMessage, { type: T }> => message.type === type)

/** All that a viewer was told up to a time, by who played it in one go. */
async function played(): Promise<{ atS: number; message: FeedMessage }[]> {
  const { session, state } = await open()
  const told: { atS: number; message: FeedMessage }[] = []
  session.subscribe((message) => told.push({ atS: state().timeS, message }))
  await session.start()
  await session.ended()
  return told.filter(({ message }) => message.type !== 'state')
}

describe('a replay', () => {
  test('goes to any moment, and a viewer knows there what one knows who watched from the beginning', async () => {
    const whole = await played()
    const { session, state, restarts } = await open()
    for (const [n, timeS] of [20, 6, 29.5, 0].entries()) {
      await session.seek(timeS)
      expect(restarts()).toBe(n + 1)
      expect(state()).toMatchObject({ phase: 'paused', timeS })
      const past = whole.flatMap(({ atS, message }) => (atS <= timeS ? [message] : []))
      const here = session.recent()
      expect(of(here, 'stance')).toEqual(of(past, 'stance').slice(-12))
      expect(of(here, 'stride')).toEqual(of(past, 'stride').slice(-80))
      expect(of(here, 'note')).toEqual(of(past, 'note'))
      expect(of(here, 'pods')).toEqual(of(past, 'pods').slice(-1))
      expect(of(here, 'segment')).toEqual(of(past, 'segment').slice(-1))
    }
  })

  test('played on from there it tells what comes after, and nothing twice', async () => {
    const whole = await played()
    const { session, messages } = await open()
    await session.seek(18)
    messages.length = 0
    await session.start()
    await session.ended()
    const rest = whole.flatMap(({ atS, message }) => (atS > 18 ? [message] : []))
    expect(messages.filter(({ type }) => type !== 'state')).toEqual(rest)
  })

  test('beyond its ends it is at its ends', async () => {
    const { session, state } = await open()
    await session.seek(1e6)
    expect(state().timeS).toBe(state().durationS)
    await session.seek(-5)
    expect(state().timeS).toBe(0)
  })

  test('of two wishes at once the later one holds', async () => {
    const { session, state } = await open()
    await Promise.all([session.seek(25), session.seek(9)])
    expect(state().timeS).toBe(9)
    expect(of(session.recent(), 'stance').every(({ stance }) => stance.toS <= 9)).toBe(true)
  })

  test('steps from stance to stance and stands there', async () => {
    const { session, state } = await open(1)
    await session.seek(15)
    const newest = () => of(session.recent(), 'stance').at(-1)!.stance
    const before = newest()
    await session.step(1)
    const first = newest()
    expect(first.toS).toBeGreaterThan(before.toS)
    await session.step(1)
    expect(newest().toS).toBeGreaterThan(first.toS)
    expect(newest().leg).not.toBe(first.leg)
    await session.step(-1)
    expect(newest()).toEqual(first)
    expect(state()).toMatchObject({ phase: 'paused', timeS: expect.closeTo(first.announcedS, 0) })
    await session.seek(0)
    await expect(session.step(-1)).rejects.toThrow(/no earlier stance/)
  })

  test('plays a stretch over and over until it is told to go on', async () => {
    const { session, messages, state, restarts } = await open(16)
    await session.loop({ fromS: 14, toS: 15 })
    expect(state()).toMatchObject({ timeS: 14, loop: { fromS: 14, toS: 15 } })
    messages.length = 0
    await session.start()
    await until(() => restarts() >= 4)
    const stances = of(messages, 'stance').map(({ stance }) => stance.icS)
    expect(new Set(stances).size).toBeLessThan(stances.length)
    expect(Math.max(...of(messages, 'state').map(({ timeS }) => timeS))).toBeLessThanOrEqual(15)
    await session.obey({ type: 'loop', off: true })
    await until(() => state().timeS > 15.5)
    await expect(session.obey({ type: 'loop', fromS: 5, toS: 5 })).rejects.toThrow(/must end after it begins/)
  })

  test('as fast as possible a stretch in which nothing is told leaves others their turn', async () => {
    const { session, restarts, state } = await open()
    await session.loop({ fromS: 1.1, toS: 1.11 })
    await session.start()
    await until(() => restarts() >= 3)
    await session.stop()
    expect(state()).toMatchObject({ phase: 'paused' })
    expect(state().timeS).toBeCloseTo(1.1, 1)
  })

  test('shows the first stance long before all has been analysed', async () => {
    const { session, messages, state } = await open()
    await session.start()
    const shares: number[] = []
    session.subscribe((message) => {
      if (message.type === 'stance') shares.push(state().analysed!)
    })
    await session.ended()
    expect(shares[0]).toBeLessThan(0.9)
    expect(of(messages, 'stance').length).toBeGreaterThan(20)
    expect(state().analysed).toBe(1)
  })

  test('has an overview, which is what analysing the file says', async () => {
    const { session } = await open()
    const { durationS, strides, segments, gaps, marks } = await session.overview()
    const source = await openSession(path)
    const document = await analyse(source.info, framesAndBelt(source))
    expect(durationS).toBe(source.durationS)
    expect(strides).toEqual(
      document.strides.map(
        ({ leg, icS, toS, cadenceSpm, peakEversionPct, peakTibialAxialG, quality: { ok } }) => ({
          leg,
          icS,
          toS,
          cadenceSpm,
          peakEversionPct,
          peakTibialAxialG,
          ok,
        }),
      ),
    )
    expect([gaps, marks]).toEqual([[], []])
    const [segment] = segments
    expect(segment).toMatchObject({ index: 0, toS: durationS, tags: { speedMPerS: 2.8 } })
    for (const side of ['left', 'right'] as const) {
      const { strides: n, contactTimeMs } = document.summary[side]
      expect(segment!.legs[side].strides).toBe(n)
      const { mean, sd, uncertainty } = segment!.legs[side].metrics.contactTimeMs!
      expect([mean, sd, uncertainty]).toEqual([
        contactTimeMs!.mean,
        contactTimeMs!.sd,
        contactTimeMs!.uncertainty,
      ])
    }
  })

  test('shows the legs at the moment it went to, forward and back', async () => {
    const { session } = await open(1)
    const poses: PoseMessage[] = []
    session.poses((pose) => poses.push(pose))
    for (const timeS of [20, 19.6, 28, 9]) {
      await session.seek(timeS)
      await until(() => poses.at(-1)?.timeS === timeS)
      const { shin, shoe } = poses.at(-1)!.legs.left
      expect(Math.hypot(...shin!)).toBeCloseTo(1, 4)
      expect(Math.hypot(...shoe!)).toBeCloseTo(1, 4)
    }
  })

  test('has no pods to speak to', async () => {
    const { session } = await open()
    for (const command of [
      { type: 'stand' },
      { type: 'assign', place: 'left-shoe' },
      { type: 'blink', id: null },
    ] as const)
      await expect(session.obey(command)).rejects.toThrow(/no pods/)
  })
})

describe('marks made in a replay', () => {
  test('stand beside the recording, whose bytes stay, and are there next time', async () => {
    const bytes = await readFile(path)
    const { session, state } = await open(1)
    await session.seek(20)
    await session.obey({ type: 'mark', kind: 'mark', text: 'laces' })
    await session.seek(10)
    await session.obey({ type: 'mark', kind: 'tag', text: '', tag: { pain: 3 } })
    expect(state()).toMatchObject({ timeS: 10, phase: 'paused' })
    const marks = [
      { timeS: 10, kind: 'tag', text: '', tag: { pain: 3 } },
      { timeS: 20, kind: 'mark', text: 'laces' },
    ]
    expect((await session.overview()).marks).toEqual(marks)
    expect(await readFile(path)).toEqual(bytes)
    const again = await open()
    await again.session.seek(15)
    expect(of(again.session.recent(), 'mark').map(({ mark }) => mark)).toEqual(marks.slice(0, 1))
    expect((await openSession(path)).marks).toEqual(marks)
  })

  test('change the belt, the segments and the usual, in replay and analysis alike', async () => {
    const { session } = await open(1)
    await session.seek(24)
    await session.obey({ type: 'baseline', action: 'set' })
    await session.seek(22)
    await session.obey({ type: 'mark', kind: 'tag', text: 'faster', tag: { speedMPerS: 3.5 } })
    await session.seek(27)
    const here = session.recent()
    const { baseline } = of(here, 'baseline')[0]!
    expect(baseline).toMatchObject({ setS: 24, legs: { left: { strides: 20 } } })
    expect(of(here, 'segment').map(({ segment }) => [segment.index, segment.label, segment.tags])).toEqual([
      [0, '', { speedMPerS: 2.8 }],
      [1, 'faster', { speedMPerS: 3.5 }],
    ])

    const { segments } = await session.overview()
    const source = await openSession(path)
    const { strides } = await analyse(source.info, framesAndBelt(source))
    for (const stride of strides) expect(stride.speedMPerS).toBe(stride.icS >= 22 ? 3.5 : 2.8)
    for (const { fromS, toS, legs } of segments) {
      const own = strides.filter(
        ({ icS, leg, quality }) => leg === 'left' && quality.ok && icS >= fromS && icS < toS!,
      )
      expect(legs.left.strides).toBe(own.length)
      const mean = own.reduce((sum, stride) => sum + stride.cadenceSpm!, 0) / own.length
      expect(legs.left.metrics.cadenceSpm!.mean).toBeCloseTo(mean, 9)
      const at50 = own.reduce((sum, { curves }) => sum + curves.eversionDeg![50]!, 0) / own.length
      expect(legs.left.curves.eversionDeg!.mean[50]).toBeCloseTo(at50, 9)
    }
    // the last 20 good strides of a leg before it was set
    const last = of(here, 'stride').flatMap(({ stride }) =>
      stride.leg === 'left' && stride.quality.ok && stride.nextIcS < 24 ? [stride] : [],
    )
    const peaks = last.slice(-20).map(({ peakEversionPct }) => peakEversionPct!)
    expect(baseline!.legs.left.metrics.peakEversionPct!.mean).toBeCloseTo(
      peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length,
      0,
    )

    await session.obey({ type: 'baseline', action: 'clear' })
    expect(of(session.recent(), 'baseline')[0]!.baseline).toBeNull()
  })

  test('change no stride that was given out before, though it begins later: a clock may run ahead of arrivals', async () => {
    const { info } = await openSession(path)
    const mark: Mark = { timeS: 20, kind: 'tag', text: '', tag: { speedMPerS: 3.5 } }
    const plain = new RecordingFile(info, 0n)
    const marked = new RecordingFile(info, 0n)
    const live: FeedMessage[] = []
    const run = new SessionRun(info, (message) => live.push(message))
    let given = -1
    for (const { bytes, arrivalS } of await framesOf(path)) {
      const early = Math.round(Math.max(0, arrivalS - 5) * 1e6) / 1e6
      if (early > mark.timeS && given < 0) {
        given = of(live, 'stride').length
        marked.addMark(mark)
        run.mark(mark)
      }
      plain.addFrame(bytes, early)
      marked.addFrame(bytes, early)
      run.frame(bytes, early)
    }
    run.end(SECONDS)
    const strides = of(live, 'stride').map(({ stride }) => stride)
    expect(strides.slice(0, given).filter(({ icS }) => icS >= mark.timeS).length).toBeGreaterThan(3)
    for (const [n, { speedMPerS }] of strides.entries()) expect(speedMPerS).toBe(n < given ? 2.8 : 3.5)

    const told = async (session: ReplaySession, messages: FeedMessage[]) => {
      await session.seek(0)
      messages.length = 0
      await session.start()
      await session.ended()
      return of(messages, 'stride').map(({ stride }) => stride)
    }
    await writeFile(path, marked.takeEnd())
    const replay = await open()
    expect(await told(replay.session, replay.messages)).toEqual(strides)
    const source = await openSession(path)
    expect((await analyse(source.info, framesAndBelt(source))).strides).toEqual(strides)

    // the same tag, made in a replay, and found beside the recording next time
    path = join(await scratch(), 'plain.mcap')
    await writeFile(path, plain.takeEnd())
    const { session, messages } = await open()
    await session.seek(mark.timeS)
    await session.obey({ type: 'mark', kind: 'tag', text: '', tag: { speedMPerS: 3.5 } })
    expect(await told(session, messages)).toEqual(strides)
    const again = await open()
    expect(await told(again.session, again.messages)).toEqual(strides)
  })

  test('a usual needs strides', async () => {
    const { session } = await open(1)
    await session.seek(2)
    await expect(session.obey({ type: 'baseline', action: 'set' })).rejects.toThrow(/0 good strides so far/)
    await expect(access(marksPath(path))).rejects.toThrow(/ENOENT/)
  })

  test('a damaged file of them is named, and not written over', async () => {
    const { session } = await open(1)
    await writeFile(marksPath(path), '[{"timeS": "ten"}]')
    await expect(session.obey({ type: 'mark', kind: 'mark', text: '' })).rejects.toThrow(
      /run\.mcap\.marks\.json: damaged/,
    )
    await expect(openSession(path)).rejects.toThrow(/marks\.json: damaged/)
    expect(await readFile(marksPath(path), 'utf8')).toBe('[{"timeS": "ten"}]')
  })

  test('all at once are all kept, whoever makes them', async () => {
    const [one, other] = [(await open(1)).session, (await open(1)).session]
    const texts = ['a', 'b', 'c', 'd']
    await Promise.all(
      texts.map((text, i) => (i % 2 ? one : other).obey({ type: 'mark', kind: 'mark', text })),
    )
    const textsOf = (marks: Mark[]) => new Set(marks.map(({ text }) => text))
    expect(textsOf((await openSession(path)).marks)).toEqual(new Set(texts))
    await one.obey({ type: 'mark', kind: 'mark', text: 'e' })
    expect(textsOf((await one.overview()).marks)).toEqual(new Set([...texts, 'e']))
  })

  test('stand beside a folder however its path is written', async () => {
    const run = join(await scratch(), 'run')
    await simulate(run, { seconds: 12, seed: 3, speedMPerS: 2.8 })
    const session = await ReplaySession.open(`${run}/`)
    onTestFinished(() => session.close())
    await session.obey({ type: 'mark', kind: 'mark', text: 'x' })
    expect((await openSession(run)).marks).toHaveLength(1)
    await access(`${run}.marks.json`)
  })

  test.each([
    ['while it is still being analysed', false],
    ['when all of it has been', true],
  ])('%s leave it as it is when it is opened again', async (_, later) => {
    const { session, messages } = await open()
    if (later) await session.overview()
    const at = async (timeS: number, mark: Omit<Mark, 'timeS' | 'kind'>) => {
      await session.seek(timeS)
      await session.obey({ type: 'mark', kind: mark.tag ? 'tag' : 'mark', ...mark })
    }
    await at(12.303, { text: 'laces' })
    await at(21.117, { text: 'B', tag: { shoe: 'B', speedMPerS: 3.2 } })
    await at(25.111, { text: '', tag: { pain: 2, note: 'calf' } })
    await at(16.052, { text: '', tag: { inclinePct: 1 } })
    await session.seek(19.033)
    await session.obey({ type: 'baseline', action: 'set' })
    await session.seek(0)
    messages.length = 0
    await session.start()
    await session.ended()
    const here = messages.filter(({ type }) => type !== 'state')
    const anew = (await played()).map(({ message }) => message)
    expect(of(here, 'stride').at(-1)!.stride.speedMPerS).toBe(3.2)
    expect(of(here, 'segment').length).toBeGreaterThan(12)
    expect(here).toEqual(anew)
    const again = (await open()).session
    expect(await session.overview()).toEqual(await again.overview())
  })

  test('need nothing of the recording but what was told of it', async () => {
    const { session } = await open()
    const before = await session.overview()
    await rm(path)
    await session.seek(20)
    await session.obey({ type: 'mark', kind: 'tag', text: '', tag: { speedMPerS: 3.5 } })
    const { strides, segments } = await session.overview()
    expect(strides).toEqual(before.strides)
    expect(segments.map(({ tags }) => tags.speedMPerS)).toEqual([2.8, 3.5])
  })

  test('come between the frames, each in its place', async () => {
    const { session } = await open(1)
    await session.seek(5)
    await session.obey({ type: 'mark', kind: 'tag', text: 'warm', tag: { shoe: 'B' } })
    const source = await openSession(path)
    const seen: string[] = []
    for await (const { arrivalS } of source.frames(undefined, ({ text }) => seen.push(text)))
      if (arrivalS > 5) seen.push('later')
    expect(seen.slice(0, 2)).toEqual(['warm', 'later'])
  })
})
