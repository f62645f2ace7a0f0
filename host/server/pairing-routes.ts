import type { FastifyInstance } from 'fastify'
import { renderSVG } from 'uqr'
import * as z from 'zod'
import { type Access, COOKIE } from './access.ts'
import { ApiError } from './errors.ts'
import type { Pairing } from './pairing.ts'

const role = z.enum(['view', 'control'])
const wish = z.strictObject({
  code: z.string().max(20),
  name: z.string().trim().min(1).max(40),
  role,
})
const grant = z.strictObject({ role })

/** A screen stays paired for a working day, and no longer than the host runs. */
const COOKIE_S = 12 * 3600

/**
 * How screens in the network are let in (`docs/api.md`, section 6).
 * @param lanUrl address of this host in the network; `null` when it listens to this machine alone
 */
export function pairingRoutes(
  app: FastifyInstance,
  pairing: Pairing,
  access: Access,
  lanUrl: () => string | null,
): void {
  const invitation = () => {
    const url = lanUrl()
    if (url === null)
      throw new ApiError('refused', 'this host listens to its own machine only: start it with --lan')
    const { code, lapsesS } = pairing.code()
    // behind #, so that no log keeps the code
    return { url: `${url}pair`, code, lapsesS, link: `${url}pair#${code}` }
  }

  app.get('/api/pair', async (request) => {
    const lan = lanUrl() !== null
    if (!access.isHost(request)) return { lan, role: access.role(request), screen: access.screen(request) }
    return { lan, role: 'host', ...(lan && { ...invitation(), qr: '/api/pair/qr.svg' }) }
  })

  app.get('/api/pair/qr.svg', async (_request, reply) =>
    reply.type('image/svg+xml').send(renderSVG(invitation().link, { ecc: 'M', border: 2 })),
  )

  app.post('/api/pair', async (request, reply) => {
    invitation()
    const { code, name, role } = read(wish, request.body)
    const { screen, token } = pairing.pair(request.ip, code, name, role)
    return reply
      .header('set-cookie', `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_S}`)
      .code(201)
      .send(screen)
  })

  app.get('/api/paired', async () => ({ screens: pairing.list() }))
  app.post<{ Params: { id: string } }>('/api/paired/:id', async ({ params, body }) =>
    pairing.grant(params.id, read(grant, body).role),
  )
  app.delete<{ Params: { id: string } }>('/api/paired/:id', async ({ params }, reply) => {
    pairing.revoke(params.id)
    return reply.code(204).send()
  })
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ApiError('bad-message', `${issue!.path.join('.') || 'the body'}: ${issue!.message}`)
}
