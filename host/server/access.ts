import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLoopback } from './addresses.ts'
import { ApiError } from './errors.ts'
import type { ReadMessage } from './messages.ts'
import type { PairedScreen, Pairing, Role } from './pairing.ts'

export const COOKIE = 'footfall'

/** Addresses of the API for the host's own screen alone. */
const HOST_ONLY: ReadonlySet<string> = new Set(['/api/paired', '/api/paired/:id', '/api/pair/qr.svg'])
/** What a screen may ask for before it is paired. */
const OPEN = '/api/pair'
/** What a screen may ask for that only looks: the running session, none of the recordings. */
const VIEW: ReadonlySet<string> = new Set([
  '/api/live',
  '/api/session',
  '/api/norms',
  '/api/latency',
  '/api/pair',
])
/** Messages that change nothing. */
const LOOKING: ReadonlySet<ReadMessage['type']> = new Set(['watch', 'pose'])

/** Who a request is from: this machine, a paired screen, or anybody in the network (`null`). */
export class Access {
  readonly #pairing: Pairing

  constructor(pairing: Pairing) {
    this.#pairing = pairing
  }

  isHost(request: FastifyRequest): boolean {
    return isLoopback(request.ip)
  }

  screen(request: FastifyRequest): PairedScreen | null {
    return this.#pairing.screenOf(cookieOf(request))
  }

  role(request: FastifyRequest): 'host' | Role | null {
    return this.isHost(request) ? 'host' : (this.screen(request)?.role ?? null)
  }

  /** @throws ApiError when whoever asks may not do that */
  check(request: FastifyRequest, message: ReadMessage): void {
    const role = this.role(request)
    if (role === null) throw NOT_PAIRED()
    if (role !== 'view') return
    if (!LOOKING.has(message.type) || (message.type === 'watch' && message.recording !== null))
      throw new ApiError('not-allowed', 'this screen may look, not act: give it control on the host')
  }
}

/**
 * Lets the host's own screen do everything, paired screens what their role allows, and everybody else see the page that pairs.
 * @param pages addresses of the companion
 */
export function enforce(app: FastifyInstance, access: Access, pages: readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    const role = access.role(request)
    if (role === 'host') return
    // the route it was found to mean, however its address is spelt
    const route = request.routeOptions.url ?? ''
    if (role === null) {
      if (route === OPEN) return
      if (route.startsWith('/api/')) throw NOT_PAIRED()
      if (pages.includes(route) && route !== '/pair') return reply.redirect('/pair')
    } else if (route.startsWith('/api/') && (role === 'view' ? !VIEW.has(route) : HOST_ONLY.has(route)))
      throw new ApiError(
        'not-allowed',
        role === 'view'
          ? 'this screen may see the running session and nothing else: give it control on the host'
          : 'only the host’s own screen may do this',
      )
  })
}

const NOT_PAIRED = () =>
  new ApiError('not-paired', 'this screen is not paired: open /pair and type the code that the host shows')

function cookieOf(request: FastifyRequest): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=')
    if (name === COOKIE) return value
  }
  return undefined
}
