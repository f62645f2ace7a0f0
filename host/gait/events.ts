import type { Side } from '../../shared/places.ts'

/** Definitions in `docs/measure.md`. Every kind is emitted once and never revised. */
export type EventKind = 'initial-contact' | 'foot-flat' | 'heel-rise' | 'toe-off' | 'mid-swing'

export interface GaitEvent {
  leg: Side
  kind: EventKind
  /** Session time at which it happened. */
  timeS: number
  /** Session time of the sample with which it became known. */
  announcedS: number
  /** 0…1. */
  confidence: number
  /** Found by the shin pod alone: earlier or later than a shoe's by up to 15 ms. */
  fallback?: true
}

/** What one leg is doing, from its own rhythm. */
export type Activity = 'still' | 'walking' | 'running' | 'unknown'

/**
 * One foot from initial contact to its next. `null` for an event that was not seen. Built when the next initial contact is
 * announced; `index` counts from 0 per leg.
 */
export interface StrideEvents {
  leg: Side
  index: number
  icS: number
  footFlatS: number | null
  heelRiseS: number | null
  toS: number
  midSwingS: number | null
  nextIcS: number
  confidence: number
}
