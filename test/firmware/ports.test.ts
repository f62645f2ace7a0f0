import { once } from 'node:events'
import { SerialPortStream } from '@serialport/stream'
import { SerialPort } from 'serialport'
import { expect, onTestFinished, test } from 'vitest'
import { VirtualBinding } from '../../firmware/virtual/binding.ts'
import { RealTimeDriver } from '../../firmware/virtual/driver.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import { openPty } from '../../firmware/virtual/pty.ts'
import { FrameDecoder } from '../../host/link/decoder.ts'
import { emptyHeader, type FrameHeader, readHeader, TYPE_ACK, TYPE_SAMPLES } from '../../shared/frame.ts'
import { bundle, still } from './rig.ts'

const PATH = '/virtual/left-shoe'

async function newPod(): Promise<VirtualPod> {
  return new VirtualPod({
    board: 'xiao-nrf52840-sense',
    code: await bundle('xiao-nrf52840-sense'),
    worn: still,
    id: 'c0ffee',
    place: 'left-shoe',
  })
}

/** Headers of the frames in a port's bytes. */
function listen(port: NodeJS.ReadableStream): { headers: FrameHeader[]; decoder: FrameDecoder } {
  const headers: FrameHeader[] = []
  const decoder = new FrameDecoder((frame) => {
    headers.push(readHeader(new DataView(frame.buffer, frame.byteOffset, frame.length), 0, emptyHeader()))
  })
  port.on('data', (bytes: Buffer) => decoder.push(bytes))
  return { headers, decoder }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

async function openVirtual(pod: VirtualPod) {
  const binding = new VirtualBinding({ [PATH]: pod })
  const port = new SerialPortStream({ binding, path: PATH, baudRate: 460_800 })
  onTestFinished(() => {
    if (port.isOpen) port.close()
  })
  const heard = listen(port)
  await once(port, 'open')
  return { binding, port, ...heard }
}

test('a pod is opened by SerialPortStream through the binding and streams', async () => {
  const pod = await newPod()
  const { port, headers, decoder } = await openVirtual(pod)
  port.write('start 1\n')
  await turn()
  for (let timeS = 0; timeS < 2; timeS += 0.05) {
    pod.advanceTo(timeS)
    await turn()
  }
  const samples = headers.filter(({ type }) => type === TYPE_SAMPLES)
  expect(samples.length).toBe(Math.floor((1.95 - 0.1 - 0.001) * (416 / 21)))
  expect(samples.map(({ firstSample }) => firstSample)).toEqual(samples.map((_, i) => 21 * i))
  expect(decoder.skippedBytes).toBe(0)
})

test('the binding lists what is plugged in, and refuses what is not or is open', async () => {
  const pod = await newPod()
  const { binding, port } = await openVirtual(pod)
  expect(await binding.list()).toMatchObject([{ path: PATH, serialNumber: 'c0ffee' }])
  await expect(binding.open({ path: PATH, baudRate: 1 })).rejects.toThrow('open already')
  await expect(binding.open({ path: '/virtual/nose', baudRate: 1 })).rejects.toThrow('no such port')
  const closed = once(port, 'close')
  binding.unplug(PATH)
  await closed
  expect(await binding.list()).toEqual([])
  await expect(binding.open({ path: PATH, baudRate: 1 })).rejects.toThrow('no such port')
})

test('a pulled cable is a disconnect; plugged in again, the same stream goes on with a hole', async () => {
  const pod = await newPod()
  const { binding, port, headers } = await openVirtual(pod)
  port.write('start 1\n')
  await turn()
  pod.advanceTo(1)
  await turn()
  const closed = once(port, 'close')
  binding.unplug(PATH)
  const [error] = await closed
  expect(error).toMatchObject({ disconnected: true })
  const last = headers.at(-1)!
  pod.advanceTo(2)
  binding.replug(PATH)
  port.open()
  await once(port, 'open')
  pod.advanceTo(2.2)
  await turn()
  const next = headers[headers.indexOf(last) + 1]!
  expect(next.stream).toBe(last.stream)
  expect(next.sequence).toBeGreaterThan(last.sequence + 15)
})

test('a port that is closed wakes its reader as cancelled, not as an error', async () => {
  const { port } = await openVirtual(await newPod())
  const errors: Error[] = []
  port.on('error', (error) => errors.push(error))
  const closed = once(port, 'close')
  port.close()
  expect(await closed).toEqual([null])
  expect(errors).toEqual([])
})

test('a slow reader gets every byte in order, in reads as small as it likes', async () => {
  const pod = await newPod()
  const binding = new VirtualBinding({ [PATH]: pod })
  const port = await binding.open({ path: PATH, baudRate: 460_800 })
  pod.receive('start 1\n')
  pod.advanceTo(1)
  const headers: FrameHeader[] = []
  const decoder = new FrameDecoder((frame) => {
    headers.push(readHeader(new DataView(frame.buffer, frame.byteOffset, frame.length), 0, emptyHeader()))
  })
  const buffer = Buffer.alloc(7)
  while (headers.length < 15) decoder.push(buffer.subarray(0, (await port.read(buffer, 0, 7)).bytesRead))
  expect(headers.map(({ sequence }) => sequence)).toEqual(headers.map((_, i) => i))
  expect(decoder.skippedBytes).toBe(0)
})

test('a driver that was held up catches up, all pods together', async () => {
  const pods = [await newPod(), await newPod()]
  let nowS = 100
  const driver = new RealTimeDriver(pods, () => nowS)
  driver.start()
  onTestFinished(() => driver.stop())
  const order: [pod: number, timeS: number][] = []
  pods.forEach((pod, i) => {
    pod.onBytes((_bytes, timeS) => order.push([i, timeS]))
    pod.receive('start 1\n')
  })
  driver.catchUp()
  nowS += 12.5
  driver.catchUp()
  expect(driver.timeS).toBe(12.5)
  expect(pods.map(({ timeS }) => timeS)).toEqual([12.5, 12.5])
  expect(order.length).toBeGreaterThan(20)
  for (let i = 1; i < order.length; i++) expect(order[i]![1]).toBeGreaterThan(order[i - 1]![1] - 0.05)
})

test('a pod behind a pseudo-terminal is opened by serialport by its path', async () => {
  const pod = await newPod()
  const driver = new RealTimeDriver([pod])
  driver.start()
  onTestFinished(() => driver.stop())
  const pty = await openPty(pod)
  const port = new SerialPort({ path: pty.path, baudRate: 460_800 })
  const { headers } = listen(port)
  await once(port, 'open')
  port.write('start 1\n')
  await until(() => headers.filter(({ type }) => type === TYPE_SAMPLES).length >= 20)
  port.write('stop 2\n')
  await until(() => headers.filter(({ type }) => type === TYPE_ACK).length >= 2)
  const samples = headers.filter(({ type }) => type === TYPE_SAMPLES)
  expect(samples.map(({ firstSample }) => firstSample)).toEqual(samples.map((_, i) => 21 * i))
  const closed = once(port, 'close')
  await pty.close()
  const [error] = await closed
  expect(error).toMatchObject({ disconnected: true })
})
