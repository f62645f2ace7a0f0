import { useEffect } from 'preact/hooks'
import { BrandMark } from '../icons.tsx'
import { Shell } from '../shell.tsx'
import { words } from '../words.ts'
import { Invitation } from './invitation.tsx'
import { PairForm } from './pair-form.tsx'
import { pairing, refresh } from './pairing.ts'
import { Screens } from './screens.tsx'

const w = words.pair
/** How often the page asks who is paired, ms. */
const ASK_MS = 3000

/** On the host: how a tablet gets in, and which are in. On a tablet: what it is. */
export function PairPage() {
  useEffect(() => {
    void refresh()
    const timer = setInterval(() => void refresh(), ASK_MS)
    return () => clearInterval(timer)
  }, [])
  const role = pairing.value?.role
  if (role === 'host')
    return (
      <Shell at={words.nav.pods} title={w.title} class="pairpage">
        <div class="ctx">
          <h1>{w.title}</h1>
        </div>
        <main id="main">
          <Invitation />
          <Screens />
        </main>
      </Shell>
    )
  document.title = `${w.title} · ${words.brand}`
  return (
    <div class="page stranger">
      <header class="bar">
        <span class="brand">
          <BrandMark />
          {words.brand}
        </span>
      </header>
      <main id="main">
        {role === undefined ? words.state.connecting : role === null ? <PairForm /> : <Paired />}
      </main>
    </div>
  )
}

function Paired() {
  const screen = pairing.value?.screen
  return (
    <section class="card">
      <h1>{w.isPaired}</h1>
      {screen?.role === 'view' && screen.asked === 'control' && <p role="status">{w.waits}</p>}
      <div class="row">
        <a class="btn primary" href="/run">
          {w.toRun}
        </a>
        <a class="btn" href="/live">
          {w.toLive}
        </a>
      </div>
    </section>
  )
}
