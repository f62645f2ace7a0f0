import { dirname } from 'node:path'
import { ReplaySession } from '../session/replay.ts'
import { openCompanion, untilStopped } from './companion.ts'
import { fromUser } from './where.ts'

export interface ReplayOptions {
  /** `Infinity`: as fast as possible. */
  speed: number
  port: number
  open: boolean
  lan?: boolean
}

/** The live page fed from a recording, until Ctrl-C. */
export async function replay(session: string, options: ReplayOptions): Promise<void> {
  const path = fromUser(session)
  const feed = await ReplaySession.open(path, Number.isFinite(options.speed) ? options.speed : null)
  const ended = untilStopped()
  try {
    const server = await openCompanion(feed, {
      ...options,
      lan: options.lan ?? false,
      recordings: dirname(path),
    })
    await feed.start()
    await ended
    await server.close()
  } finally {
    await feed.close()
  }
}
