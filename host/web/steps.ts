import type { Curves, LiveStance, Phase, Quality, Side, Stride, StrideMetric } from '../server/messages.ts'

/** Most steps of a leg that are kept and drawn. */
export const KEPT_STEPS = 60

/** One foot's stance as the page shows it: first live, then, one contact later, as the record. */
export interface Step {
  leg: Side
  index: number
  icS: number
  toS: number
  footFlatS: number | null
  heelRiseS: number | null
  curves: Curves
  metrics: Partial<Record<StrideMetric, number | null>>
  uncertainty: Partial<Record<StrideMetric, number>>
  phases: Phase[] | null
  quality: Quality
  /** Made from the stride's record, not from the live stance. */
  recorded: boolean
}

export const stepOfStance = (stance: LiveStance): Step => ({
  ...stance,
  uncertainty: {},
  phases: null,
  recorded: false,
})

export const stepOfStride = (stride: Stride): Step => ({
  leg: stride.leg,
  index: stride.index,
  icS: stride.icS,
  toS: stride.toS,
  footFlatS: stride.footFlatS,
  heelRiseS: stride.heelRiseS,
  curves: stride.curves,
  metrics: stride,
  uncertainty: stride.uncertainty,
  phases: stride.phases,
  quality: stride.quality,
  recorded: true,
})

/**
 * Puts a step among the others of its leg, by index; a record replaces the live stance, never the other way round.
 * Returns a new list of at most {@link KEPT_STEPS}.
 */
export function withStep(steps: readonly Step[], step: Step): Step[] {
  const at = steps.findLastIndex((known) => known.index <= step.index)
  const known = steps[at]
  if (known?.index === step.index) return known.recorded && !step.recorded ? [...steps] : steps.with(at, step)
  return steps.toSpliced(at + 1, 0, step).slice(-KEPT_STEPS)
}

export const isSettling = (step: Step): boolean => step.quality.reasons.includes('settling')

/** Whether it counts for mean, SD and rail. Settling alone does not leave it out: then everything shown is provisional. */
export const isUsable = (step: Step): boolean =>
  step.quality.ok || step.quality.reasons.every((reason) => reason === 'settling')
