import { existsSync, statSync } from 'node:fs'
import { importFolder } from '../session/import.ts'
import { UsageError } from './exit.ts'
import { Progress } from './progress.ts'
import { fromUser } from './where.ts'

/** Session folder → recording. */
export async function importSession(folder: string, options: { out: string }): Promise<void> {
  const progress = new Progress('importing')
  const out = fromUser(options.out)
  const replaces = existsSync(out)
  if (replaces && statSync(out).isFile() && !out.endsWith('.mcap'))
    throw new UsageError(`${out} is no recording and stays as it is: name another file, --out NAME.mcap`)
  await importFolder(fromUser(folder), out, (timeS) => progress.show(null, `${timeS.toFixed(0)} s`))
  progress.done(`recording: ${out}${replaces ? ' (replaced the one that was there)' : ''}`)
}
