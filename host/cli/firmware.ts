import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildReceiver } from '../../firmware/build/receiver.ts'
import { type TargetRequest, targetOf } from '../../firmware/build/target.ts'
import { writeBundles } from '../../firmware/load/bundles.ts'
import { UsageError } from './exit.ts'
import { Progress } from './progress.ts'
import { fromUser } from './where.ts'

/** What is wired to a board; without it the board's own. */
export interface Wiring {
  imu?: NonNullable<TargetRequest['imu']>
  bus?: NonNullable<TargetRequest['bus']>
  highG?: NonNullable<TargetRequest['highG']>
}

/** Writes one bundle a board and the receiver's, or what is asked for; a bundle that Espruino could not run is refused, with where and why. */
export async function firmwareBuild(
  options: { out: string; board?: TargetRequest['board'] } & Wiring,
): Promise<void> {
  const { out, board, ...wiring } = options
  if (board === undefined && Object.keys(wiring).length > 0)
    throw new UsageError('say for which board: --board NAME')
  const wanted = board === undefined ? undefined : possible({ board, ...wiring })
  const folder = fromUser(out)
  await mkdir(folder, { recursive: true })
  const say = (file: string, bytes: number) => new Progress('building').done(`${file}: ${bytes} bytes`)
  for (const { file, bytes } of await writeBundles(folder, wanted)) say(file, bytes)
  if (board !== undefined) return
  const receiver = join(folder, 'receiver.js')
  const code = await buildReceiver()
  await writeFile(receiver, code)
  say(receiver, code.length)
}

/** @throws UsageError that says what the board has instead */
export function possible(request: TargetRequest): TargetRequest {
  try {
    targetOf(request)
    return request
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
