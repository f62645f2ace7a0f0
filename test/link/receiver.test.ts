import { expect, onTestFinished, test } from 'vitest'
import { SMALL_BUNDLE } from '../../firmware/build/boards.ts'
import { buildReceiver } from '../../firmware/build/receiver.ts'
import type { VirtualPod } from '../../firmware/virtual/pod.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { PodLink } from '../../host/link/pod-link.ts'
import { emptyHeader, readHeader, TYPE_HELLO, TYPE_SAMPLES } from '../../shared/frame.ts'
import { until } from '../shared/until.ts'
import { virtualPods, wireTo } from '../shared/virtual-pods.ts'
import { VirtualReceiver } from './virtual-receiver.ts'

async function received() {
  const { pods } = await virtualPods(['left-shoe', 'left-shin'], { board: 'puckjs-v2' })
  const worn = [pods['left-shoe'], pods['left-shin']]
  const receiver = new VirtualReceiver(await buildReceiver(), worn)
  onTestFinished(() => receiver.stop())
  const link = new PodLink(wireTo(receiver as unknown as VirtualPod), 'receiver', new HostClock())
  const said = async () => {
    await link.command('hello').catch(() => {})
    return link.hellos.size
  }
  while ((await said()) < 2) await new Promise((resolve) => setTimeout(resolve, 50))
  return { receiver, link, worn }
}

const places = (link: PodLink) => new Set([...link.hellos.values()].map(({ place }) => place))

test('the receiver’s program passes the gate', async () => {
  expect((await buildReceiver()).length).toBeLessThan(SMALL_BUNDLE)
})

test('two pods on one port: both streams whole, though their packets come mixed and frames are cut anywhere', async () => {
  const { receiver, link } = await received()
  expect(places(link)).toEqual(new Set(['left-shin', 'left-shoe']))
  const next = new Map<number, number>()
  const frames = new Map<number, number>()
  let holes = 0
  const streams = new Map<number, number>()
  link.frames.subscribe(({ bytes }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const { type, pod, stream, firstSample, count } = readHeader(view, 0, emptyHeader())
    if (type === TYPE_HELLO) streams.set(pod, stream)
    if (type !== TYPE_SAMPLES || streams.get(pod) !== stream) return
    if (firstSample !== (next.get(pod) ?? 0)) holes++
    next.set(pod, firstSample + count)
    frames.set(pod, (frames.get(pod) ?? 0) + 1)
  })
  await link.start()
  await until(() => frames.size === 2 && [...frames.values()].every((n) => n > 12))
  expect(new Set(frames.keys())).toEqual(new Set([0, 1]))
  expect(holes).toBe(0)
  expect(link.counts.skippedBytes).toBe(0)
  expect(receiver.misuse).toEqual([])
})

test('a pod out of reach is taken back; what only one can mean is refused while there are two', async () => {
  const { receiver, link, worn } = await received()
  await expect(link.command('set', { place: 'right-shoe' })).rejects.toThrow(
    'two pods share this port: set one while the other is switched off',
  )
  receiver.lose(worn[0]!)
  await link.command('set', { place: 'right-shin' })
  expect(places(link)).toEqual(new Set(['left-shoe', 'right-shin']))
  link.hellos.clear()
  while (link.hellos.size < 2) {
    await link.command('hello').catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  expect(receiver.misuse).toEqual([])
})
