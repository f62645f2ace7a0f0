import type { CurveName } from '../server/messages.ts'
import { CURVE_LOOK, type LowerCurve } from './curves.ts'
import { NONE, number } from './format.ts'
import { type LegView, metric, stanceCurve } from './leg-view.ts'
import type { LegShown } from './stance-grid.tsx'
import { SIDE_WORDS, words } from './words.ts'

const ROWS = Array.from({ length: 21 }, (_, i) => 5 * i)

/** The curves' values every 5 % of stance, as real tables. */
export function CurveTable({ legs, lower }: { legs: readonly LegShown[]; lower: LowerCurve }) {
  const t = words.chart.table
  const about = legs.map(({ side }) => SIDE_WORDS[side]).join(', ')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
    <section class="chart table" tabIndex={0} aria-label={about}>
      {legs.map((leg) => (
        <table key={leg.side} class="values">
          <caption>{t.caption(leg.side, leg.view.usable.length)}</caption>
          <thead>
            <tr>
              {[t.stance, t.ms, ...heads(leg, 'eversionDeg'), ...heads(leg, lower)].map((head, i) => (
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
                <td class="n">{atMs(leg.view, pct)}</td>
                <Cells leg={leg} name="eversionDeg" pct={pct} />
                <Cells leg={leg} name={lower} pct={pct} />
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  )
}

const heads = ({ usual }: LegShown, name: CurveName): string[] => {
  const t = words.chart.table
  return [
    `${words.curveShort[name]}, ${CURVE_LOOK[name].unit.trim()}`,
    t.sd,
    t.now,
    ...(usual ? [t.usual] : []),
  ]
}

function atMs(view: LegView, pct: number): string {
  const contactMs = metric(view.usable, 'contactTimeMs')?.mean ?? null
  return contactMs === null ? NONE : number((contactMs * pct) / 100)
}

function Cells({ leg: { view, usual }, name, pct }: { leg: LegShown; name: CurveName; pct: number }) {
  const band = view.bands[name]
  const values = [
    band?.mean[pct],
    band?.sd[pct],
    view.last && stanceCurve(view.last, name)?.[pct],
    ...(usual ? [usual.curves[name]?.mean[pct]] : []),
  ]
  return (
    <>
      {values.map((value, i) => (
        <td key={i} class="n">
          {number(value, 1)}
        </td>
      ))}
    </>
  )
}
