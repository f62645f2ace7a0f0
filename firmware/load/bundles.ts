import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BOARD_NAMES } from '../build/boards.ts'
import { buildFirmware, type Firmware } from '../build/build.ts'
import type { TargetRequest } from '../build/target.ts'

export interface WrittenBundle extends Firmware {
  file: string
}

/** Writes `pod-<target>.js` into `folder`, which must exist: for every board with its own IMU, or for what is asked for. */
export async function writeBundles(folder: string, wanted?: TargetRequest): Promise<WrittenBundle[]> {
  const requests = wanted ? [wanted] : BOARD_NAMES.map((board) => ({ board }))
  const built = await Promise.all(requests.map(buildFirmware))
  return Promise.all(
    built.map(async (firmware) => {
      const file = join(folder, `pod-${firmware.target.name}.js`)
      await writeFile(file, firmware.code)
      return { ...firmware, file }
    }),
  )
}
