import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BOARD_NAMES } from '../build/boards.ts'
import { buildFirmware, type Firmware } from '../build/build.ts'
import type { TargetRequest } from '../build/target.ts'
import { requireBudget } from './load.ts'

export interface WrittenBundle extends Firmware {
  file: string
  /** Share of the interpreter's time at the default rate, estimated. */
  load: number
}

/**
 * Writes `pod-<target>.js` into `folder`, which must exist: for every board with its own IMU, or for what is asked for.
 * @throws Error when the target cannot be, cannot run on Espruino, or would be too busy
 */
export async function writeBundles(folder: string, wanted?: TargetRequest): Promise<WrittenBundle[]> {
  const requests = wanted ? [wanted] : BOARD_NAMES.map((board) => ({ board }))
  const built = await Promise.all(requests.map(buildFirmware))
  return Promise.all(
    built.map(async (firmware, i) => {
      const file = join(folder, `pod-${firmware.target.name}.js`)
      const load = await requireBudget(requests[i]!)
      await writeFile(file, firmware.code)
      return { ...firmware, file, load: load.share }
    }),
  )
}
