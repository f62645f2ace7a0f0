import type { CurveName, Side } from '../server/messages.ts'
import { signed } from './format.ts'
import type { PhaseView } from './leg-view.ts'
import { legClass } from './marks.tsx'
import type { LegShown } from './stance-grid.tsx'
import { Tip } from './tip.tsx'
import type { LegUsual } from './usual.ts'
import { PHASE_WORDS, words } from './words.ts'

const PHASES = ['strike', 'suspension', 'transition', 'shift', 'propulsion'] as const

/** How far shoe and tibia travel in each of the five phases, for one leg or both. */
export function PhaseColumns({ legs }: { legs: readonly LegShown[] }) {
  return (
    <ol class={legs.length > 1 ? 'phases both' : 'phases'}>
      {PHASES.map((name, i) => (
        <li key={name}>
          <Tip says={`${PHASE_WORDS[name].rule}. ${words.chart.phasesNote}`}>
            <b>{PHASE_WORDS[name].name}</b>
          </Tip>
          {legs.map(({ side, view, usual }) => (
            <Travels key={side} side={legs.length > 1 ? side : null} phase={view.phases?.[i]} usual={usual} />
          ))}
        </li>
      ))}
    </ol>
  )
}

interface TravelsProps {
  /** Told apart when both legs are shown. */
  side: Side | null
  phase: PhaseView | undefined
  usual: LegUsual | null
}

function Travels({ side, phase, usual }: TravelsProps) {
  const row = (word: string, name: CurveName, degrees: number | null | undefined) => {
    const before = phase && travel(usual?.curves[name]?.mean, phase)
    const less = isMissing(degrees, before)
    return (
      <span>
        {word}{' '}
        <i
          class={less ? 'less' : ''}
          title={before === null || !less ? undefined : words.chart.usualTravel(signed(before, 1))}
        >
          {typeof degrees === 'number' ? `${signed(degrees, 1)}°` : '—'}
        </i>
      </span>
    )
  }
  return (
    <span class={side === null ? 'travels' : `legrow ${legClass(side)}`}>
      {row(words.chart.shoe, 'eversionDeg', phase?.eversionDeg)}
      {row(words.chart.tibia, 'tibialRotationDeg', phase?.tibialRotationDeg)}
    </span>
  )
}

/** How far a curve goes over the same part of stance. */
export function travel(
  curve: readonly number[] | undefined,
  { startPct, endPct }: Pick<PhaseView, 'startPct' | 'endPct'>,
): number | null {
  const from = curve?.[Math.round(startPct)]
  const to = curve?.[Math.round(endPct)]
  return from === undefined || to === undefined ? null : to - from
}

/** Under this much of the usual it is worth a line under it, where the usual is worth speaking of. */
const SHARE = 0.7
const WORTH_DEG = 3

export const isMissing = (degrees: number | null | undefined, usual: number | null | undefined): boolean =>
  typeof degrees === 'number' &&
  typeof usual === 'number' &&
  Math.abs(usual) > WORTH_DEG &&
  degrees / usual < SHARE
