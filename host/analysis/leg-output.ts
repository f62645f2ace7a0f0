import type { GaitEvent } from '../gait/events.ts'
import type { SessionSummary } from '../metrics/summary.ts'
import type { Landing, LiveStance, Stride } from './document.ts'
import { MirrorWatch } from './mirror-watch.ts'
import type { AnalysisSink } from './sink.ts'

const SWAPPED =
  'left and right look swapped (both feet roll outward after contact, where feet roll inward): check where the pods are worn'

/** What both legs give out: counted, looked at for a swap of left and right, and passed on. */
export class LegOutput {
  private readonly sink: AnalysisSink
  private readonly totals: SessionSummary
  private readonly mirror = new MirrorWatch()

  constructor(sink: AnalysisSink, totals: SessionSummary) {
    this.sink = sink
    this.totals = totals
  }

  /** Left and right look swapped. */
  get mirrored(): boolean {
    return this.mirror.mirrored
  }

  /** Reading a stance costs as much as its stride: it is done for those who ask only. */
  get wantsStances(): boolean {
    return this.sink.stance !== undefined
  }

  get wantsLandings(): boolean {
    return this.sink.landing !== undefined
  }

  landing(landing: Landing): void {
    this.sink.landing?.(landing)
  }

  event(event: GaitEvent): void {
    this.sink.event?.(event)
  }

  stance(stance: LiveStance): void {
    this.sink.stance?.(stance)
  }

  stride(stride: Stride): void {
    const changed = this.mirror.observe(stride)
    if (changed)
      this.note(stride.nextIcS, this.mirrored ? SWAPPED : 'left and right are where they should be')
    if (this.mirrored) stride.quality.reasons.push(SWAPPED)
    this.totals.add(stride)
    this.sink.stride?.(stride)
  }

  note(timeS: number, text: string): void {
    this.sink.note?.(timeS, text)
  }
}
