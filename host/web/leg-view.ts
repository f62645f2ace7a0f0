import type { Stretch } from '../metrics/detectable.ts'
import type { CurveName, Phase, StrideMetric } from '../server/messages.ts'
import { type Band, band, type MeanSd, meanSd, rootMeanSquare } from './statistics.ts'
import { isClipped, isSettling, isUsable, type Step } from './steps.ts'

export interface PhaseView {
  name: Phase['name']
  startPct: number
  endPct: number
  eversionDeg: number | null
  tibialRotationDeg: number | null
}

/** What the panel of one leg shows of its last `n` steps. */
export interface LegView {
  /** Oldest first. */
  steps: Step[]
  /** Those that count. */
  usable: Step[]
  last: Step | null
  settling: boolean
  /** Mean and SD of the curves that are asked for. */
  bands: Partial<Record<CurveName, Band | null>>
  phases: PhaseView[] | null
  footFlatPct: number | null
  heelRisePct: number | null
}

/** `tibialRotationDeg` is given from contact, whatever its own zero (heading carries no absolute truth). */
export function stanceCurve(step: Step, name: CurveName): number[] | null {
  const curve = step.curves[name]
  const start = curve?.[0]
  if (!curve || start === undefined) return null
  return name === 'tibialRotationDeg' && start !== 0 ? curve.map((value) => value - start) : curve
}

const curvesOf = (steps: readonly Step[], name: CurveName): number[][] =>
  steps.map((step) => stanceCurve(step, name)).filter((curve) => curve !== null)

/** Peaks that a sensor at its limit would make too small. */
const SHIN_PEAKS: readonly StrideMetric[] = ['peakTibialAxialG', 'peakTibialResultantG', 'tibialRateGPerS']

/** Mean ± SD over steps; a clipped peak is left out. */
export function metric(steps: readonly Step[], name: StrideMetric): MeanSd | null {
  const counted = SHIN_PEAKS.includes(name) ? steps.filter((step) => !isClipped(step, 'shin')) : steps
  return meanSd(counted.map((step) => step.metrics[name]))
}

/** A metric over some strides of a leg. */
export interface Summary extends Stretch {
  mean: number
}

/**
 * A metric over steps as the host would sum them up: what all strides of a leg share does not average out, their scatter does.
 * `uncertainty` is that of the mean, 1 SD.
 */
export function summary(steps: readonly Step[], name: StrideMetric): Summary | null {
  const all = metric(steps, name)
  if (all === null) return null
  const sd = all.sd ?? 0
  const shared = rootMeanSquare(steps.map((step) => step.uncertainty[name]))
  const uncertainty = shared === null ? null : Math.hypot(shared, sd / Math.sqrt(all.n))
  return { mean: all.mean, sd, n: all.n, uncertainty }
}

const percentOfStance = (step: Step, timeS: number | null): number | null =>
  timeS === null ? null : (100 * (timeS - step.icS)) / (step.toS - step.icS)

function meanPhases(steps: readonly Step[]): PhaseView[] | null {
  const known = steps.map((step) => step.phases).filter((phases) => phases !== null)
  const mean = (i: number, pick: (phase: Phase) => number | null): number | null =>
    meanSd(known.map((phases) => (phases[i] ? pick(phases[i]) : null)))?.mean ?? null
  return (
    known.at(-1)?.map((phase, i) => ({
      name: phase.name,
      startPct: mean(i, (p) => p.startPct) ?? phase.startPct,
      endPct: mean(i, (p) => p.endPct) ?? phase.endPct,
      eversionDeg: mean(i, (p) => p.eversionDeg),
      tibialRotationDeg: mean(i, (p) => p.tibialRotationDeg),
    })) ?? null
  )
}

export function legView(all: readonly Step[], n: number, curves: readonly CurveName[]): LegView {
  const steps = all.slice(-n)
  const usable = steps.filter(isUsable)
  const last = steps.at(-1) ?? null
  return {
    steps,
    usable,
    last,
    settling: last !== null && isSettling(last),
    bands: Object.fromEntries(curves.map((name) => [name, band(curvesOf(usable, name))])),
    phases: meanPhases(usable),
    footFlatPct: meanSd(usable.map((step) => percentOfStance(step, step.footFlatS)))?.mean ?? null,
    heelRisePct: meanSd(usable.map((step) => percentOfStance(step, step.heelRiseS)))?.mean ?? null,
  }
}

export interface Range {
  min: number
  max: number
}

/** Widens a range in steps of 5 until it holds a mean curve; never narrows it, so that shapes stay comparable by eye. */
export function widen(range: Range, mean: readonly number[] | undefined): Range {
  if (!mean) return range
  let { min, max } = range
  for (const value of mean) {
    while (value < min) min -= 5
    while (value > max) max += 5
  }
  return min === range.min && max === range.max ? range : { min, max }
}

/** Opacity of a step `age` places behind the last of `count`: 0.06 → 0.40 with the square of recency. */
export const fading = (place: number, count: number): number => 0.06 + 0.34 * ((place + 1) / count) ** 2
