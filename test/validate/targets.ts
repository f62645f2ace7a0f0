import type { HeldTo } from './groups.ts'
import type { ScoredCurve, ScoredKind, ScoredMetric, SplitMetric } from './score.ts'
import type { GroupSummary } from './summary.ts'

/** One figure a group is held to: how it is read, and the most it may be. */
export interface Target {
  says: string
  unit: string
  of: (group: GroupSummary) => number | null | undefined
  most: Partial<Record<HeldTo, number>>
}

export interface Held {
  says: string
  unit: string
  value: number
  most: number
  met: boolean
}

type Metric = ScoredMetric | SplitMetric
const rmsOf =
  (metric: Metric) =>
  (g: GroupSummary): number | undefined =>
    g.metrics[metric]?.rms
const shapeOf =
  (curve: ScoredCurve) =>
  (g: GroupSummary): number | undefined =>
    g.curves[curve]?.meanShape

const simulated = (clean: number, hard: number): Target['most'] => ({ clean, hard })
const withPeople = (clean: number, hard: number, captured: number): Target['most'] => ({
  clean,
  hard,
  captured,
})
const announced = (running: number, walking: number): Target['most'] => ({
  clean: running,
  hard: running,
  captured: running,
  'treadmill running': running,
  'treadmill walking': walking,
  'other walking': walking,
})

const missedPct = ({ events }: GroupSummary): number | null => {
  const { truth, missed, extra } = events['initial-contact']
  return truth > 0 ? (100 * (missed + extra)) / truth : null
}
const bias =
  (kind: ScoredKind) =>
  ({ events }: GroupSummary): number | null =>
    events[kind].errorMs && Math.abs(events[kind].errorMs.bias)
const worst =
  (kind: ScoredKind) =>
  ({ events }: GroupSummary): number | null =>
    events[kind].errorMs && Math.abs(events[kind].errorMs.worstBias)
const within =
  (kind: ScoredKind) =>
  ({ events }: GroupSummary): number | undefined =>
    events[kind].errorMs?.sdWithin
const delay =
  (kind: ScoredKind) =>
  ({ events }: GroupSummary): number | null =>
    events[kind].announceP95Ms

/** What Footfall is held to. Per stride, RMS unless said. */
export const TARGETS: readonly Target[] = [
  {
    says: 'strides missed and extra',
    unit: '%',
    of: missedPct,
    most: {
      clean: 0,
      hard: 0.2,
      captured: 0,
      'treadmill running': 1,
      'treadmill walking': 2,
      'other walking': 6,
    },
  },
  { says: 'IC bias', unit: 'ms', of: bias('initial-contact'), most: withPeople(5, 6, 6) },
  {
    says: 'IC SD within a trial',
    unit: 'ms',
    of: within('initial-contact'),
    most: { ...withPeople(4, 5, 4), 'treadmill running': 5, 'treadmill walking': 20, 'other walking': 20 },
  },
  { says: "IC worst trial's bias", unit: 'ms', of: worst('initial-contact'), most: { captured: 18 } },
  { says: 'TO bias', unit: 'ms', of: bias('toe-off'), most: withPeople(6, 7, 6) },
  {
    says: 'TO SD within a trial',
    unit: 'ms',
    of: within('toe-off'),
    most: { ...withPeople(4, 5, 6), 'treadmill running': 8, 'treadmill walking': 20, 'other walking': 20 },
  },
  { says: "TO worst trial's bias", unit: 'ms', of: worst('toe-off'), most: { captured: 15 } },
  { says: 'IC announced, p95', unit: 'ms', of: delay('initial-contact'), most: announced(50, 80) },
  { says: 'TO announced, p95', unit: 'ms', of: delay('toe-off'), most: announced(30, 80) },
  { says: 'contact time', unit: 'ms', of: rmsOf('contactTimeMs'), most: withPeople(8, 10, 12) },
  {
    says: 'contact time SD within a trial',
    unit: 'ms',
    of: (g) => g.metrics.contactTimeMs?.sdWithin,
    most: { 'treadmill running': 8 },
  },
  { says: 'peak eversion', unit: '°', of: rmsOf('peakEversionDeg'), most: withPeople(0.5, 1, 2) },
  {
    says: 'time of peak eversion',
    unit: '% stance',
    of: rmsOf('peakEversionPct'),
    most: withPeople(1.5, 4, 6),
  },
  { says: 'eversion excursion', unit: '°', of: rmsOf('eversionExcursionDeg'), most: withPeople(0.5, 1, 2) },
  { says: 'eversion curve', unit: '°', of: (g) => g.curves.eversion?.meanRms, most: withPeople(0.7, 1.2, 2) },
  { says: 'eversion curve, shape', unit: '°', of: shapeOf('eversion'), most: { captured: 1.5 } },
  {
    says: 'peak eversion velocity',
    unit: '°/s',
    of: rmsOf('peakEversionVelocityDegPerS'),
    most: withPeople(15, 50, 50),
  },
  {
    says: 'tibial rotation excursion',
    unit: '°',
    of: rmsOf('tibialRotationExcursionDeg'),
    most: withPeople(0.8, 1.2, 1.2),
  },
  {
    says: 'time of peak tibial rotation',
    unit: '% stance',
    of: rmsOf('peakTibialRotationPct'),
    most: withPeople(2, 5, 4),
  },
  {
    says: 'time of peak tibial rotation, excursion below 6°',
    unit: '% stance',
    of: rmsOf('peakTibialRotationSmallPct'),
    most: simulated(4, 5),
  },
  { says: 'tibial rotation curve, shape', unit: '°', of: shapeOf('tibialRotation'), most: { captured: 1.5 } },
  { says: 'peak dorsiflexion', unit: '°', of: rmsOf('peakDorsiflexionDeg'), most: withPeople(1.3, 1.8, 2) },
  { says: 'strike angle', unit: '°', of: rmsOf('strikeAngleDeg'), most: withPeople(1.5, 1.8, 2.5) },
  {
    says: 'peak tibial acceleration, axial',
    unit: 'g',
    of: rmsOf('peakTibialAxialG'),
    most: simulated(0.2, 0.3),
  },
  {
    says: 'stride length, belt speed known',
    unit: '%',
    of: rmsOf('strideLengthM'),
    most: { ...withPeople(0.5, 0.5, 1), 'treadmill running': 1 },
  },
  {
    says: 'stride length, belt speed withheld',
    unit: '%',
    of: rmsOf('strideLengthWithheldM'),
    most: { ...withPeople(3, 4, 4), 'treadmill running': 5 },
  },
  {
    says: 'errors beyond twice the stated uncertainty',
    unit: '%',
    of: (g) => g.beyondPct,
    most: simulated(5, 7),
  },
]

/** The figures of a group that have a target. */
export function hold(group: GroupSummary): Held[] {
  return TARGETS.flatMap(({ says, unit, of, most }): Held[] => {
    const value = of(group)
    const limit = most[group.heldTo]
    if (typeof value !== 'number' || limit === undefined) return []
    return [{ says, unit, value, most: limit, met: value <= limit }]
  })
}
