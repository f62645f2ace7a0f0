import type { Alert, Mark, Place } from '../server/messages.ts'

/** Samples of one pod that are not there. */
export interface Missing {
  place: Place
  fromS: number
  toS: number
}

/**
 * Where samples are missing: those that the host gave up, and those of a pod that is silent now, which may still come. Pure.
 * @param nowS session time
 */
export function missing(marks: readonly Mark[], alerts: readonly Alert[], nowS: number | null): Missing[] {
  const lost = marks.flatMap(({ gap }): Missing[] =>
    gap?.place ? [{ place: gap.place, fromS: gap.fromS, toS: gap.toS }] : [],
  )
  const silent = alerts.flatMap(({ code, place, fromS, values }): Missing[] =>
    code === 'pod-silent' && place !== undefined && nowS !== null
      ? [{ place, fromS: fromS - (values.silentS ?? 0), toS: nowS }]
      : [],
  )
  return [...lost, ...silent]
}
