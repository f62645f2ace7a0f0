import { useSignal, useSignalEffect } from '@preact/signals'
import { SIDES } from '../../shared/places.ts'
import type { Side } from '../server/messages.ts'
import { isReplay, session, shown } from './app.ts'
import { ContextRow } from './context-row.tsx'
import { CouplingCard } from './coupling-card.tsx'
import { visibleSteps } from './freeze.ts'
import { WarnIcon } from './icons.tsx'
import { ImpactCard, impactCutoffHz } from './impact-card.tsx'
import { EVERSION_RANGE, type LegView, legView, ROTATION_RANGE, widen } from './leg-view.ts'
import { NumbersCard } from './numbers-card.tsx'
import { OverviewStrip } from './overview-strip.tsx'
import { Shell } from './shell.tsx'
import { type Ranges, StancePanel } from './stance-panel.tsx'
import { Transport } from './transport.tsx'
import { PLACE_WORDS } from './words.ts'

/** The physio's page: when each shoe peaks, left beside right. A replay is the same page fed by another source. */
export function LivePage({ at, title }: { at: string; title: string }) {
  const ranges = useRanges()
  const views: Record<Side, LegView> = {
    left: legView(visibleSteps.left.value, shown.value),
    right: legView(visibleSteps.right.value, shown.value),
  }
  const replay = isReplay(session.state.value)
  const n = Math.max(views.left.usable.length, views.right.usable.length)
  return (
    <Shell at={at} title={title} class={replay ? 'live replay' : 'live'}>
      <ContextRow />
      <main id="main">
        {SIDES.map((side) => (
          <StancePanel key={side} side={side} ranges={ranges} />
        ))}
        <aside class="side">
          <Alert />
          <CouplingCard views={views} />
          <ImpactCard views={views} cutoffHz={impactCutoffHz()} />
          <NumbersCard views={views} n={n} />
        </aside>
      </main>
      <OverviewStrip />
      {replay && <Transport />}
    </Shell>
  )
}

/** Both legs share their ranges, which only ever widen within a recording. */
function useRanges() {
  const ranges = useSignal<Ranges>({ eversion: EVERSION_RANGE, rotation: ROTATION_RANGE })
  useSignalEffect(() => {
    let { eversion, rotation } = ranges.peek()
    const stepsShown = shown.value
    if (session.stances.value === 0) {
      eversion = EVERSION_RANGE
      rotation = ROTATION_RANGE
    }
    for (const side of SIDES) {
      const view = legView(visibleSteps[side].value, stepsShown)
      eversion = widen(eversion, view.eversion?.mean)
      rotation = widen(rotation, view.rotation?.mean)
    }
    if (eversion !== ranges.peek().eversion || rotation !== ranges.peek().rotation)
      ranges.value = { eversion, rotation }
  })
  return ranges
}

/** One at a time, the most useful: a pod with a problem, in its own words. */
function Alert() {
  const pod = session.pods.value.find(({ problem }) => problem !== null)
  if (!pod?.problem) return null
  return (
    <section class="alert" role="status">
      <WarnIcon />
      <h2>{PLACE_WORDS[pod.place].replace(/^./, (first) => first.toUpperCase())}</h2>
      <p>{pod.problem}</p>
    </section>
  )
}
