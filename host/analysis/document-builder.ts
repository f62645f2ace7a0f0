import type { GaitEvent } from '../gait/events.ts'
import { Analysis } from './analysis.ts'
import {
  ANALYSIS_FORMAT,
  type AnalysisDocument,
  type Landing,
  type LiveStance,
  type Stride,
} from './document.ts'
import type { BeltChange, SessionInfo } from './session-info.ts'
import type { AnalysisSink } from './sink.ts'

/**
 * Collects what an analysis gives out into `analysis/1`. What grows with the session is events and strides, about 4 kB a
 * stride; samples are not kept. Hand it another sink to be told at the same time.
 */
export class DocumentBuilder implements AnalysisSink {
  readonly events: GaitEvent[] = []
  readonly strides: Stride[] = []
  readonly notes: string[] = []
  /** There only when somebody wants them: the document has neither, and reading a stance costs as much as its stride. */
  readonly stance?: (stance: LiveStance) => void
  readonly landing?: (landing: Landing) => void
  private readonly also: AnalysisSink

  constructor(also: AnalysisSink = {}) {
    this.also = also
    if (also.stance) this.stance = (stance) => also.stance?.(stance)
    if (also.landing) this.landing = (landing) => also.landing?.(landing)
  }

  event(event: GaitEvent): void {
    this.events.push(event)
    this.also.event?.(event)
  }

  stride(stride: Stride): void {
    this.strides.push(stride)
    this.also.stride?.(stride)
  }

  note(timeS: number, text: string): void {
    this.notes.push(`${timeS.toFixed(2)} s: ${text}`)
    this.also.note?.(timeS, text)
  }

  document(analysis: Analysis): AnalysisDocument {
    const { info } = analysis
    return {
      format: ANALYSIS_FORMAT,
      software: { name: 'footfall', version: info.software },
      session: {
        id: info.id,
        activity: info.activity ?? seenActivity(this.strides),
        durationS: analysis.durationS,
        startedAt: info.startedAt,
        subject: info.subject,
        treadmill: info.treadmill,
        settings: analysis.settings as unknown as Record<string, unknown>,
        notes: this.notes,
      },
      pods: analysis.pods(),
      events: this.events,
      strides: this.strides,
      summary: analysis.summary(),
    }
  }
}

/** Running has a flight, walking has double support: a foot is down for less or more than half of its stride. */
function seenActivity(strides: readonly Stride[]): string | null {
  if (strides.length === 0) return null
  const down = strides.filter(
    (stride) => stride.toS - stride.icS > 0.5 * (stride.nextIcS - stride.icS),
  ).length
  return down > strides.length / 2 ? 'walking' : 'running'
}

/**
 * A whole session through the one composition.
 * @param told its frames as they came, and what was said of the belt between them
 * @param onProgress called with the session time reached, s
 */
export async function analyse(
  info: SessionInfo,
  told: AsyncIterable<{ bytes: Uint8Array; arrivalS: number } | BeltChange>,
  onProgress: (timeS: number) => void = () => {},
): Promise<AnalysisDocument> {
  const builder = new DocumentBuilder()
  const analysis = new Analysis(info, builder)
  let said = 0
  for await (const one of told) {
    if ('speedMPerS' in one) {
      analysis.changeBelt(one)
      continue
    }
    const { bytes, arrivalS } = one
    analysis.push(bytes, arrivalS)
    if (arrivalS >= said + 5) {
      said = arrivalS
      onProgress(arrivalS)
    }
  }
  analysis.end()
  return builder.document(analysis)
}
