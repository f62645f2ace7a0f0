import type { GaitEvent } from '../gait/events.ts'
import type { Landing, LiveStance, Stride } from './document.ts'

/** Where results go as they become known, in the order of the data. */
export interface AnalysisSink {
  event?(event: GaitEvent): void
  /** How hard a foot came down, while it still stands. */
  landing?(landing: Landing): void
  stance?(stance: LiveStance): void
  stride?(stride: Stride): void
  note?(timeS: number, text: string): void
}
