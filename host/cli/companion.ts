import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { startServer } from '../server/server.ts'
import type { SessionFeed } from '../session/feed.ts'
import { RecordingFolder } from '../session/recordings.ts'

export interface CompanionOptions {
  port: number
  open: boolean
  /** Screens in the network may pair. */
  lan: boolean
  /** Folder of recordings that the companion lists. */
  recordings: string
}

/** Serves the companion for a feed and says where it is, on its own line of standard output. */
export async function openCompanion(feed: SessionFeed, options: CompanionOptions) {
  const server = await startServer({
    feed,
    recordings: new RecordingFolder(options.recordings),
    port: options.port,
    lan: options.lan,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new Error(`port ${options.port} is taken: choose another with --port N, or --port 0 for a free one`)
  })
  process.stdout.write(`companion: ${server.url}\n`)
  if (options.lan) process.stdout.write(inTheNetwork(server.lanUrl))
  if (options.open && process.stdout.isTTY) showBrowser(server.url)
  return server
}

const inTheNetwork = (url: string | null): string =>
  url === null
    ? 'in the network: this machine is in none\n'
    : `in the network: ${url} (pair a screen with the code that Pods shows)\n`

/** Nobody minds when there is no browser: the address has been printed. */
function showBrowser(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open'
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

/**
 * Resolves at Ctrl-C, a polite kill, or after `seconds`. Further Ctrl-C are swallowed, because a terminal and npm each
 * send one, until ten seconds of closing have passed: then the process ends hard.
 */
export async function untilStopped(seconds = Number.POSITIVE_INFINITY): Promise<void> {
  const asked = new AbortController()
  const stop = () => {
    if (asked.signal.aborted) return
    asked.abort()
    setTimeout(() => process.exit(1), 10_000).unref()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (Number.isFinite(seconds))
    await sleep(seconds * 1000, undefined, { signal: asked.signal }).catch(() => {})
  else if (!asked.signal.aborted) await once(asked.signal, 'abort')
}
