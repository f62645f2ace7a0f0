import type { FastifyInstance } from 'fastify'
import { lanNames } from './addresses.ts'
import { ApiError } from './errors.ts'

const OWN_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** `localhost:8080` → `localhost`, `[::1]:8080` → `[::1]`. */
const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase()

/**
 * Only pages that this server served may speak to it.
 *
 * A web site can point its own name at 127.0.0.1 (DNS rebinding); its requests then carry that name in `Host`, so unknown
 * names are refused. It can also open a WebSocket to 127.0.0.1, which no same-origin policy stops; the browser then names
 * it in `Origin`, so any other origin is refused. Programs that are no browser send no `Origin` and are let in.
 * @param lan names of this machine in the network are its own too
 */
export function guard(app: FastifyInstance, lan: boolean): void {
  // a machine that joins another network gets another address: asked anew for every name that is not known
  const isKnown = (name: string): boolean => OWN_NAMES.has(name) || (lan && lanNames().includes(name))

  app.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host ?? ''
    if (!isKnown(hostName(host)))
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
