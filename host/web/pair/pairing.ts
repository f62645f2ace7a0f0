import { signal } from '@preact/signals'
import type { ErrorMessage, PairedScreen, Role } from '../../server/messages.ts'

/** What the host says of pairing, to whoever asks. */
export interface Pairing {
  /** The host listens in the network. */
  lan: boolean
  /** What this screen is; `null`: not paired. */
  role: 'host' | Role | null
  screen?: PairedScreen | null
  /** To the host's own screen alone, when it listens in the network. */
  url?: string
  code?: string
  lapsesS?: number
  qr?: string
}

export const pairing = signal<Pairing | null>(null)
export const screens = signal<PairedScreen[]>([])
/** What the host last refused here. */
export const problem = signal<ErrorMessage | null>(null)

/** Asks the host; its answer, or `null` when it refused or is out of reach. */
async function ask<T>(path: string, method = 'GET', body?: unknown): Promise<T | null> {
  try {
    const answer = await fetch(path, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    })
    const said = answer.status === 204 ? null : await answer.json()
    if (method !== 'GET') problem.value = answer.ok ? null : said
    return answer.ok ? said : null
  } catch {
    return null
  }
}

export async function refresh(): Promise<void> {
  const now = await ask<Pairing>('/api/pair')
  if (now !== null) pairing.value = now
  if (now?.role !== 'host') return
  screens.value = (await ask<{ screens: PairedScreen[] }>('/api/paired'))?.screens ?? []
}

/** @returns whether this screen is paired now */
export async function pair(code: string, name: string, role: Role): Promise<boolean> {
  const paired = (await ask<PairedScreen>('/api/pair', 'POST', { code, name, role })) !== null
  if (paired) await refresh()
  return paired
}

export async function grant(id: string, role: Role): Promise<void> {
  await ask(`/api/paired/${id}`, 'POST', { role })
  await refresh()
}

export async function revoke(id: string): Promise<void> {
  await ask(`/api/paired/${id}`, 'DELETE')
  await refresh()
}

/** Whether this screen may only look. */
export const mayOnlyLook = (): boolean => pairing.value?.role === 'view'
