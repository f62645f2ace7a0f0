import type { SessionInfo } from './session-info.ts'

/** How fast the belt went, and since when. */
export class BeltCourse {
  private readonly fromS: number[] = [Number.NEGATIVE_INFINITY]
  private readonly speeds: (number | null)[]

  constructor({ treadmill, belt = [] }: SessionInfo) {
    this.speeds = [treadmill.speedMPerS ?? null]
    for (const { fromS, speedMPerS } of belt) this.change(fromS, speedMPerS)
  }

  /** From here on. What is known already may be said again. */
  change(fromS: number, speedMPerS: number): void {
    const at = this.fromS.findLastIndex((otherS) => otherS <= fromS)
    if (this.fromS[at] === fromS && this.speeds[at] === speedMPerS) return
    this.fromS.splice(at + 1, 0, fromS)
    this.speeds.splice(at + 1, 0, speedMPerS)
  }

  /** m/s; `null` when nobody has said. */
  at(timeS: number): number | null {
    return this.speeds[this.fromS.findLastIndex((fromS) => fromS <= timeS)]!
  }
}
