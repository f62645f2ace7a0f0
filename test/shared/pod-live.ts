import type { PodLive } from '../../host/session/feed.ts'
import type { Place } from '../../shared/places.ts'

/** A pod with which nothing is wrong and of which little is known. */
export const podLive = (place: Place, more: Partial<PodLive> = {}): PodLive => ({
  place,
  id: place,
  streaming: true,
  rateHz: 416,
  nominalRateHz: 416,
  lossPct: 0,
  lostSamples: 0,
  refilledSamples: 0,
  batteryPct: null,
  signalDbm: null,
  clockErrorMs: null,
  clippedSamples: 0,
  alignment: null,
  problem: null,
  ...more,
})
