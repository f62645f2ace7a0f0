import type { Place } from '../../shared/places.ts'

/** What an IMU fixed to a moving segment would feel, exactly and at any time. */
export interface WornImu {
  /** Writes ax ay az gx gy gz at `timeS`: specific force m/s², angular rate rad/s, pod axes. Pure; any order of times. */
  sampleAt(timeS: number, out: Float64Array): void
}

export type WornPods = Record<Place, WornImu>
