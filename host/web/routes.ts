const PLAIN = ['live', 'run', 'pods', 'sessions', 'settings', 'pair'] as const
type PlainPage = (typeof PLAIN)[number]

export type Route =
  | { page: 'home' | PlainPage | 'missing' }
  | { page: 'replay'; recording: string }
  /** `null` where none was named. */
  | { page: 'compare'; a: string | null; b: string | null }

/** @param address path and query */
export function routeOf(address: string): Route {
  const [path = '', query = ''] = address.split('?')
  const [first = '', second, ...more] = path.split('/').filter(Boolean)
  if (more.length > 0) return { page: 'missing' }
  if (first === 'sessions' && second !== undefined)
    return { page: 'replay', recording: decodeURIComponent(second) }
  if (second !== undefined) return { page: 'missing' }
  if (first === '') return { page: 'home' }
  if (first === 'compare') {
    const asked = new URLSearchParams(query)
    return { page: 'compare', a: asked.get('a'), b: asked.get('b') }
  }
  return { page: PLAIN.find((page) => page === first) ?? 'missing' }
}

export const replayPath = (recording: string): string => `/sessions/${encodeURIComponent(recording)}`

export const comparePath = (a: string, b: string): string =>
  `/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`
