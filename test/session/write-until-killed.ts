/** Run as a process of its own by recorder.test.ts: records a frame every 5 ms until it is killed, saying how many it has taken. */
import { Recorder } from '../../host/session/recorder.ts'
import { frame, noise } from '../link/frames.ts'
import { info } from './sessions.ts'

const recorder = await Recorder.create(process.argv[2]!, info, 1_700_000_000_000_000_000n, () => {})
const startMs = performance.now()
for (let sequence = 0; ; sequence++) {
  recorder.frame(
    frame({ type: 2, sequence }, noise(240, sequence)),
    Math.round((performance.now() - startMs) * 1e3) / 1e6,
  )
  process.stdout.write(`${sequence} ${performance.now() - startMs}\n`)
  await new Promise((resolve) => setTimeout(resolve, 5))
}
