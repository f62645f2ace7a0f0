import type { Side, StrideMetric } from '../server/messages.ts'
import { NONE, number, plusMinus } from './format.ts'
import { type LegView, metric, uncertainty } from './leg-view.ts'
import { SIDE_WORDS, words } from './words.ts'

interface Readout {
  name: StrideMetric
  label: string
  digits: number
  unit: string
  /** Spread over stances for a time, uncertainty of the measurement for an angle. */
  pm: 'sd' | 'uncertainty' | null
  look: string
}

const READOUTS: readonly Readout[] = [
  { name: 'peakEversionPct', label: words.readout.peakTiming, digits: 0, unit: ' %', pm: 'sd', look: 'hero' },
  {
    name: 'peakEversionDeg',
    label: words.readout.peakEversion,
    digits: 1,
    unit: '°',
    pm: 'uncertainty',
    look: '',
  },
  {
    name: 'eversionExcursionDeg',
    label: words.readout.excursion,
    digits: 1,
    unit: '°',
    pm: null,
    look: 'opt',
  },
  {
    name: 'tibialRotationExcursionDeg',
    label: words.readout.tibialRotation,
    digits: 1,
    unit: '°',
    pm: 'uncertainty',
    look: '',
  },
]

/** When, how far, and how far the tibia follows: the mean of the strides shown, and under it this stance. */
export function Readouts({ side, view, held }: { side: Side; view: LegView; held: boolean }) {
  const contact = metric(view.usable, 'contactTimeMs')
  return (
    <dl class="rd">
      <div class="who1">
        <dt class="leg">{SIDE_WORDS[side]}</dt>
        <dd>{contact && !held ? words.readout.contact(number(contact.mean)) : NONE}</dd>
      </div>
      {READOUTS.map((readout) => (
        <Value key={readout.name} {...readout} view={view} held={held} />
      ))}
    </dl>
  )
}

function Value({
  name,
  label,
  digits,
  unit,
  pm,
  look,
  view,
  held,
}: Readout & { view: LegView; held: boolean }) {
  const mean = metric(view.usable, name)
  const spread = pm === 'sd' ? mean?.sd : pm === 'uncertainty' ? uncertainty(view.usable, name) : null
  const last = view.last?.metrics[name]
  const known = mean !== null && !held
  return (
    <div class={look}>
      <dt title={name === 'peakEversionDeg' ? words.chart.shoeNote : undefined}>{label}</dt>
      <dd class={known ? 'v' : 'v none'}>
        {known && view.settling ? '~' : ''}
        {known ? number(mean.mean, digits) : NONE}
        {known && <span class="u">{unit}</span>}
        {known && <span class="pm">{plusMinus(spread, digits)}</span>}
      </dd>
      <dd class="vs">{under(known, last, digits, unit, view, held)}</dd>
    </div>
  )
}

/** Under a number: this stance's own, or why there is none. */
function under(
  known: boolean,
  last: number | null | undefined,
  digits: number,
  unit: string,
  view: LegView,
  held: boolean,
): string {
  if (held) return words.readout.held
  if (known && typeof last === 'number') return words.readout.thisStance(number(last, digits) + unit)
  return view.last?.quality.reasons[0] ?? '\u00a0'
}
