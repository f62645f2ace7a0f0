import { describe, expect, onTestFinished, test } from 'vitest'
import { buildFirmware } from '../../firmware/build/build.ts'
import { VirtualBinding } from '../../firmware/virtual/binding.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import type { PodLink } from '../../host/link/pod-link.ts'
import { type Binding, findPods, keepLinked, listPorts, openPort } from '../../host/link/ports.ts'
import { emptyHeader, readHeader, TYPE_SAMPLES } from '../../shared/frame.ts'
import { until } from '../shared/until.ts'
import { virtualPods } from '../shared/virtual-pods.ts'
import { VirtualTime } from './virtual-time.ts'

function options(binding: Binding) {
  const lines: string[] = []
  return { lines, options: { binding, clock: new HostClock(), log: (line: string) => void lines.push(line) } }
}

describe('ports', () => {
  test('every pod is found by asking, whatever its port is called', async () => {
    const { binding } = await virtualPods()
    const { options: given, lines } = options(binding)
    const ids = new Set<string>()
    const found = findPods(given).subscribe((link) => {
      for (const id of link.hellos.keys()) ids.add(id)
    })
    onTestFinished(() => found.unsubscribe())
    await until(() => ids.size === 4)
    expect([...ids].sort()).toEqual(['virtual-0', 'virtual-1', 'virtual-2', 'virtual-3'])
    expect(lines).toHaveLength(4)
  })

  test('a pulled cable ends the link; the pod is taken back when it returns', async () => {
    const { binding, path } = await virtualPods(['left-shin'])
    const { options: given, lines } = options(binding)
    const links: PodLink[] = []
    const kept = keepLinked(path('left-shin'), given).subscribe((link) => links.push(link))
    onTestFinished(() => kept.unsubscribe())
    await until(() => links.length === 1)
    binding.unplug(path('left-shin'))
    await until(() => lines.some((line) => line.includes('no such port')))
    await new Promise((resolve) => setTimeout(resolve, 1200))
    binding.replug(path('left-shin'))
    await until(() => links.length === 2)
    expect(links[1]!.isOpen).toBe(true)
    // one line for each change, not one for each attempt
    expect(lines.map((line) => line.replace('/virtual/left-shin: ', ''))).toEqual([
      expect.stringContaining('pod virtual-1 at left-shin'),
      'gone',
      expect.stringContaining('no such port'),
      expect.stringContaining('pod virtual-1 at left-shin'),
    ])
  })

  test('a pod that comes back under another name goes on in its stream, and what was missed is fetched', async () => {
    const { code } = await buildFirmware('xiao-nrf52840-sense')
    const pod = new VirtualPod({
      board: 'xiao-nrf52840-sense',
      code,
      worn: { sampleAt: (_, out) => out.fill(1) },
      id: 'wanderer',
      place: 'left-shoe',
    })
    const binding = new VirtualBinding({ '/dev/ttyACM0': pod, '/dev/ttyACM1': pod })
    binding.unplug('/dev/ttyACM1')
    const time = new VirtualTime()
    const lines: string[] = []
    const came = new Map<string, number[]>()
    const header = emptyHeader()
    const given = { binding, clock: time.clock, log: (line: string) => void lines.push(line) }
    const found = findPods(given).subscribe((link) => {
      link.frames.subscribe(({ bytes }) => {
        readHeader(new DataView(bytes.buffer, bytes.byteOffset), 0, header)
        const key = `${header.type} ${header.stream}`
        came.set(key, [...(came.get(key) ?? []), header.firstSample])
      })
      if (link.name === '/dev/ttyACM0') void link.start()
    })
    onTestFinished(() => found.unsubscribe())
    const run = async (fromS: number, toS: number) => {
      for (let n = Math.round(fromS * 100) + 1; n <= Math.round(toS * 100); n++) {
        pod.advanceTo(n / 100)
        time.advanceTo(n / 100)
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await run(0, 3)
    binding.unplug('/dev/ttyACM0')
    await run(3, 3.5)
    binding.replug('/dev/ttyACM1')
    await run(3.5, 8)
    const samples = [...came]
      .filter(([key]) => key.startsWith(`${TYPE_SAMPLES} `))
      .map(([, firsts]) => firsts)
    expect(samples).toHaveLength(1)
    const firsts = samples[0]!.toSorted((a, b) => a - b)
    expect(firsts.length).toBeGreaterThan(140)
    expect(firsts).toEqual(firsts.map((_, i) => i * firsts[1]!))
    expect(lines).toEqual([
      expect.stringContaining('/dev/ttyACM0: pod wanderer at left-shoe'),
      '/dev/ttyACM0: gone',
      expect.stringContaining('no such port'),
      expect.stringContaining('/dev/ttyACM1: pod wanderer at left-shoe'),
    ])
  })

  test('unsubscribed while the port was opening, the port is closed again', async () => {
    const { binding, path } = await virtualPods(['left-shin'])
    const { options: given } = options(binding)
    let links = 0
    keepLinked(path('left-shin'), given)
      .subscribe(() => links++)
      .unsubscribe()
    // a port that is still held refuses a second opening
    const isFree = async () => {
      const link = await openPort(path('left-shin'), given).catch(() => null)
      await link?.close()
      return link !== null
    }
    await expect.poll(isFree).toBe(true)
    expect(links).toBe(0)
  })

  test('a pod is told where it is worn', async () => {
    const { binding, path } = await virtualPods(['left-shin'])
    const { options: given } = options(binding)
    const links: PodLink[] = []
    const kept = keepLinked(path('left-shin'), given, 'right-shoe').subscribe((link) => links.push(link))
    onTestFinished(() => kept.unsubscribe())
    await until(() => links.length === 1)
    expect(links[0]!.hellos.get('virtual-1')!.place).toBe('right-shoe')
  })

  test('ports are listed without udev', async () => {
    const broken = { list: () => Promise.reject(new Error('spawn udevadm ENOENT')) }
    const paths = await listPorts(broken as unknown as Binding)
    for (const path of paths) expect(path).toMatch(/^\/dev\//)
  })
})
