import { CONTACT, type Cycle, NOTHING, type Pace, TOE_OFF } from './cycle.ts'
import type { GaitSettings } from './settings.ts'
import type { GaitSignals } from './signals.ts'

/**
 * The shin's pitch rate through a stride, for a leg without a shoe pod: the forward swing's peak, its fall through zero at the landing, then,
 * running, the return to rest and the fall of the heel's lift-off; walking, the passage up through zero into the next swing.
 * Zero crossing after mid-swing as contact: Falbriard 2018, Greene 2010; it knows the leg, not the foot, so it is labelled a fallback.
 */
export class ShinCycle implements Cycle {
  pace: Pace = 'running'
  strideS: number
  /** Running mean of the swing peak, rad/s. */
  reference: number
  swingCell = Number.NaN
  swingPeak = 0
  crossingCell = Number.NaN
  landingCell = Number.NaN
  landingRate = 0
  pushCell = Number.NaN

  private readonly signals: GaitSignals
  private readonly s: GaitSettings
  private phase: 'waiting' | 'swing' | 'landed' | 'stance' = 'waiting'
  private lowest = 0
  private before = 0

  constructor(signals: GaitSignals, settings: GaitSettings) {
    this.signals = signals
    this.s = settings
    this.reference = settings.firstSwingRadPerS
    this.strideS = settings.firstStrideS
  }

  restart(resting: boolean): void {
    this.phase = resting ? 'stance' : 'waiting'
    this.landingCell = Number.NaN
    this.pushCell = Number.NaN
    this.lowest = 0
  }

  step(k: number): number {
    const w = this.signals.rate[this.signals.slot(k)]!
    const before = this.before
    this.before = w
    const unit = this.reference
    if (this.phase !== 'swing') {
      // whatever was missed, this is a swing
      if (w > this.s.armShare * unit && this.since(this.landingCell, k, this.s.leastStanceS)) {
        this.phase = 'swing'
        this.swingPeak = w
        this.swingCell = k
      }
      return this.stand(k, w, before)
    }
    if (w > this.swingPeak) {
      this.swingPeak = w
      this.swingCell = k
    }
    if (w < 0 && before >= 0) this.crossingCell = k - w / (w - before)
    if (w > -this.s.shinCrossShare * unit) return NOTHING
    this.phase = 'landed'
    this.landingCell = this.crossingCell
    this.landingRate = w
    this.pushCell = Number.NaN
    this.lowest = 0
    this.reference += this.s.swingLearn * (Math.max(this.s.leastSwingRadPerS, this.swingPeak) - unit)
    return CONTACT
  }

  private since(cell: number, k: number, atLeastS: number): boolean {
    return !((k - cell) * this.signals.stepS < atLeastS)
  }

  private stand(k: number, w: number, before: number): number {
    const { shinRestShare, shinPushShare, shinWalkStanceS } = this.s
    const { pushAfterShare, shinPushAfterShareWalking } = this.s
    const share = this.pace === 'walking' ? shinPushAfterShareWalking : pushAfterShare.running
    if (this.phase === 'waiting' || !this.since(this.landingCell, k, share * this.strideS)) return NOTHING
    const falls = -shinPushShare * this.reference
    const deep = this.lowest < falls
    this.lowest = Math.min(this.lowest, w)
    if (
      before < 0 &&
      w >= 0 &&
      deep &&
      (this.pace === 'walking' || this.since(this.landingCell, k, shinWalkStanceS))
    ) {
      // a leg that takes this long and never rested walks
      this.pace = 'walking'
      return this.leave(k - w / (w - before))
    }
    if (this.pace === 'walking') return NOTHING
    if (this.phase === 'landed' && w > -shinRestShare * this.reference) this.phase = 'stance'
    if (this.phase === 'stance' && w < falls && before >= falls)
      return this.leave(k - (w - falls) / (w - before))
    return NOTHING
  }

  private leave(cell: number): number {
    this.pushCell = cell
    this.phase = 'waiting'
    return TOE_OFF
  }
}
