import type { GaitEvent } from '../gait/events.ts'
import type { LiveStance, Stride } from './document.ts'

/** Where results go as they become known, in the order of the data. */
export interface AnalysisSink {
  event?(event: GaitEvent): void
  stance?(stance: LiveStance): void
  stride?(stride: Stride): void
  note?(timeS: number, text: string): void
}
