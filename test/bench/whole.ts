import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Analysis } from '../../host/analysis/analysis.ts'
import { analyse } from '../../host/analysis/document-builder.ts'
import type { SessionInfo } from '../../host/analysis/session-info.ts'
import { framesAndBelt } from '../../host/session/belt-marks.ts'
import { openSession } from '../../host/session/open.ts'
import { RecordingFile } from '../../host/session/recording-file.ts'
import { cpuMs, print, quickestMs, say } from './print.ts'
import type { StampedFrame } from './stream.ts'

const RUNS = 10
/** A lap in session time, s: long enough that the collector runs in most of them. */
const LAP_S = 40

/** Four pods from a recording to strides, and the analysis alone. */
export async function wholeAnalysis(
  folder: string,
  info: SessionInfo,
  frames: readonly StampedFrame[],
): Promise<void> {
  say('whole analysis')
  const path = join(folder, 'session.mcap')
  await writeFile(path, recorded(info, frames))
  let fromFileMs = Number.POSITIVE_INFINITY
  let durationS = 0
  let samples = 0
  let strides = 0
  for (let k = 0; k < RUNS; k++) {
    const startMs = cpuMs()
    const source = await openSession(path)
    const document = await analyse(source.info, framesAndBelt(source))
    fromFileMs = Math.min(fromFileMs, cpuMs() - startMs)
    durationS = document.session.durationS
    strides = document.strides.length
    samples = Object.values(document.pods).reduce((sum, pod) => sum + pod.samples, 0)
  }
  const aloneMs = quickestMs(RUNS, (lap) => throughAnalysis(info, frames, false, lap))
  const liveMs = quickestMs(RUNS, (lap) => throughAnalysis(info, frames, true, lap))
  print('whole analysis, recording to document, four pods', (durationS * 1e3) / fromFileMs, '× real time')
  print('whole analysis, frames to strides', (durationS * 1e3) / aloneMs, '× real time')
  print('whole analysis, per pod sample', (aloneMs * 1e6) / samples, 'ns')
  print('whole analysis with live curves', (durationS * 1e3) / liveMs, '× real time')
  print('strides in the session', strides, 'strides')
}

function throughAnalysis(
  info: SessionInfo,
  frames: readonly StampedFrame[],
  live: boolean,
  lap: () => void,
): void {
  const analysis = new Analysis(info, { stride: () => {}, ...(live && { stance: () => {} }) })
  let lapS = LAP_S
  for (const { bytes, arrivalS } of frames) {
    analysis.push(bytes, arrivalS)
    if (arrivalS < lapS) continue
    lapS += LAP_S
    lap()
  }
  analysis.end()
}

function recorded(info: SessionInfo, frames: readonly StampedFrame[]): Uint8Array {
  const file = new RecordingFile(info, 1_700_000_000_000_000_000n)
  const chunks: Uint8Array[] = []
  frames.forEach(({ bytes, arrivalS }, i) => {
    file.addFrame(bytes, arrivalS)
    if (i % 16 === 15) chunks.push(file.takeChunk())
  })
  return Buffer.concat([...chunks, file.takeEnd()])
}
