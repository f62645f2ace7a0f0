import { mkdir } from 'node:fs/promises'
import { writeBundles } from '../../firmware/load/bundles.ts'
import { Progress } from './progress.ts'
import { fromUser } from './where.ts'

/** Writes one bundle a board; a bundle that Espruino could not run is refused, with where and why. */
export async function firmwareBuild(options: { out: string }): Promise<void> {
  const folder = fromUser(options.out)
  await mkdir(folder, { recursive: true })
  for (const bundle of await writeBundles(folder))
    new Progress('building').done(`${bundle.file}: ${bundle.bytes} bytes`)
}
