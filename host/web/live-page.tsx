import { useComputed } from '@preact/signals'
import { SIDES } from '../../shared/places.ts'
import { AlertCard } from './alert-card.tsx'
import { isReplay, session } from './app.ts'
import { BeforeAfter } from './before-after.tsx'
import { ContextRow } from './context-row.tsx'
import { CouplingCard } from './coupling-card.tsx'
import { ImpactCard, impactCutoffHz } from './impact-card.tsx'
import { Legs3d, legsOpen } from './legs-3d.tsx'
import { NumbersCard } from './numbers-card.tsx'
import { OverviewStrip } from './overview-strip.tsx'
import { Scrubber } from './replay/scrubber.tsx'
import { comparing } from './segments.ts'
import { Shell } from './shell.tsx'
import { Spoken } from './speak.tsx'
import { StancePanel } from './stance-panel.tsx'
import { Transport } from './transport.tsx'
import { inOne, legViews } from './views.ts'

/** The physio's page: when each shoe peaks, left beside right. A replay is the same page fed by another source. */
export function LivePage({ at, title }: { at: string; title: string }) {
  const replay = useComputed(() => isReplay(session.state.value)).value
  return (
    <Shell at={at} title={title} class={replay ? 'live replay' : 'live'}>
      <ContextRow />
      {comparing.value ? <BeforeAfter /> : <Stances />}
      {replay ? <Scrubber /> : <OverviewStrip />}
      {replay && <Transport />}
      <Spoken />
    </Shell>
  )
}

/** The same lists each time: a panel is drawn anew for its own leg alone. */
const ALONE = SIDES.map((side) => [side])

function Stances() {
  return (
    <main id="main" class={inOne.value ? 'one' : ''}>
      {inOne.value ? (
        <StancePanel key="one" sides={SIDES} />
      ) : (
        ALONE.map((sides) => <StancePanel key={sides[0]} sides={sides} />)
      )}
      <aside class={legsOpen.value ? 'side legs-open' : 'side'}>
        <AlertCard />
        {legsOpen.value ? <Legs3d /> : <Figures />}
        <Numbers />
      </aside>
    </main>
  )
}

const views = () => ({ left: legViews.left.value, right: legViews.right.value })

function Figures() {
  const both = views()
  const cutoffHz = useComputed(impactCutoffHz).value
  return (
    <>
      <CouplingCard views={both} />
      <ImpactCard views={both} cutoffHz={cutoffHz} />
    </>
  )
}

function Numbers() {
  const both = views()
  return <NumbersCard views={both} n={Math.max(both.left.usable.length, both.right.usable.length)} />
}
