import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { BleBinding } from '../../host/link/ble.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { loadNoble } from '../../host/link/noble.ts'
import type { PodLink } from '../../host/link/pod-link.ts'
import { findPods, listPorts, openPort } from '../../host/link/ports.ts'
import { LiveSession } from '../../host/session/live.ts'
import { emptyHeader, readHeader, TYPE_SAMPLES } from '../../shared/frame.ts'
import { until } from '../shared/until.ts'
import { virtualPods } from '../shared/virtual-pods.ts'
import { FakeNoble } from './fake-noble.ts'

async function radio() {
  const { pods } = await virtualPods(['left-shoe', 'left-shin'], { board: 'puckjs-v2' })
  const noble = new FakeNoble({ aa01: pods['left-shoe'], aa02: pods['left-shin'] })
  onTestFinished(() => noble.stop())
  const binding = new BleBinding(noble)
  const ports = { binding, clock: new HostClock(), log: () => {} }
  const open = async (path: string): Promise<PodLink> => {
    const link = await openPort(path, ports)
    onTestFinished(() => link.close())
    return link
  }
  return { noble, binding, ports, open }
}

/** Sample frames of a link: how many, and whether any sample is missing between them. */
function samplesOf(link: PodLink) {
  const seen = { frames: 0, next: 0, holes: 0 }
  link.frames.subscribe(({ bytes }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const { type, firstSample, count } = readHeader(view, 0, emptyHeader())
    if (type !== TYPE_SAMPLES) return
    if (firstSample !== seen.next) seen.holes++
    seen.next = firstSample + count
    seen.frames++
  })
  return seen
}

describe('pods on Bluetooth', () => {
  test('are listed, and speak as on a cable: whole frames out of 50-byte packets, lines in packets that fit', async () => {
    const { noble, binding, open } = await radio()
    expect(new Set(await listPorts(binding))).toEqual(new Set(['ble:aa01', 'ble:aa02']))
    const link = await open('ble:aa01')
    expect(await link.greet()).toMatchObject({ place: 'left-shoe', board: 'puckjs-v2' })
    const seen = samplesOf(link)
    await link.start()
    await until(() => seen.frames > 15)
    expect(seen.holes).toBe(0)
    await link.command('stop')
    await link.command('set', { place: 'right-shoe', cal: 'c'.repeat(89) })
    expect([...link.hellos.values()][0]).toMatchObject({ place: 'right-shoe', cal: 'c'.repeat(89) })
    expect(Math.max(...noble.peripherals[0]!.writes)).toBe(50)
    expect(noble.misuse).toEqual([])
  })

  test('one that goes out of reach is gone, and is found again by itself', async () => {
    const { noble, ports } = await radio()
    const links: PodLink[] = []
    const finding = findPods(ports).subscribe((link) => links.push(link))
    onTestFinished(() => finding.unsubscribe())
    await until(() => links.length === 2)
    const [first] = noble.peripherals
    first!.drop()
    await until(() => links.some((link) => link.name === 'ble:aa01' && !link.isOpen))
    await until(() => links.filter((link) => link.name === 'ble:aa01' && link.isOpen).length === 1)
    expect(noble.misuse).toEqual([])
  })

  test('how strongly a pod is heard is told while it is in reach, and by nobody on a cable', async () => {
    const { noble, ports, open } = await radio()
    const link = await open('ble:aa01')
    await until(() => link.signalDbm === -61)
    noble.peripherals[0]!.drop()
    await until(() => link.signalDbm === null)
    noble.peripherals[1]!.rssi = -88
    const folder = await mkdtemp(join(tmpdir(), 'footfall-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const session = new LiveSession({ clock: ports.clock, links: findPods(ports), recordings: folder })
    onTestFinished(() => session.close())
    const heard = new Map<string, number | null>()
    session.subscribe((message) => {
      if (message.type === 'pods') for (const pod of message.pods) heard.set(pod.place, pod.signalDbm)
    })
    await until(() => heard.get('left-shin') === -88)
  })

  test('nobody by that name, no Bluetooth, no library: each says what to do', async () => {
    const { noble, open } = await radio()
    noble.peripherals[1]!.isNear = false
    await expect(open('ble:aa02')).rejects.toThrow(/ble:aa02: no such pod advertises: is it switched on/)
    const off = new FakeNoble({})
    off.isOn = false
    await expect(new BleBinding(off).list()).rejects.toThrow(
      /Bluetooth is off, or this program may not use it/,
    )
    const absent = () => Promise.reject(Object.assign(new Error('no'), { code: 'ERR_MODULE_NOT_FOUND' }))
    await expect(loadNoble(absent)).rejects.toThrow(
      /needs the package @stoprocent\/noble, which is not installed: npm install --no-save --save-optional @stoprocent\/noble@2\.8\.0/,
    )
    const broken = () => Promise.reject(new Error('no native build'))
    await expect(loadNoble(broken)).rejects.toThrow(/cannot be used here: no native build/)
  })
})
