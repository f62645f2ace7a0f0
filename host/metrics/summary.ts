import { SIDES, type Side } from '../../shared/places.ts'
import {
  type AnalysisDocument,
  type LegSummary,
  type MetricSummary,
  type Onset,
  STRIDE_METRICS,
  type Stride,
  type StrideMetric,
} from '../analysis/document.ts'
import { leastChange } from './detectable.ts'
import { LoadCount } from './intensity.ts'
import { Moments } from './moments.ts'
import { OnsetFinder } from './onset.ts'
import { PhaseCourse } from './phase-course.ts'
import { type MetricsSettings, metricsDefaults } from './settings.ts'
import { leftRight, symmetryIndex } from './symmetry.ts'

/** One metric of one leg over the session. */
export class MetricCourse {
  readonly moments = new Moments()
  readonly onset = new OnsetFinder()
  private uncertainty2 = 0
  private stated = 0

  add(value: number, timeS: number, uncertainty: number | undefined): void {
    this.moments.add(value, timeS)
    this.onset.add(value, timeS)
    if (uncertainty === undefined) return
    this.stated++
    this.uncertainty2 += (uncertainty * uncertainty - this.uncertainty2) / this.stated
  }

  summary(metric: StrideMetric): MetricSummary {
    const { mean, sd, n } = this.moments
    return {
      mean,
      sd,
      cvPct: NO_TRUE_ZERO.has(metric) || mean <= 0 ? null : (100 * sd) / mean,
      // what all strides of a leg share does not average out; their scatter does
      uncertainty: this.stated === 0 ? null : Math.hypot(Math.sqrt(this.uncertainty2), sd / Math.sqrt(n)),
      n,
    }
  }
}

/** Angles, shares of stance and differences do not count from a true zero: a spread in % of their mean says nothing. */
const NO_TRUE_ZERO: ReadonlySet<StrideMetric> = new Set<StrideMetric>([
  'flightTimeMs',
  'strikeAngleDeg',
  'footProgressionDeg',
  'heelRisePct',
  'toeOffAngleDeg',
  'eversionAtContactDeg',
  'peakEversionDeg',
  'peakEversionPct',
  'peakEversionVelocityPct',
  'evertedPct',
  'peakTibialRotationPct',
  'couplingLagPct',
  'couplingAngleDeg',
  'peakDorsiflexionDeg',
  'peakDorsiflexionPct',
  'attenuationDb',
])

interface LegCourse {
  strides: number
  metrics: Map<StrideMetric, MetricCourse>
  load: LoadCount
  phases: PhaseCourse
}

/** A session in a few numbers. Memory does not grow with it. Strides whose quality is not ok are left out. */
export class SessionSummary {
  private readonly legs: Record<Side, LegCourse>

  constructor(settings: MetricsSettings = metricsDefaults) {
    const leg = (): LegCourse => ({
      strides: 0,
      metrics: new Map(),
      load: new LoadCount(settings),
      phases: new PhaseCourse(),
    })
    this.legs = { left: leg(), right: leg() }
  }

  add(stride: Stride): void {
    if (!stride.quality.ok) return
    const leg = this.legs[stride.leg]
    leg.strides++
    if (stride.peakTibialAxialG !== null) leg.load.add(stride.peakTibialAxialG)
    if (stride.phases !== null) leg.phases.add(stride.phases, stride.icS)
    for (const name of STRIDE_METRICS) {
      const value = stride[name]
      if (value === null) continue
      let course = leg.metrics.get(name)
      if (course === undefined) {
        course = new MetricCourse()
        leg.metrics.set(name, course)
      }
      course.add(
        name === 'couplingAngleDeg' ? nearOnCircle(value, course.moments) : value,
        stride.icS,
        stride.uncertainty[name],
      )
    }
  }

  result(): AnalysisDocument['summary'] {
    const out: AnalysisDocument['summary'] = {
      left: this.leg('left'),
      right: this.leg('right'),
      symmetryPct: {},
      leftRight: {},
      drift: {},
      onset: {},
    }
    for (const name of STRIDE_METRICS) {
      const left = out.left[name]
      const right = out.right[name]
      if (left === undefined || right === undefined) continue
      const index = symmetryIndex(left.mean, right.mean)
      if (index !== null) out.symmetryPct[name] = index
      out.leftRight[name] = leftRight(name, left, right)
    }
    for (const side of SIDES) {
      const drift: Partial<Record<StrideMetric, number>> = {}
      const onset: Partial<Record<StrideMetric, Onset>> = {}
      for (const [name, course] of this.legs[side].metrics) {
        const slope = course.moments.slopePerMinute
        if (slope !== null) drift[name] = slope
        const found = course.onset.find()
        if (found !== null && Math.abs(found.change) > leastChange(name)) onset[name] = found
      }
      out.drift[side] = drift
      out.onset[side] = onset
    }
    return out
  }

  private leg(side: Side): LegSummary {
    const { strides, metrics, load, phases } = this.legs[side]
    const struck = metrics.has('peakTibialAxialG')
    const of = (name: StrideMetric) => metrics.get(name)?.summary(name)
    const speed = of('speedMPerS')
    const down = of('dutyFactor')
    const pace = {
      activity: down === undefined ? null : down.mean > 0.5 ? 'walking' : 'running',
      speedMPerS: speed?.mean ?? null,
    }
    const out: LegSummary = {
      strides,
      cumulativeLoad: struck ? load.cumulative : null,
      intensity: struck ? { ...load.bands } : null,
      phases: phases.summary(pace, {
        eversionDeg: of('eversionExcursionDeg')?.uncertainty ?? 0,
        tibialRotationDeg: of('tibialRotationExcursionDeg')?.uncertainty ?? 0,
      }),
    }
    for (const [name, course] of metrics) out[name] = course.summary(name)
    return out
  }
}

/** The direction within half a turn of the mean so far: on the circle −179° and 179° are neighbours. */
export const nearOnCircle = (angleDeg: number, { n, mean }: Moments): number =>
  n === 0 ? angleDeg : angleDeg - 360 * Math.round((angleDeg - mean) / 360)
