import type { Place } from '../../shared/places.ts'
import type { GaitEvent } from '../gait/events.ts'
import type { AnalysisDocument, LiveStance, PodReport, Stride } from './document.ts'
import type { SessionInfo } from './session-info.ts'

/** Where results go as they become known, in the order of the data. */
export interface AnalysisSink {
  event?(event: GaitEvent): void
  stance?(stance: LiveStance): void
  stride?(stride: Stride): void
  note?(timeS: number, text: string): void
}

/**
 * The one composition: frames in, events, stances, strides and a document out.
 */
export class Analysis {
  readonly info: SessionInfo
  readonly sink: AnalysisSink

  constructor(info: SessionInfo, sink: AnalysisSink) {
    this.info = info
    this.sink = sink
  }

  /** Takes one whole, verified frame with its arrival in session time. The bytes are not kept. */
  push(frame: Uint8Array, arrivalS: number): void {
    throw new Error(`not built yet: ${frame.length} ${arrivalS}`)
  }

  /** Nothing more will come: emits what was held back. */
  end(): void {}

  /** Each pod so far. */
  pods(): Partial<Record<Place, PodReport>> {
    return {}
  }

  document(): AnalysisDocument {
    throw new Error('not built yet')
  }
}
