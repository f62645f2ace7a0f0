import { PLACES, segmentOf, sideOf } from '../../shared/places.ts'
import type { FeedState, PodLive, Side } from '../server/messages.ts'
import { start } from './actions.ts'
import { connection, session } from './app.ts'
import { Elapsed } from './context-row.tsx'
import { clock } from './format.ts'
import { TickIcon } from './icons.tsx'
import { LegsFigure } from './legs-figure.tsx'
import { legClass } from './marks.tsx'
import { PairCard } from './pair/pair-card.tsx'
import { PodCard } from './pod-card.tsx'
import { currentStep, type PodState, podState } from './pod-state.ts'
import { Shell } from './shell.tsx'
import { StartCard } from './start-card.tsx'
import { UnplacedCard } from './unplaced-card.tsx'
import { words } from './words.ts'

/** Are all pods on the right places and streaming; what is to be done now? */
export function PodsPage() {
  const pods = session.pods.value
  const state = session.state.value
  const now = currentStep(pods, session.stances.value, session.standing.value?.phase === 'done')
  const online = connection.link.value === 'open'
  return (
    <Shell at={words.nav.pods} title={words.nav.pods} class="podspage">
      <div class="ctx">
        <Steps now={now} />
        <span class="grow" />
        <Elapsed />
        <span class="small muted">{howMany(pods, state?.phase)}</span>
        {state?.source === 'live' && (
          <button
            type="button"
            class="btn"
            disabled={!online || pods.length === 0}
            onClick={() => connection.send({ type: 'blink', id: null })}
          >
            {words.pods.blinkAll} <kbd>B</kbd>
          </button>
        )}
        {state?.phase === 'waiting' && state.source === 'live' && (
          <button type="button" class="btn" disabled={!online} title={words.pods.skipWhat} onClick={start}>
            {words.pods.skip}
          </button>
        )}
        <a class={state?.phase === 'waiting' ? 'btn' : 'btn primary'} href="/live">
          {words.pods.toLive}
        </a>
      </div>
      <main id="main">
        <section class="card worn">
          <header>
            <h2>{words.pods.title}</h2>
            <span class="aside">{words.pods.aside}</span>
          </header>
          <Column side="left" pods={pods} />
          <LegsFigure
            on={
              new Set(pods.filter((pod) => podState(pod, state?.phase) !== 'silent').map((pod) => pod.place))
            }
          />
          <Column side="right" pods={pods} />
        </section>
        <aside class="side">
          <StartCard step={now} />
          <UnplacedCard />
          <Notes />
          <PairCard />
        </aside>
      </main>
    </Shell>
  )
}

function Steps({ now }: { now: number }) {
  return (
    <ol class="steps" aria-label={words.pods.stepsLabel}>
      {words.pods.steps.map((word, i) => (
        <li
          key={word}
          class={i < now ? 'done' : i === now ? 'now' : ''}
          aria-current={i === now ? 'step' : undefined}
        >
          <i>{i < now ? <TickIcon /> : i + 1}</i>
          {word}
        </li>
      ))}
    </ol>
  )
}

function Column({ side, pods }: { side: Side; pods: readonly PodLive[] }) {
  const places = PLACES.filter((place) => sideOf(place) === side).toSorted((a) =>
    segmentOf(a) === 'shin' ? -1 : 1,
  )
  return (
    <div class={`col ${legClass(side)}`}>
      {places.map((place) => (
        <PodCard key={place} place={place} pod={pods.find((pod) => pod.place === place) ?? null} />
      ))}
    </div>
  )
}

function howMany(pods: readonly PodLive[], phase: FeedState['phase'] | undefined): string {
  const count = (state: PodState): number => pods.filter((pod) => podState(pod, phase) === state).length
  const ready = count('ready')
  return ready > 0
    ? words.pods.ready(ready, PLACES.length)
    : words.pods.streaming(count('streaming'), PLACES.length)
}

function Notes() {
  const notes = session.notes.value
  if (notes.length === 0) return null
  return (
    <section class="card notes">
      <h2>{words.pods.notes}</h2>
      <ul>
        {notes.toReversed().map((note) => (
          <li key={`${note.timeS}${note.text}`}>
            <span class="num">{clock(note.timeS)}</span> {note.text}
          </li>
        ))}
      </ul>
    </section>
  )
}
