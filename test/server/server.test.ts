import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { norms } from '../../host/metrics/norms.ts'
import type { ClientMessage, RecordingEntry } from '../../host/server/messages.ts'
import { MAX_REPLAYS } from '../../host/server/replays.ts'
import { MAX_VIEWERS, startServer } from '../../host/server/server.ts'
import { LOST_BYTES } from '../../host/server/viewer.ts'
import { get, StalledViewer, TestViewer, UPGRADE } from './client.ts'
import { ScriptedFeed, stanceOf, stateAt } from './scripted-feed.ts'

const entry = (name: string): RecordingEntry => ({
  name,
  bytes: 10,
  startedAt: null,
  durationS: 60,
  subject: {},
  problem: null,
})
const NAMES = ['a.mcap', 'b.mcap', 'c.mcap', 'd.mcap', 'e.mcap']

let feed: ScriptedFeed
let opened: Map<string, ScriptedFeed[]>
let server: Awaited<ReturnType<typeof startServer>>

beforeEach(async () => {
  feed = new ScriptedFeed()
  opened = new Map()
  server = await startServer({
    feed,
    recordings: {
      list: async () => NAMES.map(entry),
      open: async (name) => {
        if (!NAMES.includes(name)) return null
        const replay = new ScriptedFeed('replay')
        opened.set(name, [...(opened.get(name) ?? []), replay])
        return replay
      },
    },
  })
})
afterEach(() => server.close())

const host = (): string => new URL(server.url).host

describe('who may speak to the server', () => {
  it('serves the companion to its own address with a policy that lets nothing in from outside', async () => {
    const { status, headers, body } = await get(server.url, '/live')
    expect(status).toBe(200)
    expect(body).toContain('/app.js')
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    expect(body).not.toMatch(/https?:\/\//)
  })

  it('refuses a name it does not have, as after DNS rebinding', async () => {
    const { status, body } = await get(server.url, '/api/recordings', { host: 'gait.example:80' })
    expect(status).toBe(403)
    expect(JSON.parse(body)).toMatchObject({ type: 'error', code: 'unknown-host' })
  })

  it('knows itself as localhost too', async () => {
    const { status } = await get(server.url, '/api/recordings', {
      host: host().replace('127.0.0.1', 'localhost'),
    })
    expect(status).toBe(200)
  })

  it('refuses a WebSocket that a foreign page opens, and grants its own', async () => {
    const upgrade = (origin: string) => get(server.url, '/api/live', { ...UPGRADE, host: host(), origin })
    expect((await upgrade('http://gait.example')).status).toBe(403)
    expect((await upgrade('null')).status).toBe(403)
    expect((await upgrade(`http://${host()}`)).status).toBe(101)
  })

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/sessions/../../package.json',
    '/%2e%2e/package.json',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await get(server.url, path)
    expect(status).toBe(404)
    expect(body).not.toContain('dependencies')
  })

  it('answers an unknown address in JSON', async () => {
    const { status, body } = await get(server.url, '/api/nothing')
    expect(status).toBe(404)
    expect(JSON.parse(body)).toMatchObject({ type: 'error', code: 'not-found' })
  })
})

describe('the API over HTTP', () => {
  it('lists the recordings', async () => {
    const { body } = await get(server.url, '/api/recordings')
    expect(JSON.parse(body)).toEqual({ recordings: NAMES.map(entry) })
  })

  it.each(['{', `"${'x'.repeat(5000)}"`])(
    'says that a body it cannot read is at fault, not the server',
    async (body) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${server.url}api/pair`, { method: 'POST', headers, body })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ type: 'error', code: 'bad-message' })
    },
  )

  it('gives the session so far', async () => {
    feed.say({ type: 'note', timeS: 3, text: 'standing found' })
    const { body } = await get(server.url, '/api/session')
    expect(JSON.parse(body)).toEqual({ messages: feed.recent() })
  })
})

describe('norms', () => {
  const ask = async (query: string) => {
    const { status, body } = await get(server.url, `/api/norms${query}`)
    return { status, ...JSON.parse(body) }
  }

  it('are what the published bands say at that speed, each with its source', async () => {
    const { metrics, curves } = await ask('?activity=running&speedMPerS=3')
    const pace = { activity: 'running', speedMPerS: 3 }
    expect(metrics.contactTimeMs).toEqual(norms('contactTimeMs', pace))
    expect(metrics.contactTimeMs.source.citation).toMatch(/Fukuchi/)
    expect(curves.eversionDeg.mean).toHaveLength(101)
    expect(curves.eversionDeg).toEqual(norms('eversionDeg', pace))
    expect(curves.tibialAxialG).toBeUndefined()
  })

  it('are none where nobody measured, and a question without a speed is none', async () => {
    expect(await ask('?activity=walking&speedMPerS=1.4')).toEqual({ status: 200, metrics: {}, curves: {} })
    expect(await ask('?activity=running')).toMatchObject({ status: 400, code: 'bad-message' })
  })
})

describe('latency', () => {
  it('counts live stances from their last frame’s arrival', async () => {
    feed.timeS = 5.02
    feed.say({ type: 'stance', stance: stanceOf(0), arrivedS: 5 })
    const { eventLoop, stanceToSend } = JSON.parse((await get(server.url, '/api/latency')).body)
    expect(stanceToSend.n).toBe(1)
    expect(stanceToSend.p50Ms).toBeCloseTo(20, 1)
    expect(eventLoop.p99Ms).toBeGreaterThanOrEqual(eventLoop.p50Ms)
  })
})

describe('the live socket', () => {
  it('begins with what a late viewer needs and goes on with every message', async () => {
    feed.say({ type: 'note', timeS: 3, text: 'before' })
    const viewer = await TestViewer.open(server.url)
    expect(await viewer.next('recent')).toEqual({ type: 'recent', recording: null, messages: feed.recent() })
    feed.say({ type: 'stance', stance: stanceOf(0) })
    expect(await viewer.next('stance')).toEqual({ type: 'stance', stance: stanceOf(0) })
  })

  it('passes mark, start and stop on', async () => {
    const viewer = await TestViewer.open(server.url)
    viewer.send({ type: 'start' })
    viewer.send({ type: 'mark', kind: 'tag', text: 'shoe tied' })
    expect((await viewer.next('mark')).mark).toMatchObject({ kind: 'tag', text: 'shoe tied' })
    viewer.send({ type: 'stop' })
    viewer.send('x')
    await viewer.next('error')
    expect(feed.told).toEqual(['start', 'mark tag shoe tied', 'stop'])
  })

  it.each([
    ['{', 'not-json'],
    ['{"type":"jump"}', 'bad-message'],
    ['{"type":"speed","speed":1000}', 'bad-message'],
    ['{"type":"mark","txt":"misspelt"}', 'bad-message'],
    ['{"type":"step","by":2}', 'bad-message'],
    ['{"type":"loop","fromS":1}', 'bad-message'],
    ['{"type":"loop","off":false}', 'bad-message'],
    ['{"type":"assign","place":"left-knee"}', 'bad-message'],
    ['{"type":"mark","kind":"baseline"}', 'bad-message'],
    ['{"type":"mark","kind":"tag","tag":{"speedMPerS":0}}', 'bad-message'],
    ['{"type":"speed","speed":2}', 'refused'],
    ['{"type":"watch","recording":"../../etc/passwd"}', 'no-recording'],
  ])('answers %s with %s and stays open', async (text, code) => {
    const viewer = await TestViewer.open(server.url)
    viewer.send(text)
    expect((await viewer.next('error')).code).toBe(code)
    feed.say(stateAt(5))
    expect((await viewer.next('state')).timeS).toBe(5)
    expect(feed.told).toEqual([])
  })

  it('begins anew when the feed is at another moment', async () => {
    feed.say({ type: 'note', timeS: 3, text: 'before' })
    const viewer = await TestViewer.open(server.url)
    await viewer.next('recent')
    feed.restart()
    expect((await viewer.next('recent')).messages).toEqual([stateAt(0)])
  })

  it('passes on what a feed is asked to do, word for word', async () => {
    const viewer = await TestViewer.open(server.url)
    const wishes: ClientMessage[] = [
      { type: 'seek', timeS: 12.5 },
      { type: 'loop', fromS: 1, toS: 2 },
      { type: 'loop', off: true },
      { type: 'step', by: -1 },
      { type: 'baseline', action: 'set' },
      { type: 'stand' },
      { type: 'stand-cancel' },
      { type: 'assign', place: 'left-shin' },
      { type: 'assign-cancel' },
      { type: 'blink', id: null },
    ]
    for (const wish of wishes) viewer.send(wish)
    viewer.send({ type: 'mark', kind: 'tag', tag: { shoe: ' B ', speedMPerS: 3.2 } })
    expect((await viewer.next('mark')).mark).toMatchObject({ text: '', tag: { shoe: 'B', speedMPerS: 3.2 } })
    expect(feed.commands.slice(0, -1)).toEqual(wishes)
  })

  it('tells the page that is one too many why, and lets it in when another has gone', async () => {
    const viewers = await Promise.all(Array.from({ length: MAX_VIEWERS }, () => TestViewer.open(server.url)))
    const late = await TestViewer.open(server.url)
    const closed = late.closed()
    expect(await late.next('error')).toMatchObject({
      code: 'too-many-viewers',
      message: expect.stringContaining('24 pages'),
    })
    await closed
    await viewers[0]!.close()
    await expect
      .poll(async () => {
        const again = await TestViewer.open(server.url)
        return (await again.first()).type
      })
      .toBe('recent')
  })

  it('hangs up on a message larger than any it knows', async () => {
    const viewer = await TestViewer.open(server.url)
    const closed = viewer.closed()
    viewer.send({ type: 'mark', text: 'x'.repeat(5000) })
    await closed
    expect(feed.told).toEqual([])
  })
})

describe('replays', () => {
  const watch = async (recording: string): Promise<TestViewer> => {
    const viewer = await TestViewer.open(server.url)
    await viewer.next('recent')
    viewer.send({ type: 'watch', recording })
    return viewer
  }

  it('opens a recording once for all its viewers and closes it behind the last', async () => {
    const one = await watch('a.mcap')
    const two = await watch('a.mcap')
    expect((await one.next('recent')).recording).toBe('a.mcap')
    expect((await two.next('recent')).recording).toBe('a.mcap')
    const [replay, ...others] = opened.get('a.mcap')!
    expect(others).toEqual([])

    two.send({ type: 'speed', speed: 4 })
    two.send({ type: 'start' })
    two.send({ type: 'watch', recording: null })
    expect((await two.next('recent')).recording).toBeNull()
    expect(replay!.told).toEqual(['speed 4', 'start'])
    expect(replay!.closed).toBe(false)

    await one.close()
    await expect.poll(() => replay!.closed).toBe(true)
    expect(replay!.listeners).toBe(0)
  })

  it('shows its viewer no message of the live session', async () => {
    const viewer = await watch('a.mcap')
    await viewer.next('recent')
    feed.say({ type: 'note', timeS: 1, text: 'live' })
    opened.get('a.mcap')![0]!.say({ type: 'note', timeS: 1, text: 'replay' })
    expect((await viewer.next('note')).text).toBe('replay')
  })

  it(`keeps at most ${MAX_REPLAYS} open`, async () => {
    for (const name of NAMES.slice(0, MAX_REPLAYS)) await (await watch(name)).next('recent')
    const late = await watch(NAMES[MAX_REPLAYS]!)
    expect((await late.next('error')).code).toBe('too-many-replays')
    feed.say(stateAt(7))
    expect((await late.next('state')).timeS).toBe(7)
  })
})

describe('a viewer that stops reading', () => {
  it('costs a bounded backlog, delays nobody, and starts afresh when it reads again', async () => {
    const stalled = await StalledViewer.open(server.url)
    const brisk = await TestViewer.open(server.url)
    const sentBytes = 40e6
    const stance = { type: 'stance', stance: stanceOf(0) } as const
    const count = Math.ceil(sentBytes / JSON.stringify(stance).length)
    for (let index = 0; index < count; index++) {
      feed.say({ type: 'stance', stance: stanceOf(index) })
      // the brisk one reads as fast as the feed speaks
      if (index % 100 === 0) while ((await brisk.next('stance')).stance.index < index);
    }
    const { bytes } = await stalled.drain((message) => {
      if (message.type !== 'recent') return false
      return message.messages.some(
        ({ type, ...rest }) => type === 'stance' && 'stance' in rest && rest.stance.index === count - 1,
      )
    })
    // what the kernel holds for a socket comes on top: a few megabytes each way
    expect(bytes).toBeLessThan(LOST_BYTES + 16e6)
  })
})

describe('poses', () => {
  const still = { shin: null, shoe: null, eversionDeg: null, sinceContactS: null, provisional: true }
  const pose = (timeS: number) => ({ type: 'pose' as const, timeS, legs: { left: still, right: still } })

  it('go to those who asked, are asked of the feed once, and no longer than anyone wants them', async () => {
    const [one, two] = [await TestViewer.open(server.url), await TestViewer.open(server.url)]
    expect(feed.posed).toBe(0)
    one.send({ type: 'pose', on: true })
    two.send({ type: 'pose', on: true })
    two.send({ type: 'pose', on: false })
    two.send({ type: 'mark' })
    await two.next('mark')
    // the two speak over lines of their own
    await expect.poll(() => feed.posed).toBe(1)
    feed.pose(pose(1))
    expect(await one.next('pose')).toEqual(pose(1))
    feed.say({ type: 'note', timeS: 1, text: 'after' })
    await two.next('note')
    one.send({ type: 'watch', recording: 'a.mcap' })
    await one.next('recent')
    await expect.poll(() => feed.posed).toBe(0)
    one.send({ type: 'pose', on: true })
    await expect.poll(() => opened.get('a.mcap')?.[0]?.posed).toBe(1)
    await one.close()
    await expect.poll(() => opened.get('a.mcap')?.[0]?.posed).toBe(0)
    await two.close()
  })
})
