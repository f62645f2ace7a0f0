import fastifyStatic from '@fastify/static'
import websocket from '@fastify/websocket'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  LogController,
} from 'fastify'
import type { Overview, SessionFeed } from '../session/feed.ts'
import { InputError } from '../session/input-error.ts'
import { summarise } from '../session/summary.ts'
import { Access, enforce } from './access.ts'
import { lanAddresses } from './addresses.ts'
import { buildCompanion, type CompanionFile, isPrebuilt, PREBUILT } from './bundle.ts'
import { Channel } from './channel.ts'
import { ApiError } from './errors.ts'
import { guard } from './guard.ts'
import { Latency } from './latency.ts'
import { type Socket, serveViewer, turnAway } from './live.ts'
import type { Recordings } from './messages.ts'
import { normsAt } from './norms.ts'
import { Pairing } from './pairing.ts'
import { pairingRoutes } from './pairing-routes.ts'
import { Replays } from './replays.ts'

export interface ServerOptions {
  /** What `/live` shows: running pods or, for `footfall replay`, a recording. The caller closes it. */
  feed: SessionFeed
  recordings: Recordings
  /** 0 = any free one. */
  port?: number
  /** Screens in the network may pair; without it only this machine is listened to. */
  lan?: boolean
  log?: FastifyBaseLogger
}

/** Addresses of the companion; it finds out by itself which page that is. */
const PAGES = [
  '/',
  '/live',
  '/run',
  '/pods',
  '/sessions',
  '/sessions/:name',
  '/compare',
  '/pair',
  '/settings',
]

/** Far more than one room needs; bounds what stalled browsers can hold. */
export const MAX_VIEWERS = 24
const MAX_MESSAGE_BYTES = 4096

type OfRecording = { Params: { name: string } }

export interface Server {
  /** Its address on this machine. */
  url: string
  /** … and in the network; `null` when it does not listen there, or there is none. */
  lanUrl: string | null
  /** Open replays are closed with it. */
  close(): Promise<void>
}

/**
 * Serves the companion and its API for one feed.
 * @throws when the port is taken
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { feed, recordings, port = 0, lan = false, log } = options
  const app = fastify({
    ...(log ? { loggerInstance: log } : {}),
    forceCloseConnections: true,
    bodyLimit: MAX_MESSAGE_BYTES,
    logController: new LogController({ disableRequestLogging: true }),
  })
  const failed = (error: unknown): void => app.log.warn(error, 'a viewer failed; the session goes on')
  const live = new Channel(feed, null, failed)
  const replays = new Replays(recordings, failed)
  const latency = new Latency(feed)
  const pairing = new Pairing()
  const access = new Access(pairing)
  let listening = ''
  const lanUrl = (): string | null => {
    const [address] = lan ? lanAddresses() : []
    return address === undefined ? null : `http://${address}:${listening}/`
  }

  // before the guard: its hooks hang up on an upgrade that the guard refuses
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES } })
  guard(app, lan)
  enforce(app, access, PAGES)
  answerErrors(app)
  await serveCompanion(app)
  pairingRoutes(app, pairing, access, lanUrl)
  app.get('/api/recordings', async () => ({ recordings: await recordings.list() }))
  const overviewOf = (name: string): Promise<Overview> =>
    // the server's own feed may be that recording, or a folder that is in no list
    isReplayOf(feed, name) ? feed.overview() : replays.with(name, (replay) => replay.overview())
  app.get<OfRecording>('/api/recordings/:name/overview', ({ params: { name } }) => overviewOf(name))
  app.get<OfRecording>('/api/recordings/:name/summary', async ({ params: { name } }) =>
    summarise(await overviewOf(name)),
  )
  app.get('/api/session', async () => ({ messages: feed.recent() }))
  app.get('/api/norms', async ({ query }) => normsAt(query))
  app.get('/api/latency', async () => latency.result())
  app.get('/api/live', { websocket: true }, (socket: Socket, request) => {
    if (app.websocketServer.clients.size > MAX_VIEWERS)
      return turnAway(
        socket,
        new ApiError('too-many-viewers', `${MAX_VIEWERS} pages watch already: close one of them`),
      )
    const screen = access.isHost(request) ? null : access.screen(request)
    if (screen !== null) socket.on('close', pairing.connected(screen.id, socket))
    serveViewer(socket, live, replays, (message) => access.check(request, message), failed)
  })

  listening = new URL(await app.listen({ port, host: lan ? '0.0.0.0' : '127.0.0.1' })).port
  return {
    url: `http://127.0.0.1:${listening}/`,
    lanUrl: lanUrl(),
    async close() {
      live.detach()
      latency.close()
      await replays.closeAll()
      await app.close()
    },
  }
}

function isReplayOf(feed: SessionFeed, name: string): boolean {
  const [state] = feed.recent()
  return state?.type === 'state' && state.source === 'replay' && state.recording === name
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const known = told(error as FastifyError)
    if (known.code === 'failed') request.log.error(error)
    return reply.code(known.statusCode).send(known.toMessage())
  })
  app.setNotFoundHandler((request, reply) => {
    const error = new ApiError('not-found', `there is nothing at ${request.url}`)
    return reply.code(error.statusCode).send(error.toMessage())
  })
}

/** In words for whoever asked; what is nobody's fault out there is in the log alone. */
function told(error: FastifyError): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof InputError) return new ApiError('refused', error.message)
  // a body that is no JSON, or is too long
  if ((error.statusCode ?? 500) < 500) return new ApiError('bad-message', error.message)
  return new ApiError('failed', 'the server failed: see its log')
}

/** Built once, however many servers this program starts. */
let built: Promise<CompanionFile[]> | null = null

async function serveCompanion(app: FastifyInstance): Promise<void> {
  if (isPrebuilt()) {
    await app.register(fastifyStatic, { root: PREBUILT, wildcard: false, index: false, cacheControl: false })
    for (const path of PAGES) app.get(path, (_request, reply) => reply.sendFile('index.html'))
    return
  }
  built ??= buildCompanion()
  for (const { name, type, body } of await built)
    for (const path of name === 'index.html' ? PAGES : [`/${name}`])
      app.get(path, (_request, reply) => reply.type(type).send(body))
}
