import { signal } from '@preact/signals'

export type Route =
  | { page: 'home' | 'live' | 'pods' | 'sessions' | 'missing' }
  | { page: 'replay'; recording: string }

export function routeOf(path: string): Route {
  const [first = '', second, ...more] = path.split('/').filter(Boolean)
  if (more.length > 0) return { page: 'missing' }
  if (first === 'sessions' && second !== undefined)
    return { page: 'replay', recording: decodeURIComponent(second) }
  if (second !== undefined) return { page: 'missing' }
  if (first === '') return { page: 'home' }
  return first === 'live' || first === 'pods' || first === 'sessions' ? { page: first } : { page: 'missing' }
}

export const replayPath = (recording: string): string => `/sessions/${encodeURIComponent(recording)}`

export const route = signal<Route>(routeOf(location.pathname))

export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path)
  else history.replaceState(null, '', path)
  route.value = routeOf(path)
}

/** Follows plain clicks on the page's own links without loading the page anew. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    route.value = routeOf(location.pathname)
  })
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (!link || !plain || link.origin !== location.origin || link.hash !== '') return
    event.preventDefault()
    go(link.pathname)
  })
}
