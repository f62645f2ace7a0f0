import type { Side, StrideMetric } from '../server/messages.ts'
import { type Comparison, compare } from './comparison.ts'
import { number } from './format.ts'
import type { LegView } from './leg-view.ts'
import { METRIC_WORDS, words } from './words.ts'

interface Row {
  name: StrideMetric
  unit: string
  digits: number
  /** Symmetry index at which a bar is as long as it gets, %. */
  fullPct: number
}

const ROWS: readonly Row[] = [
  { name: 'contactTimeMs', unit: 'ms', digits: 0, fullPct: 15 },
  { name: 'cadenceSpm', unit: '/min', digits: 0, fullPct: 15 },
  { name: 'peakEversionPct', unit: '%', digits: 0, fullPct: 40 },
  { name: 'peakEversionDeg', unit: '°', digits: 1, fullPct: 40 },
  { name: 'tibialRotationExcursionDeg', unit: '°', digits: 1, fullPct: 40 },
  { name: 'peakTibialAxialG', unit: 'g', digits: 1, fullPct: 40 },
]

/** Key numbers of both legs with their symmetry. A difference too small to tell is grey, in words and in marks. */
export function NumbersCard({ views, n }: { views: Record<Side, LegView>; n: number }) {
  return (
    <section class="card numbers">
      <header>
        <h2>{words.card.numbers}</h2>
        <span class="aside" title={words.card.symmetry}>
          {n > 0 && words.card.numbersAside(n)}
        </span>
      </header>
      <table class="rows" aria-label={words.card.numbers}>
        <tbody>
          {ROWS.map((row) => (
            <NumberRow key={row.name} {...row} {...compare(views, row.name)} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function NumberRow({ name, unit, digits, fullPct, left, right, symmetryPct: si, differs }: Row & Comparison) {
  const share = si === null ? 0 : Math.max(-1, Math.min(1, si / fullPct))
  const side: Side = share < 0 ? 'left' : 'right'
  const verdict = si === null ? '' : differs === false ? words.card.aboutEqual : `${number(Math.abs(si))} %`
  return (
    <tr class={differs ? (side === 'left' ? 'l' : 'r') : ''}>
      <th scope="row" class="cell name">
        {METRIC_WORDS[name]} <span class="faint">{unit}</span>
      </th>
      <td class="cell value">{number(left, digits)}</td>
      <td class="cell bar1">
        <svg viewBox="-50 0 100 12" preserveAspectRatio="none" aria-hidden="true">
          <rect
            class={differs ? 'dot' : 'grey'}
            x={share < 0 ? 46 * share : 0}
            y="2"
            width={46 * Math.abs(share)}
            height="8"
          />
          <line x1="0" x2="0" y1="0" y2="12" />
        </svg>
      </td>
      <td class="cell value">{number(right, digits)}</td>
      <td class="cell verdict" title={si === null ? '' : words.card.more(side, verdict)}>
        {verdict}
      </td>
    </tr>
  )
}
