import { CLEAN, type ImuErrors, imperfectPods } from '../../firmware/virtual/imperfect.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { placeOf, type Segment, type Side } from '../../shared/places.ts'
import type { LegSource, TrueStride } from './captured-runners.ts'

/** One leg of a simulated runner, sampled in memory; accelerometers reach ±32 g. */
export function simulatedLeg(
  leg: Side,
  options: { name: string; seed: number; seconds?: number; rateHz?: number; errors?: ImuErrors },
): LegSource {
  const { name, seed, seconds = 20, rateHz = 416, errors = CLEAN } = options
  const runner = createRunner({ name, seed })
  const pods = imperfectPods(runner, errors)
  const sample = new Float64Array(6)
  const rows = (segment: Segment, phase: number): Float64Array => {
    const count = Math.floor(seconds * rateHz)
    const out = new Float64Array(7 * count)
    for (let k = 0; k < count; k++) {
      const timeS = (k + phase) / rateHz
      pods[placeOf(leg, segment)].sampleAt(timeS, sample)
      out[7 * k] = timeS
      out.set(sample, 7 * k + 1)
    }
    return out
  }
  return {
    leg,
    strides: runner.truth(seconds).strides.filter((s) => s.leg === leg) as unknown as TrueStride[],
    rows: { shoe: rows('shoe', 0.2), shin: rows('shin', 0.7) },
    limit: 32 * 9.80665,
  }
}
