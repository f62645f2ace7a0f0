/**
 * Run as a process of its own by memory.test.ts, with `--expose-gc` and a young generation that holds all that is measured: prints the
 * bytes that a sample of a running shoe leaves behind for the collector.
 */
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { withOverrides } from '../../host/analysis/settings.ts'
import { LegGait } from '../../host/gait/leg.ts'
import { LegMotion } from '../../host/motion/leg.ts'
import { PodTrack } from '../../host/motion/track.ts'

const RATE_HZ = 416
const PASSES = 12

const { pods } = createRunner({ name: 'easy', seed: 1 })
const samples = Array.from({ length: 60 * RATE_HZ }, (_, k) => {
  const sample = new Float64Array(6)
  pods['left-shoe'].sampleAt(k / RATE_HZ, sample)
  return sample
})
const settings = withOverrides({})
const track = new PodTrack(8192, 0.05)
const motion = new LegMotion('left', track, null, settings.motion, null)
let strides = 0
const gait = new LegGait('left', track, 'shoe', settings.gait, {
  event: () => {},
  stance: () => {},
  stride: () => {
    strides++
  },
})

/** One pass over the run, each later than the last; bytes a sample. */
function pass(n: number): number {
  globalThis.gc!()
  const before = process.memoryUsage().heapUsed
  for (let k = 0; k < samples.length; k++) {
    track.push((n * samples.length + k) / RATE_HZ, samples[k]!, false)
    motion.step()
    gait.step()
  }
  return (process.memoryUsage().heapUsed - before) / samples.length
}

// the first passes count what is not compiled yet
const each = Array.from({ length: PASSES }, (_, n) => pass(n))
process.stdout.write(JSON.stringify({ bytesPerSample: Math.min(...each), strides }))
