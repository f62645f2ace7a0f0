import { describe, expect, onTestFinished, test } from 'vitest'
import { HostClock } from '../../host/link/host-clock.ts'
import type { PodLink } from '../../host/link/pod-link.ts'
import { type Binding, findPods, keepLinked, listPorts, openPort } from '../../host/link/ports.ts'
import { until } from '../shared/until.ts'
import { virtualPods } from '../shared/virtual-pods.ts'

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
    await until(() => !links[0]!.isOpen)
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

  test('unsubscribed while the port was opening, the port is closed again', async () => {
    const { binding, path } = await virtualPods(['left-shin'])
    const { options: given } = options(binding)
    let links = 0
    keepLinked(path('left-shin'), given)
      .subscribe(() => links++)
      .unsubscribe()
    // a port that is still held refuses a second opening
    let free = false
    for (let n = 0; n < 50 && !free; n++) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const link = await openPort(path('left-shin'), given).catch(() => null)
      free = link !== null
      await link?.close()
    }
    expect(free).toBe(true)
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
