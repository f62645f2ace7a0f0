import { type RunnerOptions, runnerParameters } from '../../firmware/virtual/runner/parameters.ts'
import { UsageError } from './exit.ts'

/**
 * Whom the user asked for.
 * @throws UsageError for a runner that there is not, or one who does not go at that speed
 */
export function runnerOptions(asked: { runner: string; seed: number; speed?: number }) {
  const options = {
    name: asked.runner,
    seed: asked.seed,
    ...(asked.speed !== undefined && { speedMPerS: asked.speed }),
  } satisfies RunnerOptions
  try {
    runnerParameters(options)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  return options
}
