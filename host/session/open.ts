import { stat } from 'node:fs/promises'
import { InputError } from './input-error.ts'
import { readMarks, withMarks } from './marks-file.ts'
import { openRecording } from './recording.ts'
import { openFolder } from './session-folder.ts'
import type { SessionSource } from './source.ts'

export type { SessionFrame, SessionSource } from './source.ts'

/**
 * Opens a session folder or a recording, with the marks that stand beside it.
 * @throws InputError saying what is wrong with it
 */
export async function openSession(path: string): Promise<SessionSource> {
  return withMarks(await openUnmarked(path), await readMarks(path))
}

/** … as it was measured, without those marks. @throws InputError */
export async function openUnmarked(path: string): Promise<SessionSource> {
  const found = await stat(path).catch(() => null)
  if (found === null) throw new InputError(path, null, 'there is no such file or folder')
  return found.isDirectory() ? openFolder(path) : openRecording(path)
}
