import type { Place, PodLive } from '../server/messages.ts'
import { connection, session } from './app.ts'
import { NONE, number, plusMinus } from './format.ts'
import { podState } from './pod-state.ts'
import { PLACE_WORDS, words } from './words.ts'

/** One place: the pod that is worn there, how it does, and what can be done with it. */
export function PodCard({ place, pod }: { place: Place; pod: PodLive | null }) {
  return (
    <section class="pod" aria-label={PLACE_WORDS[place]}>
      <h2>
        <span class="leg">{PLACE_WORDS[place].replace(/^./, (first) => first.toUpperCase())}</span>
        <PodTag place={place} pod={pod} />
      </h2>
      {pod === null ? (
        <p class="small muted">{words.pods.plug}</p>
      ) : (
        <dl>
          {facts(pod).map(([name, value, title]) => (
            <div key={name} title={title}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Alerts place={place} />
      <Actions place={place} pod={pod} />
    </section>
  )
}

function PodTag({ place, pod }: { place: Place; pod: PodLive | null }) {
  const { tag } = words.pods
  const state = podState(pod ?? undefined, session.state.value?.phase)
  if (state === 'missing') return <span class="tag">{tag.missing}</span>
  if (state === 'silent') return <span class="tag bad">{tag.silent}</span>
  if (pod?.problem || session.alerts.value.some((alert) => alert.place === place))
    return <span class="tag attn">{tag.problem}</span>
  return <span class="tag good">{tag[state]}</span>
}

type Fact = [name: string, value: string, title: string | undefined]

function facts(pod: PodLive): Fact[] {
  const w = words.pods
  const { alignment, signalDbm } = pod
  // a cable has none
  const signal: Fact[] = signalDbm === null ? [] : [[w.signal, w.strength(signalDbm), w.signalWhat]]
  return [
    [w.battery, pod.batteryPct === null ? w.noBattery : `${number(pod.batteryPct)} %`, undefined],
    ...signal,
    [w.rate, `${number(pod.rateHz, 1)}${pod.rateHz === null ? '' : ' Hz'}`, undefined],
    [w.lost, w.loss(number(pod.lossPct, 2), number(pod.lostSamples), number(pod.refilledSamples)), undefined],
    [w.clock, pod.clockErrorMs === null ? NONE : `${plusMinus(pod.clockErrorMs, 1)} ms`, undefined],
    [w.clipped, pod.clippedSamples === 0 ? '0' : w.samples(number(pod.clippedSamples)), undefined],
    [w.alignment, alignment === null ? w.unknownYet : `${number(alignment.qualityPct)} %`, alignment?.method],
  ]
}

/** What stands against this pod now; without an alert the host's own words. */
function Alerts({ place }: { place: Place }) {
  const own = session.alerts.value.filter((alert) => alert.place === place)
  const problem = session.pods.value.find((pod) => pod.place === place)?.problem ?? null
  if (own.length === 0) return problem === null ? null : <p class="problem">▲ {problem}</p>
  return (
    <>
      {own.map((alert) => {
        const { title, tip } = words.alert(alert)
        return (
          <p key={alert.key} class="problem">
            {alert.level === 'bad' ? '✕' : '▲'} {title}. {words.tryThis} {tip}
          </p>
        )
      })}
    </>
  )
}

function Actions({ place, pod }: { place: Place; pod: PodLive | null }) {
  const state = session.state.value
  if (state?.source !== 'live') return null
  const assigning = session.assigning.value
  const here = assigning?.place === place ? assigning : null
  const w = words.pods
  if (here?.phase === 'waiting')
    return (
      <div class="row" role="status">
        <b class="small">{w.tapNow}</b>
        <button type="button" class="btn" onClick={() => connection.send({ type: 'assign-cancel' })}>
          {w.cancel}
        </button>
      </div>
    )
  const recording = state.phase === 'recording'
  return (
    <div class="row">
      {pod && (
        <button type="button" class="btn" onClick={() => connection.send({ type: 'blink', id: pod.id })}>
          {w.blink}
        </button>
      )}
      <button
        type="button"
        class="btn"
        disabled={recording || assigning?.phase === 'waiting'}
        title={recording ? w.assignLater : w.assignWhat}
        onClick={() => connection.send({ type: 'assign', place })}
      >
        {pod ? w.another : w.assign}
      </button>
      {here?.phase === 'failed' && <span class="small attntext">▲ {here.reason}</span>}
      {here?.phase === 'done' && <span class="small goodtext">{w.assigned}</span>}
      {pod && (
        <span class="id" title={pod.id}>
          {pod.id}
        </span>
      )}
    </div>
  )
}
