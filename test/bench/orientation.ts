import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { withOverrides } from '../../host/analysis/settings.ts'
import { LegGait } from '../../host/gait/leg.ts'
import { LegMotion } from '../../host/motion/leg.ts'
import { PodTrack } from '../../host/motion/track.ts'
import { print, quickestMs, say } from './print.ts'
import { Madgwick, PlainLoop } from './yardsticks.ts'

const RATE_HZ = 416
const SECONDS = 60
const RUNS = 20
/** Ten laps a run. */
const LAP_SAMPLES = (SECONDS * RATE_HZ) / 10

type Step = (timeS: number, sample: Float64Array) => void

/** What one sample of a running shoe costs from SI units on: ours step by step, the yardsticks between. */
export function orientation(): void {
  say('orientation')
  const samples = runningShoe()
  const settings = withOverrides({})
  const plain = new PlainLoop()
  const madgwick = new Madgwick()
  const alone = new PodTrack(8192, 0.05)
  const still = new PodTrack(8192, 0.05)
  const motion = new LegMotion('left', still, null, settings.motion, null)
  const whole = new PodTrack(8192, 0.05)
  const aligned = new LegMotion('left', whole, null, settings.motion, null)
  const gait = new LegGait('left', whole, 'shoe', settings.gait, {
    event: () => {},
    stance: () => {},
    stride: (stride) => aligned.learn(stride),
  })
  const steps: [string, Step][] = [
    ['yardstick: plain quaternion loop', (_, s) => plain.update(s, 1 / RATE_HZ)],
    ['yardstick: Madgwick in JavaScript', (_, s) => madgwick.update(s, 1 / RATE_HZ)],
    ['orientation: strapdown into the rings', (t, s) => alone.push(t, s, false)],
    [
      'orientation: the same with the search for standing',
      (t, s) => {
        still.push(t, s, false)
        motion.step()
      },
    ],
    [
      'orientation, gait events, up and axes by the stride, one shoe',
      (t, s) => {
        whole.push(t, s, false)
        aligned.step()
        gait.step()
      },
    ],
  ]
  for (const [name, step] of steps) print(name, nsPerSample(samples, step), 'ns/sample')
}

/** Samples of the left shoe, six a row. */
function runningShoe(): Float64Array[] {
  const { pods } = createRunner({ name: 'easy', seed: 1 })
  return Array.from({ length: SECONDS * RATE_HZ }, (_, k) => {
    const sample = new Float64Array(6)
    pods['left-shoe'].sampleAt(k / RATE_HZ, sample)
    return sample
  })
}

function nsPerSample(samples: readonly Float64Array[], step: Step): number {
  let n = 0
  const ms = quickestMs(RUNS, (lap) => {
    for (const sample of samples) {
      step(n++ / RATE_HZ, sample)
      if (n % LAP_SAMPLES === 0) lap()
    }
  })
  return (ms * 1e6) / samples.length
}
