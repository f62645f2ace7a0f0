import { describe, expect, test } from 'vitest'
import type { Gap } from '../../host/link/hole.ts'
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

const samplesOf = (heard: ReturnType<typeof listen>) =>
  heard.filter(({ header }) => header.type === TYPE_SAMPLES)

/** Every sample from the first to the last, whatever the order of the frames. */
function contiguous(heard: ReturnType<typeof listen>): boolean {
  const headers = samplesOf(heard).map(({ header }) => header)
  let next = 0
  for (const { firstSample, count } of headers.sort((a, b) => a.firstSample - b.firstSample)) {
    if (firstSample !== next) return false
    next += count
  }
  return next > 0
}

const clock = () => new HostClock()

describe('PodLink', () => {
  test('learns who is there, starts it, and gives out an unbroken stream with time replies', async () => {
    const { pods } = await virtualPods(['left-shoe'])
    const link = new PodLink(wireTo(pods['left-shoe']), 'test', clock())
    const heard = listen(link)
    const hello = await link.greet()
    expect(hello).toMatchObject({ id: 'virtual-0', place: 'left-shoe', streaming: false })
    await link.start()
    const samples = () => heard.filter(({ header }) => header.type === TYPE_SAMPLES)
    const times = () => heard.filter(({ header }) => header.type === TYPE_TIME)
    await until(() => samples().length > 20 && times().length > 2)
    const stream = samples()[0]!.header.stream
    let next = 0
    for (const { header } of samples()) {
      expect(header.stream).toBe(stream)
      expect(header.firstSample).toBe(next)
      next += header.count
    }
    expect(heard.some(({ header }) => header.type === TYPE_HELLO && header.stream === stream)).toBe(true)
    expect(link.counts).toEqual({ lost: 0, recovered: 0, duplicates: 0, skippedBytes: 0 })
  })

  test('frames damaged on the way are asked for until they have come whole, each once', async () => {
    const { pods } = await virtualPods(['left-shoe'])
    let n = 0
    // every fifth samples frame comes damaged, also of those sent again
    const wire = (bytes: Uint8Array) => {
      if (bytes.length < 200 || ++n % 5 !== 0) return bytes
      const damaged = bytes.slice()
      damaged[100]! ^= 0x10
      return damaged
    }
    const link = new PodLink(wireTo(pods['left-shoe'], wire), 'test', clock())
    const heard = listen(link)
    const gaps: Gap[] = []
    link.gaps.subscribe((gap) => gaps.push(gap))
    await link.greet()
    await link.start()
    await until(() => link.counts.recovered > 8)
    await link.command('stop')
    await link.filled(60_000)
    expect(contiguous(heard)).toBe(true)
    expect(gaps).toEqual([])
    expect(link.counts).toMatchObject({ lost: 0 })
    expect(link.counts.skippedBytes).toBeGreaterThan(1500)
  })

  test('what the pod no longer has is a gap of known length and cause, and the rest is fetched', async () => {
    const { pods } = await virtualPods(['left-shoe'], { board: 'puckjs-v2', speed: 4 })
    let deaf: boolean = false
    const link = new PodLink(
      wireTo(pods['left-shoe'], (bytes) => (deaf ? new Uint8Array(0) : bytes)),
      'test',
      clock(),
    )
    const heard = listen(link)
    const gaps: Gap[] = []
    link.gaps.subscribe((gap) => gaps.push(gap))
    await link.greet()
    await link.start()
    await until(() => samplesOf(heard).length > 5)
    deaf = true
    // its ring holds 24 frames of 20 samples at 208 Hz: 2.3 s; these are six
    await new Promise((resolve) => setTimeout(resolve, 1500))
    deaf = false
    await until(() => gaps.length > 0)
    await link.command('stop')
    await link.filled(60_000)
    const headers = samplesOf(heard)
      .map(({ header }) => header)
      .sort((a, b) => a.firstSample - b.firstSample)
    const missing = headers
      .slice(1)
      .map(({ firstSample }, i) => firstSample - headers[i]!.firstSample - headers[i]!.count)
      .reduce((sum, step) => sum + step, 0)
    expect(missing).toBeGreaterThan(0)
    expect(gaps).toEqual([
      {
        pod: 'virtual-0',
        place: 'left-shoe',
        fromS: expect.any(Number),
        toS: expect.any(Number),
        samples: missing,
        // a machine that was held up meanwhile may be to blame as well
        cause: expect.stringMatching(/^(lost on the way|host busy)$/),
      },
    ])
    expect(link.counts.lost).toBe(missing)
    expect(link.counts.recovered).toBeGreaterThan(10)
  })

  test('what has not come when the stream has ended is told as lost', async () => {
    const { pods } = await virtualPods(['left-shoe'])
    // every seventh number never gets through, however often it is sent
    const wire = (bytes: Uint8Array) => {
      const { type, sequence } = headerOf(bytes)
      return type === TYPE_SAMPLES && sequence % 7 === 0 ? new Uint8Array(0) : bytes
    }
    const link = new PodLink(wireTo(pods['left-shoe'], wire), 'test', clock())
    const heard = listen(link)
    const gaps: Gap[] = []
    link.gaps.subscribe((gap) => gaps.push(gap))
    await link.greet()
    await link.start()
    await until(() => samplesOf(heard).length > 12)
    await link.command('stop')
    await link.filled(100)
    const headers = samplesOf(heard).map(({ header }) => header)
    const last = headers.at(-1)!
    const came = headers.reduce((sum, { count }) => sum + count, 0)
    const lost = gaps.reduce((sum, { samples }) => sum + samples!, 0)
    expect(lost).toBeGreaterThan(0)
    expect(lost).toBe(last.firstSample + last.count - came)
  })

  test('a lost hello is asked for again, and so is a start nobody answered', async () => {
    const { pods } = await virtualPods(['left-shoe'])
    const lost: number[] = []
    const wire = (bytes: Uint8Array) => {
      const { type, stream } = headerOf(bytes)
      // the first acknowledgement of the new stream, and its first hello
      const first = stream !== before && (type === TYPE_ACK || type === TYPE_HELLO) && !lost.includes(type)
      if (!first) return bytes
      lost.push(type)
      return new Uint8Array(0)
    }
    let before = -1
    const link = new PodLink(
      wireTo(pods['left-shoe'], (bytes) => (before < 0 ? bytes : wire(bytes))),
      'test',
      clock(),
    )
    const heard = listen(link)
    await link.greet()
    before = heard.at(-1)!.header.stream
    await link.start()
    await until(() => samplesOf(heard).length > 30)
    expect(new Set(lost)).toEqual(new Set([TYPE_HELLO, TYPE_ACK]))
    const { stream } = samplesOf(heard).at(-1)!.header
    expect(heard.some(({ header }) => header.type === TYPE_HELLO && header.stream === stream)).toBe(true)
  })

  test('a pod that boots is told as a reset, and the gap as soon as it streams again', async () => {
    const { pods } = await virtualPods(['left-shoe'], { speed: 4 })
    const link = new PodLink(wireTo(pods['left-shoe']), 'test', clock())
    const heard = listen(link)
    const gaps: Gap[] = []
    let resets = 0
    link.gaps.subscribe((gap) => gaps.push(gap))
    link.resets.subscribe(() => {
      resets++
      void link.start()
    })
    await link.greet()
    await link.start()
    await until(() => samplesOf(heard).length > 20)
    pods['left-shoe'].powerCycle()
    await until(() => gaps.length > 0)
    expect(resets).toBe(1)
    expect(gaps).toMatchObject([{ place: 'left-shoe', samples: null, cause: 'pod reset' }])
    expect(gaps[0]!.toS - gaps[0]!.fromS).toBeGreaterThan(3 / 4)
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
