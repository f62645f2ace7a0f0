import { PLACES, segmentOf, sideOf } from '../../shared/places.ts'
import type { PodLive } from '../server/messages.ts'
import { session } from './app.ts'
import { number } from './format.ts'
import { SegmentIcon } from './icons.tsx'
import { legClass } from './marks.tsx'
import { podState } from './pod-state.ts'
import { PLACE_WORDS, words } from './words.ts'

/** One glyph a pod; words only when something is wrong, or how well all goes. */
export function PodsStrip() {
  const pods = session.pods.value
  const phase = session.state.value?.phase
  const at = (place: string): PodLive | undefined => pods.find((pod) => pod.place === place)
  const says = (pod: PodLive | undefined): string =>
    pod?.problem ?? words.pods.tag[podState(pod, phase)].replace(/^\W+/, '')
  const label = PLACES.map((place) => `${PLACE_WORDS[place]} ${says(at(place))}`).join(', ')
  const wrong = pods.find((pod) => podState(pod, phase) === 'silent')
  return (
    <a class="podlink" href="/pods" aria-label={words.pods.strip(label)}>
      <span class="pods">
        {PLACES.map((place) => {
          const pod = at(place)
          const look = { missing: 'wait', ready: '', streaming: '', silent: 'lost' }[podState(pod, phase)]
          return (
            <span
              key={place}
              class={`${legClass(sideOf(place))} ${look}`}
              title={`${PLACE_WORDS[place]}: ${says(pod)}`}
            >
              <SegmentIcon segment={segmentOf(place)} />
            </span>
          )
        })}
      </span>
      <span class={wrong ? 'small badtext' : 'small muted wide'}>
        {wrong ? words.state.lost(wrong.place) : pods.length > 0 && well(pods)}
      </span>
    </a>
  )
}

/** `416 Hz · 0 lost`, once rates are known. */
function well(pods: readonly PodLive[]): string {
  const rates = pods.map((pod) => pod.rateHz).filter((rate) => rate !== null)
  const mean = rates.length === 0 ? null : rates.reduce((a, b) => a + b, 0) / rates.length
  const lost = pods.reduce((sum, pod) => sum + pod.lostSamples, 0)
  return mean === null ? '' : words.pods.stripWell(number(mean), number(lost))
}
