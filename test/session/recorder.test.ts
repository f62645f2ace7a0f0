import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { McapIndexedReader } from '@mcap/core'
import { describe, expect, test } from 'vitest'
import { importFolder } from '../../host/session/import.ts'
import { openSession } from '../../host/session/open.ts'
import { Recorder } from '../../host/session/recorder.ts'
import { frame, noise } from '../link/frames.ts'
import { framesOf, HEADER, info, scratch, sessionFolder, stillRows } from './sessions.ts'

const START_NS = 1_700_000_000_000_000_000n

async function record(path: string, n: number): Promise<Uint8Array[]> {
  const recorder = await Recorder.create(path, info, START_NS, () => {})
  const sent = Array.from({ length: n }, (_, sequence) => frame({ type: 2, sequence }, noise(240, sequence)))
  sent.forEach((bytes, i) => {
    recorder.frame(bytes, i / 20)
    if (i === 30) recorder.mark({ timeS: i / 20, kind: 'tag', text: 'new shoe' })
  })
  await recorder.close()
  expect(recorder.problem).toBeNull()
  return sent
}

describe('Recorder', () => {
  test('gives back every byte, arrival, mark and the session', async () => {
    const path = join(await scratch(), 'a.mcap')
    const sent = await record(path, 200)
    const frames = await framesOf(path)
    expect(frames.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual(
      sent.map((bytes) => Buffer.from(bytes).toString('hex')),
    )
    expect(frames.map(({ arrivalS }) => arrivalS)).toEqual(sent.map((_, i) => i / 20))
    const source = await openSession(path)
    expect(source.info).toEqual(info)
    expect(source.durationS).toBe(199 / 20)
    expect(source.marks).toEqual([{ timeS: 1.5, kind: 'tag', text: 'new shoe' }])
  })

  test('writes an indexed MCAP file that a general reader checks and reads', async () => {
    const path = join(await scratch(), 'a.mcap')
    await record(path, 50)
    const bytes = await readFile(path)
    const reader = await McapIndexedReader.Initialize({
      readable: {
        size: async () => BigInt(bytes.length),
        read: async (offset, size) => bytes.subarray(Number(offset), Number(offset + size)),
      },
    })
    expect(reader.header.profile).toBe('footfall')
    expect(reader.statistics).toMatchObject({ messageCount: 51n, channelCount: 2, metadataCount: 1 })
    const times: bigint[] = []
    for await (const message of reader.readMessages({ topics: ['frames'], validateCrcs: true }))
      times.push(message.logTime)
    expect(times).toEqual(Array.from({ length: 50 }, (_, i) => START_NS + BigInt(i) * 50_000_000n))
    const names: string[] = []
    for await (const { name } of reader.readMetadata()) names.push(name)
    expect(names).toEqual(['session'])
  })

  // a disk that others keep busy may be slower than that once
  test('a killed writer leaves a file that opens and lacks the last half second at most', {
    retry: 3,
  }, async () => {
    const path = join(await scratch(), 'killed.mcap')
    const script = new URL('./write-until-killed.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    for await (const chunk of child.stdout) {
      said += chunk
      const count = said.split('\n').length - 1
      if (count > 300 && child.exitCode === null && !child.killed) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    const taken = said
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number))
    const frames = await framesOf(path)
    frames.forEach(({ bytes }, i) => {
      expect(Buffer.from(bytes).equals(frame({ type: 2, sequence: i }, noise(240, i)))).toBe(true)
    })
    const dueBy = taken.at(-1)![1]! / 1e3 - 0.5
    const due = taken.filter(([, ms]) => ms! / 1e3 < dueBy).length
    expect(due).toBeGreaterThan(50)
    expect(frames.length).toBeGreaterThanOrEqual(due)
    expect((await openSession(path)).durationS).toBe(frames.at(-1)!.arrivalS)
  })

  test('cut anywhere behind its head, a recording opens with what is whole', async () => {
    const path = join(await scratch(), 'cut.mcap')
    const recorder = await Recorder.create(path, info, START_NS, () => {})
    for (let i = 0; i < 40; i++) {
      recorder.frame(frame({ type: 2, sequence: i }, noise(240, i)), i / 20)
      if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 250))
    }
    await recorder.close()
    const whole = await readFile(path)
    let before = 40
    for (let size = whole.length - 1; size > 1500; size -= 397) {
      await writeFile(path, whole)
      await truncate(path, size)
      const frames = await framesOf(path)
      expect(frames.length).toBeLessThanOrEqual(before)
      before = frames.length
    }
    expect(before).toBeLessThan(20)
  })

  test('damage in the middle costs its own chunk, and both it and a cut are told', async () => {
    const folder = await sessionFolder({ 'left-shoe': [HEADER, ...stillRows(30_000)] })
    const path = join(folder, 'run.mcap')
    await importFolder(folder, path)
    const whole = await readFile(path)
    const read = async (bytes: Uint8Array) => {
      await writeFile(path, bytes)
      const notes: string[] = []
      const times: number[] = []
      const source = await openSession(path)
      for await (const { arrivalS } of source.frames((_, text) => notes.push(text))) times.push(arrivalS)
      return { notes, times, durationS: source.durationS }
    }
    const good = await read(whole)
    expect(good.notes).toEqual([])

    const hurt = Buffer.from(whole)
    noise(5000, 1).forEach((byte, i) => {
      hurt[300_000 + i] = byte
    })
    const { notes, times, durationS } = await read(hurt)
    expect(notes).toHaveLength(1)
    const [, from, to, untilS] = /from byte (\d+) to (\d+): .* until ([\d.]+) s/.exec(notes[0]!)!
    expect(Number(from)).toBeLessThanOrEqual(300_000)
    expect(Number(to)).toBeGreaterThanOrEqual(305_000)
    // one chunk of 256 KiB at most
    expect(good.times.length - times.length).toBeLessThan((1 << 18) / 450)
    expect(good.times).toEqual(expect.arrayContaining(times))
    expect(times.find((timeS, i) => i > 0 && timeS - times[i - 1]! > 1)).toBeCloseTo(Number(untilS), 2)
    expect(times.at(-1)).toBe(good.times.at(-1))
    expect(durationS).toBe(good.durationS)

    const cut = await read(whole.subarray(0, whole.length / 2))
    expect(cut.notes).toEqual([
      expect.stringMatching(
        new RegExp(`ends without its index.*${cut.times.at(-1)!.toFixed(2)} s are there`),
      ),
    ])
  })

  test('wherever the damage is, the recording opens with a note or is refused in words', async () => {
    const path = join(await scratch(), 'a.mcap')
    await record(path, 60)
    const whole = await readFile(path)
    const all = await framesOf(path)
    for (let at = 0; at < whole.length; at += 131) {
      const hurt = Buffer.from(whole)
      hurt.fill(0xa5, at, at + 40)
      await writeFile(path, hurt)
      const opened = await framesOf(path).catch((error: Error) => error)
      if (opened instanceof Error) {
        expect(opened.name, opened.stack).toBe('InputError')
        expect(at).toBeLessThan(1500)
      } else expect(all).toEqual(expect.arrayContaining(opened))
    }
  })

  test('a damaged mark is left out and told', async () => {
    const path = join(await scratch(), 'a.mcap')
    const recorder = await Recorder.create(path, info, START_NS, () => {})
    recorder.mark({ timeS: 0, kind: 'start', text: '' })
    recorder.mark({ timeS: 0, kind: 'nonsense' as 'tag', text: '' })
    recorder.frame(frame({ type: 2 }, noise(240, 1)), 1)
    await recorder.close()
    const source = await openSession(path)
    expect(source.marks).toEqual([{ timeS: 0, kind: 'start', text: '' }])
    const notes: string[] = []
    for await (const _ of source.frames((_, text) => notes.push(text)));
    expect(notes).toEqual(['a mark is damaged and is left out'])
  })

  test('a file that is no recording is refused', async () => {
    const path = join(await scratch(), 'no.mcap')
    await writeFile(path, 'hello, this is some text and no recording at all')
    await expect(openSession(path)).rejects.toMatchObject({ name: 'InputError', file: path })
  })
})
