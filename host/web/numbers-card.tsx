import type { Side, StrideMetric } from '../server/messages.ts'
import { number } from './format.ts'
import { type LegView, metric, uncertainty } from './leg-view.ts'
import { detectableDifference, symmetryPct } from './statistics.ts'
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

export interface Comparison {
  left: number | null
  right: number | null
  /** Symmetry index, %; positive = right larger. */
  symmetryPct: number | null
  /** Beyond what the measurement can tell; `null` when its uncertainty is not known. */
  differs: boolean | null
}

export function compare(views: Record<Side, LegView>, name: StrideMetric): Comparison {
  const left = metric(views.left.usable, name)?.mean ?? null
  const right = metric(views.right.usable, name)?.mean ?? null
  if (left === null || right === null) return { left, right, symmetryPct: null, differs: null }
  const uncertain = [uncertainty(views.left.usable, name), uncertainty(views.right.usable, name)] as const
  const differs =
    uncertain[0] === null || uncertain[1] === null
      ? null
      : Math.abs(right - left) > detectableDifference(uncertain[0], uncertain[1])
  return { left, right, symmetryPct: symmetryPct(left, right), differs }
}

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
