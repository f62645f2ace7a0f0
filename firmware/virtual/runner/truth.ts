import { DEG } from '../../../shared/imu.ts'
import { type Place, SIDES, type Side } from '../../../shared/places.ts'
import { type AngleMetrics, angleMetrics } from './angle-metrics.ts'
import { type Impact, impact } from './impact.ts'
import type { Leg } from './leg.ts'
import type { Pace } from './pace.ts'
import type { RunnerParameters } from './parameters.ts'
import type { WornPod } from './pod.ts'
import { type PushOff, pushOff } from './push-off.ts'

/** The truth's own rate: nothing in it depends on how the pods were sampled. */
export const TRUTH_HZ = 4000
/** Foot flat and heel rise are 2° from the pitch of mid-stance; mid-stance is taken at 40 % of stance. */
const FLAT_WITHIN_DEG = 2
const MID_STANCE = 0.4

export interface TruthEvent {
  leg: Side
  kind: 'initial-contact' | 'foot-flat' | 'heel-rise' | 'toe-off'
  timeS: number
}

export interface TruthStride extends AngleMetrics, Impact, PushOff {
  leg: Side
  icS: number
  toS: number
  nextIcS: number
  contactTimeMs: number
  swingTimeMs: number
  flightTimeMs: number
  strideTimeMs: number
  stepTimeMs: number
  dutyFactor: number
  cadenceSpm: number
  speedMPerS: number
  strideLengthM: number
  strikeAngleDeg: number
  strikeType: 'rearfoot' | 'midfoot' | 'forefoot'
  footProgressionDeg: number
  eversionCurveDeg: number[]
  tibialRotationCurveDeg: number[]
  dorsiflexionCurveDeg: number[]
}

/** What of a runner the truth is read from. */
interface Watched {
  readonly parameters: RunnerParameters
  readonly pace: Pace
  readonly legs: Record<Side, Leg>
  readonly pods: Record<Place, WornPod>
}

/** Same shape as the truth beside recorded sessions. */
export interface Truth {
  source: string
  /** `null` when it was now this, now that. */
  activity: 'running' | 'walking' | 'standing' | null
  lagUnknown: false
  span: { fromS: number; toS: number }
  /** Of the beginning; `null` when the runner did not stand. */
  standing: { fromS: number; toS: number } | null
  /** Stopping, standing and starting within the span. */
  exclude: { fromS: number; toS: number }[]
  /** `null` when it changed, or nobody ran. */
  treadmillSpeedMPerS: number | null
  tibialFilter: string
  parameters: RunnerParameters
  events: TruthEvent[]
  strides: TruthStride[]
}

/** What really happened while the runner was wholly under way, up to `untilS`. Nothing else is told. */
export function truth(runner: Watched, untilS: number): Truth {
  const { parameters: p, pace } = runner
  const full = pace.full
    .filter((f) => f.fromS < untilS)
    .map((f) => ({ fromS: f.fromS, toS: Math.min(f.toS, untilS) }))
  const span = { fromS: full[0]?.fromS ?? 0, toS: full.at(-1)?.toS ?? untilS }
  const within = (fromS: number, toS = fromS): boolean => full.some((f) => f.fromS <= fromS && toS <= f.toS)
  const events: TruthEvent[] = []
  const strides: TruthStride[] = []
  const tell = (leg: Side, kind: TruthEvent['kind'], timeS: number): void => {
    if (within(timeS)) events.push({ leg, kind, timeS })
  }
  for (const side of full.length > 0 ? SIDES : []) {
    const leg = runner.legs[side]
    for (let index = leg.indexAt(span.fromS); ; index++) {
      const { parameters: s, nextIcS } = leg.strideOf(index)
      if (s.icS > span.toS) break
      if (!within(s.icS) && !within(s.toS)) continue
      const stance = new Stance(leg, s.icS, s.toS)
      tell(side, 'initial-contact', s.icS)
      tell(side, 'foot-flat', stance.flatS)
      tell(side, 'heel-rise', stance.riseS)
      tell(side, 'toe-off', s.toS)
      if (within(s.icS, nextIcS)) strides.push(describe(runner, side, stance, nextIcS))
    }
  }
  const going = p.bouts.filter((bout) => bout.speedMPerS > 0)
  const speeds = new Set(going.map((bout) => bout.speedMPerS))
  const activities = new Set(going.map((bout) => pace.activityAt(bout.speedMPerS)))
  return {
    source: `simulated runner "${p.name}", seed ${p.seed}`,
    activity: going.length === 0 ? 'standing' : activities.size > 1 ? null : [...activities][0]!,
    lagUnknown: false,
    span,
    standing: standingOf(Math.min(pace.startS, untilS)),
    exclude: full.slice(1).map((f, i) => ({ fromS: full[i]!.toS, toS: f.fromS })),
    treadmillSpeedMPerS: speeds.size === 1 ? [...speeds][0]! : null,
    tibialFilter: 'second-order Butterworth both ways, together fourth order, -3 dB at 60 Hz, at 4 kHz',
    parameters: p,
    events: events.sort((a, b) => a.timeS - b.timeS),
    strides: strides.sort((a, b) => a.icS - b.icS),
  }
}

const standingOf = (untilS: number): Truth['standing'] =>
  untilS > 0 ? { fromS: Math.min(0.5, 0.1 * untilS), toS: untilS - 0.1 } : null

/** One stance, looked at 4000 times a second. */
class Stance {
  readonly icS: number
  readonly toS: number
  readonly flatS: number
  readonly riseS: number
  readonly eversion: Float64Array
  readonly tibialRotation: Float64Array
  readonly dorsiflexion: Float64Array
  readonly strikeDeg: number
  readonly progressionDeg: number
  readonly #leg: Leg

  constructor(leg: Leg, icS: number, toS: number) {
    this.#leg = leg
    this.icS = icS
    this.toS = toS
    const n = Math.ceil((toS - icS) * TRUTH_HZ) + 1
    this.eversion = new Float64Array(n)
    this.tibialRotation = new Float64Array(n)
    this.dorsiflexion = new Float64Array(n)
    const pitch = new Float64Array(n)
    const heading = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      const angles = leg.anglesAt(this.#time(i, n))
      this.eversion[i] = angles.eversion / DEG
      this.tibialRotation[i] = angles.tibialRotation / DEG
      this.dorsiflexion[i] = angles.dorsiflexion / DEG
      pitch[i] = leg.pitch[0]! / DEG
      heading[i] = leg.toeOut() / DEG
    }
    const middle = Math.round(MID_STANCE * (n - 1))
    let flat = 0
    while (Math.abs(pitch[flat]! - pitch[middle]!) > FLAT_WITHIN_DEG) flat++
    let rise = middle
    while (rise < n - 1 && pitch[rise]! > pitch[middle]! - FLAT_WITHIN_DEG) rise++
    this.flatS = this.#time(flat, n)
    this.riseS = this.#time(rise, n)
    this.strikeDeg = pitch[0]!
    const over = heading.subarray(flat, rise + 1)
    this.progressionDeg = over.reduce((sum, v) => sum + v, 0) / over.length
  }

  #time(i: number, n: number): number {
    // the very last instant belongs to the stance
    return Math.min(this.icS + ((this.toS - this.icS) * i) / (n - 1), this.toS - 1e-9)
  }

  /** 101 points over the stance. */
  curve(of: 'eversion' | 'tibialRotation' | 'dorsiflexion'): number[] {
    return Array.from({ length: 101 }, (_, i) => {
      const t = Math.min(this.icS + ((this.toS - this.icS) * i) / 100, this.toS - 1e-9)
      return this.#leg.anglesAt(t)[of] / DEG
    })
  }
}

function describe(runner: Watched, side: Side, stance: Stance, nextIcS: number): TruthStride {
  const { icS, toS } = stance
  const other = runner.legs[side === 'left' ? 'right' : 'left']
  const otherIcS = other.strideOf(other.indexAt(icS) + 1).parameters.icS
  const strideTimeMs = 1000 * (nextIcS - icS)
  const contactTimeMs = 1000 * (toS - icS)
  const stepTimeMs = 1000 * (otherIcS - icS)
  const beltM = runner.pace.travel(nextIcS) - runner.pace.travel(icS)
  const leg = runner.legs[side]
  const startM = leg.forwardAt(icS)
  const strideLengthM = beltM + leg.forwardAt(nextIcS) - startM
  return {
    leg: side,
    icS,
    toS,
    nextIcS,
    contactTimeMs,
    swingTimeMs: strideTimeMs - contactTimeMs,
    flightTimeMs: 1000 * (otherIcS - toS),
    strideTimeMs,
    stepTimeMs,
    dutyFactor: contactTimeMs / strideTimeMs,
    cadenceSpm: 60e3 / stepTimeMs,
    speedMPerS: beltM / (nextIcS - icS),
    strideLengthM,
    strikeAngleDeg: stance.strikeDeg,
    strikeType: stance.strikeDeg > 8 ? 'rearfoot' : stance.strikeDeg < -1.6 ? 'forefoot' : 'midfoot',
    footProgressionDeg: stance.progressionDeg,
    ...angleMetrics({
      contactTimeMs,
      eversion: stance.eversion,
      tibialRotation: stance.tibialRotation,
      dorsiflexion: stance.dorsiflexion,
    }),
    ...pushOff(leg, runner.pods[`${side}-shoe`], stance, nextIcS),
    ...impact(leg, runner.pods[`${side}-shin`], runner.pods[`${side}-shoe`], icS, toS),
    eversionCurveDeg: stance.curve('eversion'),
    tibialRotationCurveDeg: stance.curve('tibialRotation'),
    dorsiflexionCurveDeg: stance.curve('dorsiflexion'),
  }
}
