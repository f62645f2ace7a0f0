import * as z from 'zod'
import { STRIDE_METRICS } from '../analysis/document.ts'
import { norms } from '../metrics/norms.ts'
import { ApiError } from './errors.ts'

const query = z.strictObject({
  activity: z.string(),
  speedMPerS: z.coerce.number().positive().max(15),
  sex: z.enum(['female', 'male']).optional(),
})
const NORM_CURVES = ['eversionDeg', 'tibialRotationDeg', 'dorsiflexionDeg'] as const

/** What published people do at a speed, by the names of metrics and curves; what nobody published is not there. */
export function normsAt(asked: unknown) {
  const parsed = query.safeParse(asked)
  if (!parsed.success)
    throw new ApiError('bad-message', 'ask as /api/norms?activity=running&speedMPerS=3, with sex if known')
  const { activity, speedMPerS, sex = null } = parsed.data
  const pace = { activity, speedMPerS, sex }
  const found = <N extends string, B>(names: readonly N[], of: (name: N) => B | null) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const band = of(name)
        return band === null ? [] : [[name, band] as const]
      }),
    )
  return {
    metrics: found(STRIDE_METRICS, (name) => norms(name, pace)),
    curves: found(NORM_CURVES, (name) => norms(name, pace)),
  }
}
