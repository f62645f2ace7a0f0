import { PLACES, segmentOf, sideOf } from '../../shared/places.ts'
import type { FeedState, Place, PodLive, Side } from '../server/messages.ts'
import { start } from './actions.ts'
import { session } from './app.ts'
import { Elapsed } from './context-row.tsx'
import { clock, NONE, number, plusMinus } from './format.ts'
import { TickIcon } from './icons.tsx'
import { LegsFigure } from './legs-figure.tsx'
import { legClass } from './marks.tsx'
import { currentStep, type PodState, podState } from './pod-state.ts'
import { Shell } from './shell.tsx'
import { PLACE_WORDS, words } from './words.ts'

/** Are all pods on the right places and streaming; what is to be done now? */
export function PodsPage() {
  const pods = session.pods.value
  const phase = session.state.value?.phase
  const now = currentStep(pods, session.stances.value)
  return (
    <Shell at={words.nav.pods} title={words.nav.pods} class="podspage">
      <div class="ctx">
        <Steps now={now} />
        <span class="grow" />
        <Elapsed />
        <span class="small muted">{howMany(pods, phase)}</span>
        {phase === 'waiting' && session.state.value?.source === 'live' && (
          <button type="button" class="btn primary" onClick={start}>
            {words.action.start}
          </button>
        )}
        <a class={phase === 'waiting' ? 'btn' : 'btn primary'} href="/live">
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
            on={new Set(pods.filter((pod) => podState(pod, phase) !== 'silent').map((pod) => pod.place))}
          />
          <Column side="right" pods={pods} />
        </section>
        <aside class="side">
          <section class="card todo" role="status">
            <h1>{words.pods.now[now]!.title}</h1>
            <p>{words.pods.now[now]!.text}</p>
          </section>
          <Notes />
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

function PodCard({ place, pod }: { place: Place; pod: PodLive | null }) {
  return (
    <section class="pod">
      <h2>
        <span class="leg">{PLACE_WORDS[place].replace(/^./, (first) => first.toUpperCase())}</span>
        <PodTag pod={pod} />
      </h2>
      {pod === null ? (
        <p class="small muted">{words.pods.plug}</p>
      ) : (
        <>
          <dl>
            {facts(pod).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {pod.problem !== null && <p class="problem">▲ {pod.problem}</p>}
          <p class="id">{pod.id}</p>
        </>
      )}
    </section>
  )
}

function PodTag({ pod }: { pod: PodLive | null }) {
  const { tag } = words.pods
  const state = podState(pod ?? undefined, session.state.value?.phase)
  if (state === 'missing') return <span class="tag">{tag.missing}</span>
  if (state === 'silent') return <span class="tag bad">{tag.silent}</span>
  if (pod?.problem) return <span class="tag attn">{tag.problem}</span>
  return <span class="tag good">{tag[state]}</span>
}

function howMany(pods: readonly PodLive[], phase: FeedState['phase'] | undefined): string {
  const count = (state: PodState): number => pods.filter((pod) => podState(pod, phase) === state).length
  const ready = count('ready')
  return ready > 0
    ? words.pods.ready(ready, PLACES.length)
    : words.pods.streaming(count('streaming'), PLACES.length)
}

function facts(pod: PodLive): [string, string][] {
  const w = words.pods
  const { alignment } = pod
  return [
    [w.battery, pod.batteryPct === null ? w.noBattery : `${number(pod.batteryPct)} %`],
    [w.rate, `${number(pod.rateHz, 1)}${pod.rateHz === null ? '' : ' Hz'}`],
    [w.lost, w.loss(number(pod.lossPct, 2), number(pod.lostSamples))],
    [w.clock, pod.clockErrorMs === null ? NONE : `${plusMinus(pod.clockErrorMs, 1)} ms`],
    [w.clipped, pod.clippedSamples === 0 ? '0' : w.samples(number(pod.clippedSamples))],
    [w.alignment, alignment === null ? w.unknownYet : `${number(alignment.qualityPct)} %`],
  ]
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
