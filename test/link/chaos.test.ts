import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { analyse } from '../../host/analysis/document-builder.ts'
import { openRecording } from '../../host/session/recording.ts'
import { RecordingFile } from '../../host/session/recording-file.ts'
import { bareInfo } from '../shared/session-info.ts'
import { type ChaosPlan, chaosRun, type StampedFrame } from './chaos-run.ts'

const SECONDS = 45
const plan = (name: string, rest: Omit<ChaosPlan, 'name' | 'says'>): ChaosPlan => ({
  name,
  says: '',
  ...rest,
})

describe('on a bad wire', () => {
  test('a good one loses, doubles and mixes up nothing', async () => {
    const result = await chaosRun(plan('good', {}), SECONDS, 1)
    expect(result).toMatchObject({ recovered: 0, wrong: 0, untold: 0, analysedLost: 0 })
    expect(result.sent).toBeGreaterThan(4 * 400 * (SECONDS - 1))
    expect(result.received).toBe(result.sent)
    expect(result.analysed).toBe(result.sent)
  })

  test.each([
    plan('bit errors and a cable pulled for 1.5 s', {
      wire: { bitErrors: 1e-5 },
      unplug: { everyS: 25, forS: 1.5 },
    }),
    plan('writes lost, doubled, cut and joined', {
      wire: { lost: 0.02, twice: 0.02, cut: 0.1, joined: 0.1 },
    }),
    plan('stalls and a host that is busy for 2 s', {
      stall: { everyS: 12, forS: 0.7 },
      busy: { everyS: 22, forS: 2 },
    }),
  ])('$name: the pod still has all of it, and all of it comes', async (given) => {
    const result = await chaosRun(given, SECONDS, 2)
    expect(Object.values(result.injected).some((n) => n > 2)).toBe(true)
    expect(result.recovered).toBeGreaterThan(10)
    expect(result).toMatchObject({ wrong: 0, untold: 0, analysedLost: 0, uncounted: {} })
    expect(Object.values(result.told)).toEqual([0, 0, 0, 0, 0, 0])
    expect(result.received).toBe(result.sent)
    expect(result.analysed).toBe(result.sent)
  })

  test('a cable out for longer than a small ring: what is lost is told, to the sample, with its cause', async () => {
    const result = await chaosRun(
      plan('puck', { board: 'puckjs-v2', unplug: { everyS: 25, forS: 5 } }),
      SECONDS,
      3,
    )
    expect(result.told.unplugged).toBeGreaterThan(500)
    expect(result).toMatchObject({ wrong: 0, untold: 0, analysedLost: result.told.unplugged })
    expect(result.received + result.told.unplugged).toBe(result.sent)
  })

  test('resets, brown-outs in the middle of a frame and hanging interpreters: each is told, and every pod streams on', async () => {
    const result = await chaosRun(
      plan('power', { resetEveryS: 27, brownOutEveryS: 31, hang: { everyS: 23, forS: 2 } }),
      75,
      4,
    )
    expect(result.injected['brown-outs']).toBeGreaterThan(3)
    expect(result.injected.resets).toBeGreaterThan(3)
    expect(result.brokenOff).toBeGreaterThan(8)
    expect(result.uncounted['pod reset']).toBe(result.brokenOff)
    expect(result.breaks).toBeGreaterThan(3)
    // each overrun of 2 s costs what the FIFO does not hold
    expect(result.told['overrun in the pod'] / result.breaks).toBeGreaterThan(400)
    expect(result).toMatchObject({ wrong: 0, untold: 0 })
  })

  test('the same seed does the same damage', async () => {
    const bad = plan('all', {
      wire: { bitErrors: 1e-5, lost: 0.01, cut: 0.1 },
      unplug: { everyS: 8, forS: 1 },
    })
    const frames: [string[], string[]] = [[], []]
    for (const list of frames)
      await chaosRun(bad, 20, 5, ({ bytes, arrivalS }) =>
        list.push(`${arrivalS} ${Buffer.from(bytes).toString('hex')}`),
      )
    expect(frames[0].length).toBeGreaterThan(1000)
    expect(frames[1]).toEqual(frames[0])
  })

  test('recorded as it came, replayed to the same numbers, holes filled', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'footfall-chaos-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const frames: StampedFrame[] = []
    const bad = plan('bad', { wire: { bitErrors: 2e-5 }, unplug: { everyS: 9, forS: 1.5 } })
    const result = await chaosRun(bad, 30, 6, ({ bytes, arrivalS }) =>
      frames.push({ bytes: bytes.slice(), arrivalS }),
    )
    // as they came: what was sent again stands behind what lay behind the hole
    expect(result.recovered).toBeGreaterThan(50)
    const info = {
      ...bareInfo,
      id: 'bad',
    }
    const recording = new RecordingFile(info, 0n)
    for (const { bytes, arrivalS } of frames) recording.addFrame(bytes, arrivalS)
    const path = join(folder, 'bad.mcap')
    await writeFile(path, Buffer.concat([recording.takeChunk(), recording.takeEnd()]))
    const source = await openRecording(path)
    const replayed = await analyse(source.info, source.frames())
    const live = await analyse(info, each(frames))
    expect(replayed).toEqual(live)
    const samples = Object.values(replayed.pods).reduce((sum, pod) => sum + pod.samples, 0)
    expect(samples).toBe(result.sent)
  })
})

async function* each(frames: readonly StampedFrame[]): AsyncGenerator<StampedFrame> {
  yield* frames
}
