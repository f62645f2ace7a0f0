import { join } from 'node:path'
import { SMALL_BUNDLE } from './boards.ts'
import { toEspruino } from './build.ts'

/**
 * The program of a board that listens to two pods over Bluetooth and passes them on over its USB port.
 * @throws Error that lists what Espruino could not run
 */
export const buildReceiver = (): Promise<string> =>
  toEspruino(join(import.meta.dirname, '..', 'receiver', 'receiver.ts'), SMALL_BUNDLE)
