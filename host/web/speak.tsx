import { signal } from '@preact/signals'
import { SIDES } from '../../shared/places.ts'
import type { Side } from '../server/messages.ts'
import { number } from './format.ts'
import { metric } from './leg-view.ts'
import { METRICS } from './metrics.ts'
import { legViews } from './views.ts'
import { METRIC_WORDS, words } from './words.ts'

const said = signal('')

function readout(side: Side): string {
  const { usable } = legViews[side].peek()
  const values = METRICS.flatMap(({ name, digits, unit }) => {
    const mean = metric(usable, name)?.mean
    return mean === undefined ? [] : [`${METRIC_WORDS[name]} ${number(mean, digits)}${unit}`]
  })
  return values.length === 0 ? words.chart.noFinding(side) : words.readout.spoken(side, values.join(', '))
}

/** Speaks the key numbers once; stances are never announced by themselves. */
export function speak(): void {
  said.value = SIDES.map(readout).join(' ')
}

export const Spoken = () => (
  <p class="sr" aria-live="polite" data-spoken>
    {said.value}
  </p>
)
