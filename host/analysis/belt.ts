import type { BeltChange, SessionInfo } from './session-info.ts'

/**
 * How fast the belt went, and since when, as far as has been said by now. A stride's session time may run ahead of its arrival by seconds, while a clock
 * settles: one that is given out before something is said is not changed by it, in live and in replay (D-018).
 */
export class BeltCourse {
  private readonly fromS: number[] = [Number.NEGATIVE_INFINITY]
  private readonly speeds: (number | null)[]

  constructor({ treadmill }: SessionInfo) {
    this.speeds = [treadmill.speedMPerS ?? null]
  }

  change({ fromS, speedMPerS }: BeltChange): void {
    const at = this.fromS.findLastIndex((otherS) => otherS <= fromS)
    this.fromS.splice(at + 1, 0, fromS)
    this.speeds.splice(at + 1, 0, speedMPerS)
  }

  /** m/s; `null` when nobody has said. */
  at(timeS: number): number | null {
    return this.speeds[this.fromS.findLastIndex((fromS) => fromS <= timeS)]!
  }
}
