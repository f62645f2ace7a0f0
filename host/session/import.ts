import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openSession } from './open.ts'
import { RecordingFile } from './recording-file.ts'

const CHUNK_BYTES = 1 << 18

/**
 * Session folder → recording. The recording appears under its name only when it is whole.
 * @param onProgress called with the session time reached, s
 * @throws InputError for wrong input, and then nothing has been written
 */
export async function importFolder(
  folder: string,
  out: string,
  onProgress: (timeS: number) => void = () => {},
): Promise<void> {
  const source = await openSession(folder)
  const startedMs = source.info.startedAt === null ? Number.NaN : Date.parse(source.info.startedAt)
  const recording = new RecordingFile(
    source.info,
    BigInt(Number.isNaN(startedMs) ? 0 : startedMs) * 1_000_000n,
  )
  await mkdir(dirname(out), { recursive: true })
  const unfinished = `${out}.unfinished`
  const file = await open(unfinished, 'w')
  try {
    const frames = source.frames(undefined, (mark) => recording.addMark(mark))
    for await (const { bytes, arrivalS } of frames) {
      recording.addFrame(bytes, arrivalS)
      if (recording.waitingBytes < CHUNK_BYTES) continue
      await file.writeFile(recording.takeChunk())
      onProgress(arrivalS)
    }
    await file.writeFile(recording.takeEnd())
    await file.close()
    await rename(unfinished, out)
  } catch (error) {
    await file.close().catch(() => {})
    await rm(unfinished, { force: true })
    throw error
  }
}
