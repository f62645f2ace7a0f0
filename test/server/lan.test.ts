import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lanAddresses } from '../../host/server/addresses.ts'
import type { PairedScreen, Role } from '../../host/server/pairing.ts'
import { startServer } from '../../host/server/server.ts'
import { get, send, TestViewer, UPGRADE } from './client.ts'
import { ScriptedFeed, stateAt } from './scripted-feed.ts'

let feed: ScriptedFeed
let server: Awaited<ReturnType<typeof startServer>>
/** How another machine in the network reaches the host: its packets do not come from the loopback address. */
let lan: string

const serve = (open: boolean) =>
  startServer({
    feed,
    lan: open,
    recordings: {
      list: async () => [
        { name: 'a.mcap', bytes: 1, startedAt: null, durationS: 1, subject: {}, problem: null },
      ],
      open: async () => new ScriptedFeed('replay'),
    },
  })

beforeEach(async () => {
  feed = new ScriptedFeed()
  server = await serve(true)
  lan = server.lanUrl!
})
afterEach(() => server.close())

const invitation = async () => JSON.parse((await get(server.url, '/api/pair')).body)

async function pair(role: Role, name = 'tablet') {
  const { code } = await invitation()
  const { status, headers, body } = await send(lan, 'POST', '/api/pair', { code, name, role })
  expect(status).toBe(201)
  const [cookie] = headers['set-cookie'] as string[]
  return { screen: JSON.parse(body) as PairedScreen, cookie: cookie!.split(';')[0]!, whole: cookie! }
}
const grant = (id: string, role: Role) => send(server.url, 'POST', `/api/paired/${id}`, { role })
const statusOf = async (path: string, cookie = '') => (await get(lan, path, { cookie })).status
const codeOf = async (answer: Promise<{ body: string }>) => JSON.parse((await answer).body).code

// a machine without a network has no second address to come from
describe.skipIf(lanAddresses().length === 0)('a host that lets the network in', () => {
  it('listens to nobody but this machine unless it is told to', async () => {
    const closed = await serve(false)
    expect(closed.lanUrl).toBeNull()
    const elsewhere = closed.url.replace('127.0.0.1', lanAddresses()[0]!)
    await expect(get(elsewhere, '/')).rejects.toThrow(/ECONNREFUSED/)
    expect(JSON.parse((await get(closed.url, '/api/pair')).body)).toEqual({ lan: false, role: 'host' })
    expect((await send(closed.url, 'POST', '/api/pair', { code: 'X', name: 'x', role: 'view' })).status).toBe(
      400,
    )
    await closed.close()
  })

  it('shows a screen that is not paired the page that pairs, and nothing else', async () => {
    expect((await get(lan, '/pair')).body).toContain('/app.js')
    expect(await statusOf('/app.js')).toBe(200)
    for (const page of ['/', '/live', '/sessions/a.mcap']) {
      const { status, headers } = await get(lan, page)
      expect([page, status, headers.location]).toEqual([page, 302, '/pair'])
    }
    for (const path of [
      '/api/session',
      '/api/recordings',
      '/api/recordings/a.mcap/overview',
      '/api/norms?activity=running&speedMPerS=3',
      '/api/latency',
      '/api/paired',
      '/api/pair/qr.svg',
      '/api/%70aired',
    ])
      expect([path, await statusOf(path)]).toEqual([path, 401])
    expect(await codeOf(get(lan, '/api/session'))).toBe('not-paired')
    expect((await get(lan, '/api/live', { ...UPGRADE })).status).toBe(401)
    expect(JSON.parse((await get(lan, '/api/pair')).body)).toEqual({ lan: true, role: null, screen: null })
  })

  it('keeps to its own names and pages in the network as well', async () => {
    const { cookie } = await pair('view')
    const host = new URL(lan).host
    expect((await get(lan, '/api/session', { host: 'gait.example', cookie })).status).toBe(403)
    const upgrade = (origin: string) => get(lan, '/api/live', { ...UPGRADE, host, cookie, origin })
    expect((await upgrade('http://gait.example')).status).toBe(403)
    expect((await upgrade(`http://${host}`)).status).toBe(101)
    const { code } = await invitation()
    const foreign = { code, name: 'x', role: 'view' }
    expect((await send(lan, 'POST', '/api/pair', foreign, { origin: 'http://gait.example' })).status).toBe(
      403,
    )
  })

  it('pairs one screen with a code, whose cookie no script can read', async () => {
    const { code, url, link, lapsesS } = await invitation()
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}$/)
    expect([url, link]).toEqual([`${lan}pair`, `${lan}pair#${code}`])
    expect(lapsesS).toBeGreaterThan(590)
    expect((await get(server.url, '/api/pair/qr.svg')).body).toMatch(/^<svg/)
    const { screen, whole } = await pair('view')
    expect(screen).toMatchObject({ name: 'tablet', role: 'view', connected: 0 })
    expect(whole).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/)
    // one code, one screen
    expect(await codeOf(send(lan, 'POST', '/api/pair', { code, name: 'x', role: 'view' }))).toBe('wrong-code')
  })

  it('shows a screen that may look the running session, and lets it do nothing', async () => {
    const { cookie } = await pair('view')
    expect(await statusOf('/live', cookie)).toBe(200)
    expect(await statusOf('/api/session', cookie)).toBe(200)
    for (const path of ['/api/recordings', '/api/recordings/a.mcap/overview', '/api/paired', '/api/%70aired'])
      expect([path, await statusOf(path, cookie)]).toEqual([path, 403])
    const viewer = await TestViewer.open(lan, { cookie })
    expect((await viewer.next('recent')).recording).toBeNull()
    for (const message of [
      { type: 'start' },
      { type: 'stop' },
      { type: 'mark' },
      { type: 'baseline', action: 'clear' },
      { type: 'stand' },
      { type: 'assign', place: 'left-shoe' },
      { type: 'blink', id: null },
      { type: 'watch', recording: 'a.mcap' },
    ] as const) {
      viewer.send(message)
      expect([message.type, (await viewer.next('error')).code]).toEqual([message.type, 'not-allowed'])
    }
    feed.say(stateAt(4))
    expect((await viewer.next('state')).timeS).toBe(4)
    expect(feed.told).toEqual([])
  })

  it('lets a screen act when the host has granted it, and still keep no other screens', async () => {
    const { cookie, screen } = await pair('control')
    expect(screen).toMatchObject({ role: 'view', asked: 'control' })
    const viewer = await TestViewer.open(lan, { cookie })
    viewer.send({ type: 'start' })
    expect((await viewer.next('error')).code).toBe('not-allowed')
    expect(
      (await send(lan, 'POST', `/api/paired/${screen.id}`, { role: 'control' }, { cookie })).status,
    ).toBe(403)
    expect((await grant(screen.id, 'control')).status).toBe(200)
    viewer.send({ type: 'start' })
    viewer.send('x')
    await viewer.next('error')
    expect(feed.told).toEqual(['start'])
    expect(await statusOf('/api/recordings', cookie)).toBe(200)
    for (const path of ['/api/paired', '/api/pair/qr.svg', '/api/%70aired'])
      expect([path, await statusOf(path, cookie)]).toEqual([path, 403])
    expect(JSON.parse((await get(lan, '/api/pair', { cookie })).body)).toMatchObject({ role: 'control' })
    expect((await send(lan, 'DELETE', `/api/paired/${screen.id}`, undefined, { cookie })).status).toBe(403)
  })

  it('drops a screen at once', async () => {
    const { cookie, screen } = await pair('view')
    const viewer = await TestViewer.open(lan, { cookie })
    await viewer.next('recent')
    const listed = JSON.parse((await get(server.url, '/api/paired')).body)
    expect(listed).toEqual({ screens: [{ ...screen, connected: 1 }] })
    const closed = viewer.closed()
    expect((await send(server.url, 'DELETE', `/api/paired/${screen.id}`)).status).toBe(204)
    await closed
    expect(await statusOf('/api/session', cookie)).toBe(401)
    expect((await get(lan, '/api/live', { ...UPGRADE, cookie })).status).toBe(401)
    expect((await send(server.url, 'DELETE', `/api/paired/${screen.id}`)).status).toBe(404)
  })

  it('stops listening to guesses', async () => {
    const { code } = await invitation()
    const guess = (code: string) => send(lan, 'POST', '/api/pair', { code, name: 'x', role: 'view' })
    for (let i = 0; i < 5; i++) expect(await codeOf(guess('0000'))).toBe('wrong-code')
    const { status, body } = await guess(code)
    expect([status, JSON.parse(body).code]).toEqual([429, 'too-many-tries'])
  })
})
