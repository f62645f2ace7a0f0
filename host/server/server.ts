import fastifyStatic from '@fastify/static'
import websocket from '@fastify/websocket'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { SessionFeed } from '../session/feed.ts'
import { buildCompanion, isPrebuilt, PREBUILT } from './bundle.ts'
import { Channel } from './channel.ts'
import { ApiError } from './errors.ts'
import { guard } from './guard.ts'
import { type Socket, serveViewer } from './live.ts'
import type { Recordings } from './messages.ts'
import { Replays } from './replays.ts'

export interface ServerOptions {
  /** What `/live` shows: running pods or, for `footfall replay`, a recording. The caller closes it. */
  feed: SessionFeed
  recordings: Recordings
  /** 0 = any free one. */
  port?: number
  host?: string
  log?: FastifyBaseLogger
}

/** Addresses of the companion; it finds out by itself which page that is. */
const PAGES = ['/', '/live', '/run', '/pods', '/sessions', '/sessions/:name', '/pair', '/settings']

/** Far more than one room needs; bounds what stalled browsers can hold. */
const MAX_VIEWERS = 24
const MAX_MESSAGE_BYTES = 4096

/**
 * Serves the companion and its API for one feed.
 * @returns where it listens, and how to stop it: open replays are closed with it
 * @throws when the port is taken
 */
export async function startServer(options: ServerOptions): Promise<{ url: string; close(): Promise<void> }> {
  const { feed, recordings, port = 0, host = '127.0.0.1', log } = options
  const app = fastify({
    ...(log ? { loggerInstance: log } : {}),
    forceCloseConnections: true,
    logController: new LogController({ disableRequestLogging: true }),
  })
  const failed = (error: unknown): void => app.log.warn(error, 'a viewer failed; the session goes on')
  const live = new Channel(feed, null, failed)
  const replays = new Replays(recordings, failed)

  // before the guard: its hooks hang up on an upgrade that the guard refuses
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES } })
  guard(app, host)
  answerErrors(app)
  await serveCompanion(app)
  app.get('/api/recordings', async () => ({ recordings: await recordings.list() }))
  app.get('/api/session', async () => ({ messages: feed.recent() }))
  app.get('/api/live', { websocket: true, preValidation: limitViewers(app) }, (socket: Socket) =>
    serveViewer(socket, live, replays, failed),
  )

  const url = `${await app.listen({ port, host })}/`
  return {
    url,
    async close() {
      live.detach()
      await replays.closeAll()
      await app.close()
    },
  }
}

const limitViewers = (app: FastifyInstance) => async (): Promise<void> => {
  if (app.websocketServer.clients.size >= MAX_VIEWERS)
    throw new ApiError('too-many-viewers', `${MAX_VIEWERS} pages watch already: close one of them`)
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const known = error instanceof ApiError ? error : new ApiError('failed', 'the server failed: see its log')
    if (known !== error) request.log.error(error)
    return reply.code(known.statusCode).send(known.toMessage())
  })
  app.setNotFoundHandler((request, reply) => {
    const error = new ApiError('not-found', `there is nothing at ${request.url}`)
    return reply.code(error.statusCode).send(error.toMessage())
  })
}

async function serveCompanion(app: FastifyInstance): Promise<void> {
  if (isPrebuilt()) {
    await app.register(fastifyStatic, { root: PREBUILT, wildcard: false, index: false, cacheControl: false })
    for (const path of PAGES) app.get(path, (_request, reply) => reply.sendFile('index.html'))
    return
  }
  for (const { name, type, body } of await buildCompanion())
    for (const path of name === 'index.html' ? PAGES : [`/${name}`])
      app.get(path, (_request, reply) => reply.type(type).send(body))
}
