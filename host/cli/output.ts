import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fromUser } from './where.ts'

/** Writes a command's machine output to a file of the user's, or to standard output for `-`. */
export async function writeOut(target: string, text: string): Promise<void> {
  if (target === '-') {
    await new Promise<void>((resolve, reject) =>
      process.stdout.write(text, (error) => (error ? reject(error) : resolve())),
    )
    return
  }
  const path = fromUser(target)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
