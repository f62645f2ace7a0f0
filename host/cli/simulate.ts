import { readdir } from 'node:fs/promises'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { UsageError } from './exit.ts'
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
  await requireFree(target)
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

/** Simulated sessions are replaced; nothing else is. */
async function requireFree(folder: string): Promise<void> {
  const there = await readdir(folder).catch((): string[] => [])
  if (there.length > 0 && !there.includes('truth.json'))
    throw new UsageError(`${folder} holds something else already: name a new or an empty folder`)
}
