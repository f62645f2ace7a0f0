/**
 * Prints what Footfall costs, one line each: `name: value unit`, with yardsticks measured in the same run. What they are held to
 * stands in `docs/benchmarks.md`. Run with `npm run -s bench`; takes about two minutes, and wants the machine to itself.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SessionInfo } from '../../host/analysis/session-info.ts'
import { latency } from './latency.ts'
import { liveHost } from './live.ts'
import { orientation } from './orientation.ts'
import { say } from './print.ts'
import { recording } from './recording.ts'
import { streamedFrames } from './stream.ts'
import { wholeAnalysis } from './whole.ts'

const SESSION_S = 240

const info: SessionInfo = {
  id: 'bench',
  activity: 'running',
  startedAt: null,
  subject: {},
  treadmill: { speedMPerS: 3 },
  standing: null,
  settings: {},
  software: 'bench',
}

const folder = await mkdtemp(join(tmpdir(), 'footfall-bench-'))
try {
  orientation()
  say(`virtual pods, ${SESSION_S} s of session`)
  const frames = await streamedFrames(SESSION_S)
  await wholeAnalysis(folder, info, frames)
  await recording(folder, info, frames)
  await latency()
  await liveHost(folder)
} finally {
  await rm(folder, { recursive: true, force: true })
}
