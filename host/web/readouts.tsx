import { computed } from '@preact/signals'
import { SIDES } from '../../shared/places.ts'
import type { StrideMetric } from '../server/messages.ts'
import { NONE, number, plusMinus } from './format.ts'
import { type LegView, metric, summary } from './leg-view.ts'
import { legClass } from './marks.tsx'
import type { LegShown } from './stance-grid.tsx'
import { beside, usualKept, usuals } from './usual.ts'
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

/** Both legs keep a line for it, also where only one has a usual: their charts stand side by side. */
const anyUsual = computed(() => SIDES.some((side) => usuals[side].value !== null))

/** When, how far, and how far the tibia follows: the mean of the strides shown, and under it the usual, or this stance. */
export function Readouts(leg: LegShown) {
  const { side, view, held } = leg
  const contact = metric(view.usable, 'contactTimeMs')
  return (
    <dl class={`rd ${legClass(side)}`}>
      <div class="who1">
        <dt class="leg">{SIDE_WORDS[side]}</dt>
        <dd>{contact && !held ? words.readout.contact(number(contact.mean)) : NONE}</dd>
      </div>
      {READOUTS.map((readout) => (
        <Value key={readout.name} {...readout} leg={leg} />
      ))}
    </dl>
  )
}

function Value({ name, label, digits, unit, pm, look, leg }: Readout & { leg: LegShown }) {
  const { view, held } = leg
  const all = summary(view.usable, name)
  const spread = pm === 'sd' ? all?.sd : pm === 'uncertainty' ? all?.uncertainty : null
  const known = all !== null && !held
  const under = underneath(name, digits, unit, leg)
  return (
    <div class={look}>
      <dt title={name === 'peakEversionDeg' ? words.chart.shoeNote : undefined}>{label}</dt>
      <dd class={known ? 'v' : 'v none'}>
        {known && view.settling ? '~' : ''}
        {known ? number(all.mean, digits) : NONE}
        {known && <span class="u">{unit}</span>}
        {known && (
          <span class="pm" title={pm === 'sd' ? words.readout.spread : words.readout.uncertainty}>
            {plusMinus(spread, digits)}
          </span>
        )}
      </dd>
      <dd class="vs" title={under.title}>
        {under.text}
      </dd>
      {anyUsual.value && <dd class={under.stands ? 'vs diff' : 'vs'}>{under.how || '\u00a0'}</dd>}
    </div>
  )
}

interface Under {
  text: string
  /** How far from the usual. */
  how?: string
  /** Beyond what the pods can tell. */
  stands?: boolean
  title?: string
}

/** Under a number: the usual and how far from it; without one this stance's own, or why there is none. */
function underneath(
  name: StrideMetric,
  digits: number,
  unit: string,
  { view, held, usual }: LegShown,
): Under {
  if (held) return { text: words.readout.held }
  const now = summary(view.usable, name)
  const found = beside(name, usual?.metrics[name], now, usualKept.value)
  const last = view.last?.metrics[name]
  const thisStance = typeof last === 'number' ? words.readout.thisStance(number(last, digits) + unit) : ''
  if (found !== null) {
    const { before, difference, detectable, differs } = found
    const how =
      differs === null
        ? ''
        : differs
          ? words.beside.by(name, number(Math.abs(difference), digits), difference)
          : words.beside.same
    const least =
      detectable === null ? words.beside.unknown : words.beside.least(number(detectable, 1) + unit)
    return {
      text: words.beside.usual(number(before, digits)),
      how,
      stands: differs === true,
      title: [thisStance, least].filter(Boolean).join(', '),
    }
  }
  if (now !== null && thisStance !== '') return { text: thisStance }
  return reasonOf(view)
}

/** In a few words, and in all of them where the pointer rests. */
function reasonOf(view: LegView): Under {
  const title = words.reason(view.last?.quality.reasons[0] ?? '\u00a0')
  return { text: title.split(': ', 1)[0]!, title }
}
