import { contactModel, leavingModel, pushModel } from './offset-models.ts'

/**
 * From landmark to event. Each is a constant, corrected for running by a linear model of what was seen (`features.ts`), and never by
 * more than a limit: outside the runners it was fitted on a model may be wrong, but not by more than that.
 */
export const CONTACT_LEAD_S = 0.011
export const TOE_OFF_LAG_S = 0.032
const LIMIT_S = 0.015
/** The push-off lies 18 ms after toe-off to 78 ms before it on the runners fitted: what bounds must not cut them. */
const PUSH_LIMIT_S = 0.045

/** The second look at a toe-off moves it by no more than this, s. */
const LEAVING_LIMIT_S = 0.02

/** Walking: contact lies this far behind the falling rate's passage, toe-off this far before the push-off's end, s. */
export const walkContactLagS = 0.005
export const pastPushLeadS = 0.002

/** Shin: contact lies this far behind the zero crossing, toe-off this far before the passage that shows it, running and walking, s. */
export const shinContactLagS = 0.033
export const shinToeOffLeadS = 0.008
export const shinWalkToeOffLeadS = 0.06

/** @param model ms: intercept, then one coefficient a feature */
function corrected(
  constantS: number,
  model: readonly number[],
  features: Float64Array,
  limitS: number,
): number {
  let ms = model[0]!
  for (let i = 0; i < features.length; i++) ms += model[i + 1]! * features[i]!
  return Math.max(constantS - limitS, Math.min(constantS + limitS, ms / 1000))
}

/** Contact lies this far before the landing's lowest rate, s. */
export function contactLeadS(features: Float64Array): number {
  return corrected(CONTACT_LEAD_S, contactModel, features, LIMIT_S)
}

/** Toe-off lies about this far behind the push-off, s. */
export function toeOffLagS(features: Float64Array): number {
  return corrected(TOE_OFF_LAG_S, pushModel, features, PUSH_LIMIT_S)
}

/** … and this far behind that estimate, s. */
export function leavingLagS(features: Float64Array): number {
  return corrected(0, leavingModel, features, LEAVING_LIMIT_S)
}
