import type { FastifyInstance } from 'fastify'
import { ApiError } from './errors.ts'

/** `localhost:8080` → `localhost`, `[::1]:8080` → `[::1]`. */
const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase()

/**
 * Only pages that this server served may speak to it.
 *
 * A web site can point its own name at 127.0.0.1 (DNS rebinding); its requests then carry that name in `Host`, so unknown
 * names are refused. It can also open a WebSocket to 127.0.0.1, which no same-origin policy stops; the browser then names
 * it in `Origin`, so any other origin is refused. Programs that are no browser send no `Origin` and are let in.
 */
export function guard(app: FastifyInstance, boundHost: string): void {
  const names = new Set(['127.0.0.1', 'localhost', '[::1]', boundHost.toLowerCase()])

  app.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host ?? ''
    if (!names.has(hostName(host)))
      throw new ApiError(
        'unknown-host',
        `“${host}” is not a name of this server: open it as http://127.0.0.1 with its port`,
      )
    const origin = request.headers.origin
    if (origin !== undefined && origin !== `http://${host}`)
      throw new ApiError('foreign-origin', `pages of ${origin} may not read this server`)

    reply.headers({
      // 'self' does not cover WebSockets in every browser, so the address is named
      'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self' ws://${host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
  })
}
