import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { autoDetect } from '@serialport/bindings-cpp'
import { SerialPortStream } from '@serialport/stream'
import { RealTimeDriver } from '../../firmware/virtual/driver.ts'
import type { VirtualPod } from '../../firmware/virtual/pod.ts'
import { openPty } from '../../firmware/virtual/pty.ts'
import { FrameDecoder } from '../../host/link/decoder.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { type Binding, openPort } from '../../host/link/ports.ts'
import { emptyHeader, readHeader, TYPE_SAMPLES } from '../../shared/frame.ts'
import { commandLine } from '../../shared/messages.ts'
import { print, quantile, say } from './print.ts'
import { virtualPods } from './rig.ts'

const SECONDS = 15

/**
 * From a pod's write to the frame in the host's hands, over a real pseudo-terminal; beside it a bare `serialport` on a second
 * one, at the same time. What a batch adds before it is written is not in here.
 */
export async function latency(): Promise<void> {
  say(`link over a pseudo-terminal, ${SECONDS} s`)
  const [one, other] = (await virtualPods()) as [VirtualPod, VirtualPod]
  const ptys = [await openPty(one), await openPty(other)] as const
  const driver = new RealTimeDriver([one, other])
  const binding = autoDetect() as Binding
  const link = await openPort(ptys[0].path, { binding, clock: new HostClock(), log: () => {} })
  const bare = new SerialPortStream({ binding, path: ptys[1].path, baudRate: 460800 })
  await once(bare, 'open')
  const linked = stampLinked(one, link)
  const bared = stampBare(other, bare)
  driver.start()
  await link.greet()
  await link.start()
  other.receive(commandLine('start', 1))
  await sleep(SECONDS * 1000)
  driver.stop()
  await link.close()
  bare.close()
  await Promise.all(ptys.map((pty) => pty.close()))
  for (const [name, delays] of [
    ['yardstick: bare serialport over a pty', bared],
    ['link: pod’s write to decoded frame over a pty', linked],
  ] as const) {
    print(`${name}, p50`, quantile(delays, 0.5), 'ms', 2)
    print(`${name}, p99`, quantile(delays, 0.99), 'ms', 2)
  }
}

/** Delay of each samples frame, ms, by its sequence number. */
function stampLinked(pod: VirtualPod, link: Awaited<ReturnType<typeof openPort>>): number[] {
  const delays: number[] = []
  const writtenMs = new Map<number, number>()
  const header = emptyHeader()
  const read = (frame: Uint8Array) => readHeader(new DataView(frame.buffer, frame.byteOffset), 0, header)
  const written = new FrameDecoder((frame) => {
    if (read(frame).type === TYPE_SAMPLES) writtenMs.set(header.sequence, performance.now())
  })
  pod.onBytes((bytes) => written.push(bytes))
  link.frames.subscribe(({ bytes }) => {
    if (read(bytes).type !== TYPE_SAMPLES) return
    const sentMs = writtenMs.get(header.sequence)
    if (sentMs !== undefined) delays.push(performance.now() - sentMs)
  })
  return delays
}

/** Delay of each write, ms, by the count of bytes. */
function stampBare(pod: VirtualPod, port: SerialPortStream): number[] {
  const delays: number[] = []
  const writes: { upTo: number; sentMs: number }[] = []
  let sent = 0
  let received = 0
  pod.onBytes((bytes) => {
    sent += bytes.length
    writes.push({ upTo: sent, sentMs: performance.now() })
  })
  port.on('data', (chunk: Uint8Array) => {
    received += chunk.length
    while (writes[0] && writes[0].upTo <= received) delays.push(performance.now() - writes.shift()!.sentMs)
  })
  return delays
}
