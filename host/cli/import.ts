import { existsSync } from 'node:fs'
import { importFolder } from '../session/import.ts'
import { Progress } from './progress.ts'
import { fromUser } from './where.ts'

/** Session folder → recording. */
export async function importSession(folder: string, options: { out: string }): Promise<void> {
  const progress = new Progress('importing')
  const out = fromUser(options.out)
  const replaces = existsSync(out)
  await importFolder(fromUser(folder), out, (timeS) => progress.show(null, `${timeS.toFixed(0)} s`))
  progress.done(`recording: ${out}${replaces ? ' (replaced the one that was there)' : ''}`)
}
