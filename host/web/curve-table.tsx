import type { Side } from '../server/messages.ts'
import { number } from './format.ts'
import { type LegView, metric, stanceCurve } from './leg-view.ts'
import { words } from './words.ts'

const ROWS = Array.from({ length: 21 }, (_, i) => 5 * i)

/** The curves' values every 5 % of stance, as a real table. */
export function CurveTable({ side, view }: { side: Side; view: LegView }) {
  const contactMs = metric(view.usable, 'contactTimeMs')?.mean ?? null
  const eversionNow = view.last && stanceCurve(view.last, 'eversionDeg')
  const rotationNow = view.last && stanceCurve(view.last, 'tibialRotationDeg')
  const t = words.chart.table
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
    <section class="chart table" tabIndex={0} aria-label={t.caption(side, view.usable.length)}>
      <table class="values">
        <caption>{t.caption(side, view.usable.length)}</caption>
        <thead>
          <tr>
            {[t.stance, t.ms, t.eversion, t.sd, t.now, t.rotation, t.sd, t.now].map((head, i) => (
              <th key={i} class="n" scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((pct) => (
            <tr key={pct}>
              <th class="n" scope="row">
                {pct}
              </th>
              <td class="n">{contactMs === null ? '—' : number((contactMs * pct) / 100)}</td>
              <td class="n">{number(view.eversion?.mean[pct], 1)}</td>
              <td class="n">{number(view.eversion?.sd[pct], 1)}</td>
              <td class="n">{number(eversionNow?.[pct], 1)}</td>
              <td class="n">{number(view.rotation?.mean[pct], 1)}</td>
              <td class="n">{number(view.rotation?.sd[pct], 1)}</td>
              <td class="n">{number(rotationNow?.[pct], 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
