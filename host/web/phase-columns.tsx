import { signed } from './format.ts'
import type { LegView } from './leg-view.ts'
import { PHASE_WORDS, words } from './words.ts'

const PHASES = ['strike', 'suspension', 'transition', 'shift', 'propulsion'] as const

/** How far shoe and tibia travel in each of the five phases. */
export function PhaseColumns({ view }: { view: LegView }) {
  const travel = (degrees: number | null | undefined): string =>
    typeof degrees === 'number' ? `${signed(degrees, 1)}°` : '—'
  return (
    <ol class="phases">
      {PHASES.map((name, i) => {
        const phase = view.phases?.[i]
        return (
          <li key={name}>
            <b title={`${PHASE_WORDS[name].rule}. ${words.chart.phasesNote}`}>{PHASE_WORDS[name].name}</b>
            <span>
              {words.chart.shoe} <i>{travel(phase?.eversionDeg)}</i>
            </span>
            <span>
              {words.chart.tibia} <i>{travel(phase?.tibialRotationDeg)}</i>
            </span>
          </li>
        )
      })}
    </ol>
  )
}
