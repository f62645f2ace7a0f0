import { join } from 'node:path'
import { Subject } from 'rxjs'
import { expect, onTestFinished, test } from 'vitest'
import { buildFirmware } from '../../firmware/build/build.ts'
import { VirtualBinding } from '../../firmware/virtual/binding.ts'
import { RealTimeDriver } from '../../firmware/virtual/driver.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import type { PodLink } from '../../host/link/pod-link.ts'
import { findPods } from '../../host/link/ports.ts'
import type { FeedState } from '../../host/session/feed.ts'
import { LiveSession } from '../../host/session/live.ts'
import { until } from '../shared/until.ts'
import { scratch } from './sessions.ts'

test('a pod that is found while a recording ends is not started', async () => {
  const { code } = await buildFirmware('xiao-nrf52840-sense')
  const runner = createRunner({ name: 'easy', seed: 2 })
  const places = ['left-shoe', 'right-shoe'] as const
  const pods = places.map(
    (place, i) =>
      new VirtualPod({
        board: 'xiao-nrf52840-sense',
        code,
        worn: runner.pods[place],
        id: place,
        place,
        seed: i + 1,
      }),
  )
  const driver = new RealTimeDriver(pods)
  driver.start()
  onTestFinished(() => driver.stop())
  const clock = new HostClock()
  const binding = new VirtualBinding(
    Object.fromEntries(places.map((place, i) => [`/virtual/${place}`, pods[i]!])),
  )
  const found: PodLink[] = []
  const finding = findPods({ binding, clock, log: () => {} }).subscribe((link) => found.push(link))
  onTestFinished(() => finding.unsubscribe())
  await until(() => found.length === 2)

  const links = new Subject<PodLink>()
  const session = new LiveSession({ clock, links, recordings: join(await scratch(), 'recordings') })
  onTestFinished(() => session.close())
  const [first, late] = found as [PodLink, PodLink]
  const isStreaming = (link: PodLink) => [...link.hellos.values()].some(({ streaming }) => streaming)
  links.next(first)
  await session.start()
  await until(() => isStreaming(first))

  const stopped = session.stop()
  await Promise.resolve()
  expect((session.recent()[0] as FeedState).phase).toBe('recording')
  links.next(late)
  await stopped
  await late.command('hello')
  expect(isStreaming(late)).toBe(false)
})
