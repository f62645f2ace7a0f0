/**
 * Prints what Footfall costs, one line each: `name: value unit`. A yardstick stands beside a figure where one can ship with the project.
 * Run with `npm run -s bench`.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { Analysis } from '../../host/analysis/analysis.ts'
import { DocumentBuilder } from '../../host/analysis/document-builder.ts'
import { PodTrack } from '../../host/motion/track.ts'
import { openSession } from '../../host/session/open.ts'
import { PLACES } from '../../shared/places.ts'

const SESSION_S = 600
const RATE_HZ = 416

const print = (name: string, value: number, unit: string, digits = 0) =>
  process.stdout.write(`${name}: ${value.toFixed(digits)} ${unit}\n`)

function strapdown(): void {
  const track = new PodTrack(8192, 0.05)
  const sample = new Float64Array([0.1, 9.8, 0.2, 1.2, -3.1, 6])
  const n = 2_000_000
  for (let i = 0; i < n / 10; i++) track.push(i / RATE_HZ, sample, false)
  const start = performance.now()
  for (let i = 0; i < n; i++) track.push((n + i) / RATE_HZ, sample, false)
  print('strapdown orientation, one pod', ((performance.now() - start) * 1e6) / n, 'ns/sample')
}

/** Ten minutes of four pods: frames are read beforehand, so that the figure is the analysis and nothing else. */
async function analysis(folder: string): Promise<void> {
  const source = await openSession(folder)
  const frames: { bytes: Uint8Array; arrivalS: number }[] = []
  for await (const { bytes, arrivalS } of source.frames()) frames.push({ bytes: bytes.slice(), arrivalS })
  const builder = new DocumentBuilder()
  const session = new Analysis(source.info, builder)
  const heapAt: number[] = []
  const start = performance.now()
  let paused = 0
  frames.forEach(({ bytes, arrivalS }, i) => {
    session.push(bytes, arrivalS)
    if (i % Math.floor(frames.length / 4) !== Math.floor(frames.length / 4) - 1) return
    const pauseStart = performance.now()
    globalThis.gc?.()
    heapAt.push(process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers)
    paused += performance.now() - pauseStart
  })
  session.end()
  const tookS = (performance.now() - start - paused) / 1000
  const samples = SESSION_S * RATE_HZ * PLACES.length
  print('whole analysis, four pods at 416 Hz', SESSION_S / tookS, '× real time')
  print('whole analysis, per pod sample', (tookS * 1e9) / samples, 'ns')
  print('strides in ten minutes', builder.strides.length, 'strides')
  const growth = (heapAt.at(-1)! - heapAt[0]!) / (builder.strides.length * 0.75)
  print('memory growth per stride kept in the document', growth / 1024, 'kB', 1)
}

async function reading(folder: string): Promise<void> {
  const source = await openSession(folder)
  const start = performance.now()
  let bytesRead = 0
  for await (const { bytes } of source.frames()) bytesRead += bytes.length
  print('reading a session folder', SESSION_S / ((performance.now() - start) / 1000), '× real time')
  print('session folder as frames', bytesRead / 1e6, 'MB')
}

const folder = await mkdtemp(join(tmpdir(), 'footfall-bench-'))
try {
  process.stderr.write(`simulating ${SESSION_S} s of four pods …\n`)
  await simulate(join(folder, 'run'), { seconds: SESSION_S, seed: 1, name: 'easy', rateHz: RATE_HZ })
  strapdown()
  await analysis(join(folder, 'run'))
  await reading(join(folder, 'run'))
} finally {
  await rm(folder, { recursive: true, force: true })
}
