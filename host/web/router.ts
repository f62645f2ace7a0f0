import { signal } from '@preact/signals'
import { type Route, routeOf } from './routes.ts'

export const route = signal<Route>(routeOf(location.pathname + location.search))

export function go(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', path)
  else history.replaceState(null, '', path)
  route.value = routeOf(path)
}

/** Follows plain clicks on the page's own links without loading the page anew. */
export function followLinks(): void {
  addEventListener('popstate', () => {
    route.value = routeOf(location.pathname + location.search)
  })
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (!link || !plain || link.origin !== location.origin || link.hash !== '') return
    event.preventDefault()
    go(link.pathname + link.search)
  })
}
