import { placeOf } from '../../shared/places.ts'
import type {
  Curves,
  LiveStance,
  Phase,
  Quality,
  Segment,
  Side,
  Stride,
  StrideMetric,
} from '../server/messages.ts'

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
  /** How a live stance came here; `null` of a record. */
  told: Told | null
}

export interface Told {
  /** Session time at which its last sample reached the host, s. */
  arrivedS: number | undefined
  /** When the page had it, by the page's clock. */
  receivedMs: number
}

export const stepOfStance = (stance: LiveStance, told: Told | null = null): Step => ({
  ...stance,
  told,
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
  told: null,
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

/** Reasons that speak against the numbers themselves; the others (no shin pod, no standing period) only say what is missing. */
const AGAINST = /^(gap|clipped|up is not known)/

/**
 * Whether it counts for mean, SD and rail. A live stance is not judged yet: what speaks against it leaves it out. Settling
 * alone does not: then everything shown is provisional.
 */
export function isUsable(step: Step): boolean {
  if (step.quality.ok) return true
  return (!step.recorded || isSettling(step)) && !step.quality.reasons.some((reason) => AGAINST.test(reason))
}

/** Whether the sensor's limit was reached, so that a peak is only known to be at least this much. */
export const isClipped = (step: Step, segment: Segment): boolean =>
  step.quality.reasons.includes(`clipped: ${placeOf(step.leg, segment)}`)
