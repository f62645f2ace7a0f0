import { wordsOf } from '../session/system-words.ts'
import type { Channel } from './channel.ts'
import { ApiError } from './errors.ts'
import { clientMessage, type ErrorMessage, type ReadMessage } from './messages.ts'
import type { Replays } from './replays.ts'
import { type Outlet, Viewer } from './viewer.ts'

/** The part of `ws` that is used; the package comes without types. */
export interface Socket extends Outlet {
  on(event: 'message', listener: (data: { toString(): string }) => void): void
  on(event: 'close' | 'error', listener: (error?: Error) => void): void
  close(code?: number): void
}

/** Close code of RFC 6455's registry. */
const TRY_AGAIN_LATER = 1013

function parse(text: string): ReadMessage {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ApiError('not-json', 'a message must be one JSON object')
  }
  const parsed = clientMessage.safeParse(json)
  if (parsed.success) return parsed.data
  const why = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'message'}: ${issue.message}`)
  throw new ApiError('bad-message', why.join('; '))
}

function describe(error: unknown): ErrorMessage {
  if (error instanceof ApiError) return error.toMessage()
  // what a feed refuses (a speed while live, a mark before the start) it says in words for the user
  return { type: 'error', code: 'refused', message: wordsOf(error) }
}

/** Says why nothing is served, and hangs up. */
export function turnAway(socket: Socket, error: ApiError): void {
  socket.on('error', () => {})
  socket.send(JSON.stringify(error.toMessage()), () => {})
  socket.close(TRY_AGAIN_LATER)
}

/**
 * Serves one WebSocket from open to close: first the live feed, then whichever recording it asks to watch.
 * @param check throws for a message that this viewer may not send
 */
export function serveViewer(
  socket: Socket,
  live: Channel,
  replays: Replays,
  check: (message: ReadMessage) => void,
  failed: (error: unknown) => void,
): void {
  const viewer = new Viewer(socket)
  let channel = live
  let closed = false

  const watch = async (recording: string | null): Promise<void> => {
    const previous = channel
    if (recording === previous.recording) return previous.join(viewer)
    const next = recording === null ? live : await replays.take(recording)
    previous.leave(viewer)
    channel = next
    if (!closed) next.join(viewer)
    if (previous.recording !== null) await replays.release(previous.recording)
  }

  const obey = async (message: ReadMessage): Promise<void> => {
    if (message.type === 'watch') return watch(message.recording)
    if (message.type === 'pose') return channel.showPoses(viewer, message.on)
    return channel.feed.obey(message)
  }

  // one after the other: a start that follows a watch is meant for what is then watched
  let queue = Promise.resolve()
  const enqueue = (task: () => Promise<void>): void => {
    queue = queue.then(task).catch(failed)
  }

  socket.on('message', (data) =>
    enqueue(async () => {
      try {
        const message = parse(data.toString())
        check(message)
        await obey(message)
      } catch (error) {
        viewer.send(JSON.stringify(describe(error)))
      }
    }),
  )
  socket.on('error', failed)
  socket.on('close', () => {
    closed = true
    channel.leave(viewer)
    enqueue(async () => {
      channel.leave(viewer)
      if (channel.recording !== null) await replays.release(channel.recording)
    })
  })
  live.join(viewer)
}
