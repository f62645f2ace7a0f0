import type { Side, StrideMetric } from '../server/messages.ts'
import { compare } from './comparison.ts'
import { number, plusMinus } from './format.ts'
import type { LegView, Summary } from './leg-view.ts'
import { legClass } from './marks.tsx'
import { isHeld } from './now.ts'
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

const NOTHING = { symmetryPct: null, verdict: null }

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
            <NumberRow key={row.name} {...row} views={views} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function NumberRow({ name, unit, digits, fullPct, views }: Row & { views: Record<Side, LegView> }) {
  const shown = compare(views, name)
  const left = isHeld.left.value ? null : shown.left
  const right = isHeld.right.value ? null : shown.right
  const { symmetryPct, verdict } = left && right ? shown : NOTHING
  const share = symmetryPct === null ? 0 : Math.max(-1, Math.min(1, symmetryPct / fullPct))
  const side: Side = (verdict?.difference ?? 0) < 0 ? 'left' : 'right'
  const index = symmetryPct === null ? '' : `${number(Math.abs(symmetryPct))} %`
  const spread = verdict?.symmetryUncertaintyPct ?? null
  const differs = verdict?.differs ?? null
  const why =
    verdict === null
      ? ''
      : verdict.detectable === null
        ? words.beside.unknown
        : words.beside.least(`${number(verdict.detectable, Math.max(1, digits))} ${unit}`)
  return (
    <tr
      class={differs ? legClass(side) : ''}
      title={[differs ? words.card.more(side, index) : '', why].filter(Boolean).join('; ')}
    >
      <th scope="row" class="cell name">
        {METRIC_WORDS[name]} <span class="faint">{unit}</span>
      </th>
      <Value of={left} digits={digits} />
      <Value of={right} digits={digits} />
      <td class="cell verdict">
        {differs ? (
          <>
            {index} <small>{plusMinus(spread)}</small>
          </>
        ) : verdict === null ? (
          ''
        ) : differs === null ? (
          words.card.unknown
        ) : (
          words.card.aboutEqual
        )}
        <svg class="bar1" viewBox="-50 0 100 4" preserveAspectRatio="none" aria-hidden="true">
          <rect
            class={differs ? 'dot' : 'grey'}
            x={share < 0 ? 48 * share : 0}
            y="0"
            width={48 * Math.abs(share)}
            height="4"
          />
          <line x1="0" x2="0" y1="0" y2="4" />
        </svg>
      </td>
    </tr>
  )
}

const Value = ({ of, digits }: { of: Summary | null; digits: number }) => (
  <td class="cell value">
    {number(of?.mean, digits)}
    <small>{plusMinus(of?.uncertainty, digits)}</small>
  </td>
)
