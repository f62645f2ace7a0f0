import { describe, expect, test } from 'vitest'
import { HostClock } from '../../host/link/host-clock.ts'
import { PodLink } from '../../host/link/pod-link.ts'
import { emptyHeader, readHeader, TYPE_ACK, TYPE_HELLO, TYPE_SAMPLES, TYPE_TIME } from '../../shared/frame.ts'
import { until } from '../shared/until.ts'
import { virtualPods, wireTo } from '../shared/virtual-pods.ts'

const headerOf = (bytes: Uint8Array) =>
  readHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, emptyHeader())

/** Headers and arrivals of everything the link gives out. */
function listen(link: PodLink) {
  const heard: { header: ReturnType<typeof headerOf>; arrivalS: number }[] = []
  link.frames.subscribe(({ bytes, arrivalS }) => heard.push({ header: headerOf(bytes), arrivalS }))
  return heard
}

const clock = () => {
  const host = new HostClock()
  return () => host.nowS()
}

describe('PodLink', () => {
  test('learns who is there, starts it, and gives out an unbroken stream with time replies', async () => {
    const { pods } = await virtualPods(['left-shoe'])
    const link = new PodLink(wireTo(pods['left-shoe']), 'test', clock())
    const heard = listen(link)
    const hello = await link.greet()
    expect(hello).toMatchObject({ id: 'virtual-0', place: 'left-shoe', streaming: false })
    await link.start()
    const samples = () => heard.filter(({ header }) => header.type === TYPE_SAMPLES)
    await until(() => samples().length > 20)
    const stream = samples()[0]!.header.stream
    let next = 0
    for (const { header } of samples()) {
      expect(header.stream).toBe(stream)
      expect(header.firstSample).toBe(next)
      next += header.count
    }
    expect(heard.some(({ header }) => header.type === TYPE_HELLO && header.stream === stream)).toBe(true)
    expect(heard.filter(({ header }) => header.type === TYPE_TIME).length).toBeGreaterThan(2)
    expect(link.counts).toEqual({ lost: 0, recovered: 0, duplicates: 0, skippedBytes: 0 })
  })

  test('frames damaged on the way are asked for and put back in their place', async () => {
    const { pods } = await virtualPods(['left-shoe'])
    let n = 0
    // every ninth samples frame comes damaged, the first time
    const wire = (bytes: Uint8Array) => {
      if (bytes.length < 200 || ++n % 9 !== 0) return bytes
      const damaged = bytes.slice()
      damaged[100]! ^= 0x10
      return damaged
    }
    const link = new PodLink(wireTo(pods['left-shoe'], wire), 'test', clock())
    const heard = listen(link)
    await link.greet()
    await link.start()
    const samples = () => heard.filter(({ header }) => header.type === TYPE_SAMPLES)
    await until(() => samples().length > 40)
    let next = 0
    for (const { header } of samples()) {
      expect(header.firstSample).toBe(next)
      next += header.count
    }
    expect(link.counts.recovered).toBeGreaterThan(2)
    expect(link.counts.lost).toBe(0)
    expect(link.counts.skippedBytes).toBeGreaterThan(500)
  })

  test('what the pod no longer has is a gap, and the stream goes on', async () => {
    const { pods } = await virtualPods(['left-shoe'], { board: 'puckjs-v2' })
    let deaf: boolean = false
    const link = new PodLink(
      wireTo(pods['left-shoe'], (bytes) => (deaf ? new Uint8Array(0) : bytes)),
      'test',
      clock(),
    )
    const heard = listen(link)
    await link.greet()
    await link.start()
    const samples = () => heard.filter(({ header }) => header.type === TYPE_SAMPLES)
    await until(() => samples().length > 5)
    deaf = true
    // its ring holds 24 frames of 20 samples at 208 Hz: 2.3 s
    await new Promise((resolve) => setTimeout(resolve, 5000))
    deaf = false
    const before = samples().length
    await until(() => samples().length > before + 30)
    let next = 0
    let gaps = 0
    for (const { header } of samples()) {
      expect(header.firstSample).toBeGreaterThanOrEqual(next)
      if (header.firstSample > next) gaps++
      next = header.firstSample + header.count
    }
    expect(gaps).toBe(1)
    expect(link.counts.lost).toBeGreaterThan(0)
    expect(link.counts.recovered).toBeGreaterThan(0)
  })

  test('settled, it passes on what waits behind a hole', async () => {
    const { pods } = await virtualPods(['left-shoe'])
    let sent = 0
    const wire = (bytes: Uint8Array) => {
      const { sequence, type } = headerOf(bytes)
      sent = sequence
      // nor does the pod get to say that it has no more of it
      const lost = sequence === 12 || (sequence > 12 && type === TYPE_ACK)
      return lost ? new Uint8Array(0) : bytes
    }
    const link = new PodLink(wireTo(pods['left-shoe'], wire), 'test', clock())
    const heard = listen(link)
    await link.greet()
    await link.start()
    const last = () => heard.at(-1)!.header.sequence
    // what comes behind the hole waits for a frame that will never come
    await until(() => sent > 15)
    expect(last()).toBe(11)
    link.settle()
    expect(last()).toBeGreaterThan(12)
    expect(link.counts.lost).toBeGreaterThan(0)
  })

  test('a pod that refuses says why', async () => {
    const { pods } = await virtualPods(['left-shoe'])
    const link = new PodLink(wireTo(pods['left-shoe']), 'cable', clock())
    await link.greet()
    await link.start()
    await expect(link.command('set', { rateHz: 104 })).rejects.toThrow('cable: streaming: stop first')
  })

  test('nobody there, or gone: commands fail and frames end', async () => {
    const { pods } = await virtualPods(['left-shoe'])
    const silent = new PodLink(
      wireTo(pods['left-shoe'], () => new Uint8Array(0)),
      'silent',
      clock(),
    )
    await expect(silent.command('identify', {}, 100)).rejects.toThrow(
      'silent: identify: no answer within 0.1 s',
    )
    let ended = false
    silent.frames.subscribe({ complete: () => (ended = true) })
    const waiting = silent.command('identify')
    const failed = expect(waiting).rejects.toThrow('the port has gone')
    await silent.close()
    await failed
    expect(ended).toBe(true)
    await expect(silent.command('hello')).rejects.toThrow('the port has gone')
  })
})
