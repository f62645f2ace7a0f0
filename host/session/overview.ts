import type { GapCause, Gap as LostSamples } from '../link/hole.ts'
import type { FeedMessage, Gap, Mark, Overview, OverviewStride, SessionSegment } from './feed.ts'

const CAUSES: Record<GapCause, Gap['cause']> = {
  unplugged: 'silent',
  'bit errors': 'wire',
  'host busy': 'wire',
  'lost on the way': 'wire',
  'pod reset': 'pod',
  'overrun in the pod': 'pod',
}

const gapOf = ({ place, fromS, toS, cause }: LostSamples): Gap[] =>
  place === null ? [] : [{ place, fromS, toS, cause: CAUSES[cause] }]

/** A whole session at a glance, out of what it tells: about 200 bytes a stride. */
export class OverviewBuilder {
  readonly #strides: OverviewStride[] = []
  readonly #marks: Mark[] = []
  readonly #segments: SessionSegment[] = []

  take(message: FeedMessage): void {
    if (message.type === 'stride') {
      const { leg, icS, toS, cadenceSpm, peakEversionPct, peakTibialAxialG, quality } = message.stride
      this.#strides.push({ leg, icS, toS, cadenceSpm, peakEversionPct, peakTibialAxialG, ok: quality.ok })
    } else if (message.type === 'mark') this.#marks.push(message.mark)
    else if (message.type === 'segment') this.#segments[message.segment.index] = message.segment
  }

  result(durationS: number): Overview {
    return {
      durationS,
      strides: this.#strides,
      marks: this.#marks.filter(({ gap }) => gap === undefined),
      gaps: this.#marks.flatMap(({ gap }) => (gap ? gapOf(gap) : [])),
      segments: this.#segments.filter((segment) => segment !== undefined),
    }
  }
}
