import type { Place, Side } from '../../shared/places.ts'
import type { Mark, SessionSegment } from './feed.ts'

/** One stride as the overview strip draws it. */
export interface OverviewStride {
  leg: Side
  icS: number
  toS: number
  cadenceSpm: number | null
  peakEversionPct: number | null
  peakTibialAxialG: number | null
  ok: boolean
}

/** Samples of one pod that are not there. */
export interface Gap {
  place: Place
  fromS: number
  toS: number
  /** `wire`: lost on the way; `pod`: the pod had to give them up; `silent`: nothing came for a second or longer. */
  cause: 'wire' | 'pod' | 'silent'
}

/** `GET /api/recordings/NAME/overview` */
export interface Overview {
  durationS: number
  strides: OverviewStride[]
  marks: Mark[]
  gaps: Gap[]
  segments: SessionSegment[]
}
