import { CommanderError } from 'commander'
import { SettingsError } from '../analysis/settings.ts'
import { InputError } from '../session/input-error.ts'

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

/** What the system's errors mean for a file that was to be written or read, and what to do. */
const SYSTEM: Record<string, string> = {
  EISDIR: 'this is a folder; name a file',
  EEXIST: 'a file stands where a folder is needed; choose another place',
  ENOTDIR: 'a part of this path is a file and no folder; choose another place',
  ENOENT: 'there is no such file or folder',
  EACCES: 'no permission to do this; choose another place or change its permissions',
  EPERM: 'no permission to do this; choose another place or change its permissions',
  EROFS: 'this place is read-only; choose another',
  ENOSPC: 'the disk is full; make room or choose another place',
  ENAMETOOLONG: 'this name is too long; choose a shorter one',
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // a rename fails at its second path
  const { code = '', path, dest } = error as NodeJS.ErrnoException & { dest?: string }
  const words = SYSTEM[code]
  return words === undefined || path === undefined ? error.message : `${dest ?? path}: ${words}`
}
