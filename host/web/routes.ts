const PLAIN = ['live', 'run', 'pods', 'sessions', 'settings', 'pair'] as const
type PlainPage = (typeof PLAIN)[number]

export type Route = { page: 'home' | PlainPage | 'missing' } | { page: 'replay'; recording: string }

export function routeOf(path: string): Route {
  const [first = '', second, ...more] = path.split('/').filter(Boolean)
  if (more.length > 0) return { page: 'missing' }
  if (first === 'sessions' && second !== undefined)
    return { page: 'replay', recording: decodeURIComponent(second) }
  if (second !== undefined) return { page: 'missing' }
  if (first === '') return { page: 'home' }
  return { page: PLAIN.find((page) => page === first) ?? 'missing' }
}

export const replayPath = (recording: string): string => `/sessions/${encodeURIComponent(recording)}`
