import { join } from 'node:path'
import { type Observable, share, tap } from 'rxjs'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { HostClock } from '../link/host-clock.ts'
import type { PodLink } from '../link/pod-link.ts'
import type { FeedState } from '../session/feed.ts'
import { LiveSession } from '../session/live.ts'
import { openCompanion, untilStopped } from './companion.ts'
import { fromUser } from './where.ts'

/** How long a session waits for pods that are expected before it starts with those there are, ms. */
const PATIENCE_MS = 8000

export interface LiveRun {
  clock: HostClock
  links: Observable<PodLink>
  /** Recording starts by itself once this many pods are linked; `null`: when somebody presses Start. */
  expected: number | null
  port: number
  open: boolean
  lan: boolean
  recordings: string
  info: Partial<Pick<SessionInfo, 'activity' | 'subject' | 'treadmill'>>
  seconds?: number | undefined
}

/** Pods, companion and recording, until Ctrl-C; then everything is closed and the recording named. */
export async function runLive(run: LiveRun): Promise<void> {
  const recordings = fromUser(run.recordings)
  const linked = new Set<string>()
  let allLinked = () => {}
  const complete = new Promise<void>((resolve) => {
    allLinked = resolve
  })
  const links = run.links.pipe(
    tap(({ name }) => {
      // a pod that comes back is the same pod
      if (linked.add(name).size === run.expected) allLinked()
    }),
    share(),
  )
  const session = new LiveSession({ clock: run.clock, links, recordings, info: run.info })
  const ended = untilStopped(run.seconds)
  try {
    const server = await openCompanion(session, { port: run.port, open: run.open, lan: run.lan, recordings })
    try {
      if (run.expected !== null) {
        await Promise.race([
          complete,
          ended,
          new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref()),
        ])
        await session.start()
      }
      await ended
      // before the server, so that who watches sees the recording end
      await session.close()
    } finally {
      await server.close()
    }
  } finally {
    await session.close()
  }
  const state = session.recent().find((message): message is FeedState => message.type === 'state')
  const saved = state?.recording
  process.stdout.write(saved ? `recording: ${join(recordings, saved)}\n` : 'nothing was recorded\n')
}
