import { STRIDE_METRICS, type Stride, type StrideMetric, type StrikeType } from '../analysis/document.ts'
import type { Activity, StrideEvents } from '../gait/events.ts'
import type { StanceMotion } from '../motion/stance.ts'
import type { Travel } from '../motion/travel.ts'
import { impactMetrics } from './impact.ts'
import { jointMetrics, type Numbers } from './joint.ts'
import { phasesOf, type StanceInstants } from './phases.ts'
import { pushOffMetrics } from './push-off.ts'
import type { MetricsSettings } from './settings.ts'
import { beltUncertainty, uncertaintyOf } from './uncertainty.ts'

/** What a stride's numbers need from outside its leg. */
export interface StrideContext {
  /** The other foot's next contact after this stance. */
  otherIcS: number | null
  previousOtherIcS: number | null
  /** From this stance to the next by the shoe's own motion; `null` where it was not seen to rest in both. */
  travel: Travel | null
  /** Known belt speed, m/s. */
  beltSpeedMPerS: number | null
  activity: Activity
  /** Strides the axes were known from when the stance was read, and from how many on they are as sure as they get. */
  axisStrides: number
  settleStrides: number
}

const NO_REST = 'stride length: the foot was not seen at rest before and after'

/** Every metric in the document's order, none of them known. */
const UNKNOWN = Object.fromEntries(STRIDE_METRICS.map((name) => [name, null])) as Record<
  StrideMetric,
  number | null
>

/** A walk across a room has no more; with fewer an axis may be anything. */
const LEAST_AXIS_STRIDES = 3

/** Numbers that are known at toe-off, for the live view. */
export function stanceMetrics(
  stance: StanceInstants,
  motion: StanceMotion,
  settings: MetricsSettings,
): Numbers {
  return {
    contactTimeMs: 1000 * (stance.toS - stance.icS),
    strikeAngleDeg: motion.strikeAngleDeg,
    footProgressionDeg: motion.footProgressionDeg,
    ...jointMetrics(motion),
    ...pushOffMetrics(stance, motion),
    ...impactMetrics(motion, settings),
  }
}

/** The whole record of a stride. Pure. */
export function strideMetrics(
  s: StrideEvents,
  motion: StanceMotion,
  context: StrideContext,
  settings: MetricsSettings,
): Stride {
  const { travel } = context
  const numbers: Numbers = {
    ...stanceMetrics(s, motion, settings),
    ...timing(s, context),
    strideLengthM: travel?.lengthM ?? null,
    speedMPerS: travel && travel.lengthM / (s.nextIcS - s.icS),
    footLiftM: motion.swing?.liftM ?? null,
    toeClearanceM: motion.swing?.clearanceM ?? null,
  }
  const metrics = { ...UNKNOWN, ...numbers }
  const reasons = [...motion.reasons]
  const { axisStrides, settleStrides } = context
  const aligned = axisStrides >= LEAST_AXIS_STRIDES
  if (!aligned) reasons.unshift('settling')
  else if (axisStrides < settleStrides) reasons.unshift(`few strides: axes from ${axisStrides}`)
  if (context.otherIcS === null) reasons.push('no contact of the other foot')
  if (travel === null && !reasons.includes('no shoe pod')) reasons.push(NO_REST)
  const stride: Stride = {
    ...s,
    ...metrics,
    strikeType: strikeType(motion.strikeAngleDeg, settings),
    strideLengthSource: travel && 'estimated',
    clippedSamples: motion.clippedSamples,
    phases: phasesOf(s, motion),
    uncertainty: uncertaintyOf(
      metrics,
      motion,
      travel,
      settings,
      Math.sqrt(Math.max(1, settleStrides / Math.max(1, axisStrides))),
    ),
    curves: motion.curves,
    quality: { ok: motion.sound && aligned, reasons },
  }
  return context.beltSpeedMPerS === null ? stride : onBelt(stride, context.beltSpeedMPerS)
}

function timing(s: StrideEvents, { otherIcS, previousOtherIcS }: StrideContext): Numbers {
  const strideS = s.nextIcS - s.icS
  const contactS = s.toS - s.icS
  // a step runs from one foot's contact to the other's, whichever of the two neighbours is known
  const stepS =
    otherIcS !== null ? otherIcS - s.icS : previousOtherIcS !== null ? s.icS - previousOtherIcS : null
  return {
    contactTimeMs: 1000 * contactS,
    flightTimeMs: otherIcS === null ? null : 1000 * (otherIcS - s.toS),
    swingTimeMs: 1000 * (s.nextIcS - s.toS),
    strideTimeMs: 1000 * strideS,
    stepTimeMs: stepS === null ? null : 1000 * stepS,
    dutyFactor: contactS / strideS,
    cadenceSpm: stepS === null ? 120 / strideS : 60 / stepS,
  }
}

/** The same stride when the belt's speed is known, m/s: nothing else of it hangs on the belt. */
export function onBelt(stride: Stride, speedMPerS: number): Stride {
  const numbers = { speedMPerS, strideLengthM: speedMPerS * (stride.nextIcS - stride.icS) }
  const uncertainty = { ...stride.uncertainty, ...beltUncertainty(numbers) }
  const reasons = stride.quality.reasons.filter((reason) => reason !== NO_REST)
  const quality = { ...stride.quality, reasons }
  return { ...stride, ...numbers, strideLengthSource: 'belt', uncertainty, quality }
}

function strikeType(angleDeg: number | null, settings: MetricsSettings): StrikeType | null {
  if (angleDeg === null) return null
  if (angleDeg > settings.rearfootFromDeg) return 'rearfoot'
  return angleDeg < settings.forefootBelowDeg ? 'forefoot' : 'midfoot'
}
