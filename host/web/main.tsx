import { useSignalEffect } from '@preact/signals'
import { render } from 'preact'
import { connection, nowMs, session } from './app.ts'
import { frozen } from './freeze.ts'
import { listenToKeys } from './keys.tsx'
import { measureLatency } from './latency.ts'
import { LivePage } from './live-page.tsx'
import { language } from './messages/locale.ts'
import { PodsPage } from './pods-page.tsx'
import { followLinks, go, route } from './router.ts'
import { SessionsPage } from './sessions-page.tsx'
import { Shell } from './shell.tsx'
import { words } from './words.ts'

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
  switch (page) {
    case 'home':
    case 'live':
      return <LivePage at={words.nav.live} title={words.nav.live} />
    case 'replay':
      return <LivePage at={words.nav.sessions} title={words.action.replay} />
    case 'pods':
      return <PodsPage />
    case 'sessions':
      return <SessionsPage />
    case 'missing':
      return (
        <Shell at="" title={words.brand}>
          <p class="nothing">{words.error['not-found']}</p>
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
