import { simulate } from '../../firmware/virtual/simulate.ts'
import { Progress } from './progress.ts'
import { runnerOptions } from './runner-options.ts'
import { fromUser } from './where.ts'

export interface SimulateOptions {
  seconds: number
  seed: number
  runner: string
  speed?: number
  rate: number
  hard?: boolean
}

/** Writes the session folder of a simulated runner. */
export async function simulateSession(folder: string, options: SimulateOptions): Promise<void> {
  const progress = new Progress('simulating')
  const target = fromUser(folder)
  await simulate(target, {
    ...runnerOptions(options),
    seconds: options.seconds,
    rateHz: options.rate,
    hard: options.hard ?? false,
    onProgress: (share: number) =>
      progress.show(share, `${(share * options.seconds).toFixed(0)} s of ${options.seconds} s`),
  })
  progress.done(`session folder: ${target}`)
}
