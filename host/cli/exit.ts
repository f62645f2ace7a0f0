import { CommanderError } from 'commander'
import { SettingsError } from '../analysis/settings.ts'
import { InputError } from '../session/input-error.ts'
import { wordsOf } from '../session/system-words.ts'

/** The call or its input is wrong; nothing was written. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Says what went wrong and what to do, and returns the exit code of `docs/commands.md`. */
export function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const wrongInput =
    error instanceof InputError || error instanceof UsageError || error instanceof SettingsError
  process.stderr.write(`footfall: ${wordsOf(error)}\n`)
  if (!wrongInput && process.env.FOOTFALL_DEBUG && error instanceof Error)
    process.stderr.write(`${error.stack}\n`)
  return wrongInput ? 2 : 1
}
