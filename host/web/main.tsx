import { useSignalEffect } from '@preact/signals'
import { render } from 'preact'
import { connection, nowMs, session } from './app.ts'
import { frozen } from './freeze.ts'
import { listenToKeys } from './keys.tsx'
import { measureLatency } from './latency.ts'
import { LazyPage } from './lazy.tsx'
import { language } from './messages/locale.ts'
import { pairing, refresh } from './pair/pairing.ts'
import { followLinks, go, route } from './router.ts'
import { Shell } from './shell.tsx'
import { words } from './words.ts'
import './theme.ts'

const LIVE = new LazyPage(() => import('./live-page.tsx').then(({ LivePage }) => LivePage))
const RUN = new LazyPage(() => import('./run/run-page.tsx').then(({ RunPage }) => RunPage))
const PODS = new LazyPage(() => import('./pods-page.tsx').then(({ PodsPage }) => PodsPage))
const PAIR = new LazyPage(() => import('./pair/pair-page.tsx').then(({ PairPage }) => PairPage))
const SESSIONS = new LazyPage(() => import('./sessions-page.tsx').then(({ SessionsPage }) => SessionsPage))
const COMPARE = new LazyPage(() =>
  import('./compare/compare-page.tsx').then(({ ComparePage }) => ComparePage),
)
const SETTINGS = new LazyPage(() => import('./settings-page.tsx').then(({ SettingsPage }) => SettingsPage))
const PAGES = [LIVE, RUN, PODS, PAIR, SESSIONS, COMPARE, SETTINGS]

function App() {
  const { page } = route.value
  useSignalEffect(() => {
    const now = route.value
    frozen.value = null
    connection.watch(now.page === 'replay' ? now.recording : null)
  })
  useSignalEffect(() => {
    // the first page is Live when pods stream or a recording plays, else Pods
    if (route.value.page !== 'home' || !session.state.value) return
    const live =
      session.state.value.source === 'replay' ||
      session.pods.value.some((pod) => pod.streaming) ||
      session.stances.value > 0
    go(live ? '/live' : '/pods', 'replace')
  })
  useSignalEffect(() => {
    // a screen that the host has dropped finds the host, but not itself
    if (connection.link.value === 'lost')
      // the address of who is there already holds the code
      void refresh().then(
        () => pairing.peek()?.role === null && route.peek().page !== 'pair' && go('/pair', 'replace'),
      )
  })
  switch (page) {
    case 'home':
    case 'live':
      return <LIVE.Page at={words.nav.live} title={words.nav.live} />
    case 'replay':
      return <LIVE.Page at={words.nav.sessions} title={words.action.replay} />
    case 'run':
      return <RUN.Page />
    case 'pods':
      return <PODS.Page />
    case 'pair':
      return <PAIR.Page />
    case 'sessions':
      return <SESSIONS.Page />
    case 'compare':
      return <COMPARE.Page />
    case 'settings':
      return <SETTINGS.Page />
    default:
      return (
        <Shell at="" title={words.brand}>
          <main id="main" class="nothing">
            {words.error['not-found']}
          </main>
        </Shell>
      )
  }
}

document.documentElement.lang = language
followLinks()
listenToKeys()
measureLatency()
setInterval(() => {
  nowMs.value = performance.now()
}, 250)
addEventListener('online', () => connection.tryNow())
connection.open()
render(<App />, document.getElementById('app')!)
// the other pages' code while the host can be reached, so that they can be gone to when it cannot
addEventListener('load', () => setTimeout(() => PAGES.map((page) => page.fetch()), 1000))
