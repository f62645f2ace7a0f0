import { CONTACT, type Cycle, NOTHING, type Pace, STAYED, STIRS, TOE_OFF } from './cycle.ts'
import type { GaitSettings } from './settings.ts'
import type { GaitSignals } from './signals.ts'

/**
 * The shoe's pitch rate through a stride: a toe-up swing peak, a fall through zero to the landing's lowest rate, flat, the toe-down
 * push-off, the next swing. Walks the cells once and says where the landmarks are; what they mean in time is `offsets.ts`.
 *
 * The minimum after the swing peak as the landing's landmark: Falbriard 2018. Thresholds relative to the leg's own swing peak, the two hold
 * times and the flat foot before push-off: `docs/methods/events.md`.
 */
export class ShoeCycle implements Cycle {
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
  /** The push-off is known by its end, not by where it stopped growing. */
  isPushPast = false

  private readonly signals: GaitSignals
  private readonly s: GaitSettings
  private phase: 'waiting' | 'swing' | 'falling' | 'landed' | 'flat' = 'waiting'
  private lowest = 0
  private lowestCell = 0
  private called = false
  private flatCell = 0
  /** Since when the swing's rate has been that of a foot at rest; NaN while it is not. */
  private fellCell = Number.NaN
  /** Highest toe-up rate of a foot that seems to stand, since it was last below zero, and its cell; it has been asked about. */
  private stirPeak = 0
  private stirCell = 0
  private asked = false
  /** Highest pitch since the foot lay flat; how fast the rate grows, rad/s²; where it stopped falling. */
  private flattest = 0
  private growth = 0
  private settledCell = Number.NaN
  /** Where the push-off's rate came back from its lowest; NaN while it has not. */
  private backCell = Number.NaN

  constructor(signals: GaitSignals, settings: GaitSettings) {
    this.signals = signals
    this.s = settings
    this.reference = settings.firstSwingRadPerS
    this.strideS = settings.firstStrideS
  }

  restart(resting: boolean): void {
    this.phase = resting ? 'flat' : 'waiting'
    this.landingCell = Number.NaN
    this.pushCell = Number.NaN
    this.lowest = 0
    this.lowestCell = 0
    this.called = false
    this.flatCell = 0
    this.fellCell = Number.NaN
    this.stirPeak = 0
    this.stirCell = 0
    this.asked = false
    this.flattest = Number.NEGATIVE_INFINITY
    this.growth = 0
    this.settledCell = Number.NaN
    this.backCell = Number.NaN
  }

  step(k: number): number {
    switch (this.phase) {
      case 'waiting':
        return this.wait(k)
      case 'swing':
        return this.swing(k)
      case 'falling':
        return this.fall(k)
      case 'landed':
        return this.lie(k)
      case 'flat':
        return this.push(k)
    }
  }

  /** Every phase reads it by itself: a number handed to a call that is not inlined would be boxed on the heap. */
  private rateAt(k: number): number {
    return this.signals.rate[this.signals.slot(k)]!
  }

  private lie(k: number): number {
    const flat = this.rateAt(k) > -this.s.flatShare * this.reference
    if (flat && this.elapsed(this.lowestCell, k) >= this.s.flatAfterS) this.rest(k)
    return NOTHING
  }

  private elapsed(from: number, to: number): number {
    return (to - from) * this.signals.stepS
  }

  private wait(k: number): number {
    const w = this.rateAt(k)
    if (w > this.s.armShare * this.reference) this.beginSwing(k, w)
    // no swing came: it was no push-off, and the foot still stands
    else if (this.elapsed(this.pushCell, k) > this.s.swingDueS) {
      this.rest(k)
      if (!Number.isNaN(this.pushCell)) return STAYED
    }
    return NOTHING
  }

  private rest(k: number): void {
    this.phase = 'flat'
    this.flatCell = k
    this.lowest = 0
    this.lowestCell = k
    this.stirPeak = 0
    this.asked = false
    this.flattest = Number.NEGATIVE_INFINITY
    this.growth = 0
    this.settledCell = Number.NaN
    this.backCell = Number.NaN
  }

  private beginSwing(k: number, w: number): void {
    this.phase = 'swing'
    this.swingPeak = w
    this.swingCell = k
    this.fellCell = Number.NaN
  }

  private swing(k: number): number {
    const w = this.rateAt(k)
    const before = this.rateAt(k - 1)
    if (w > this.swingPeak) {
      this.swingPeak = w
      this.swingCell = k
    }
    // a foot that has just left shakes; it does not land yet
    const share = this.pace === 'walking' ? this.s.leastSwingShareWalking : this.s.leastSwingShareRunning
    if (this.elapsed(this.pushCell, k) < share * this.strideS) return NOTHING
    if (this.pace === 'walking' && this.settles(k, w)) return this.land()
    if (w < 0 || (w > before && before < this.s.fallShare * this.swingPeak)) {
      this.phase = 'falling'
      this.called = false
      this.crossingCell = Number.NaN
      this.lowest = Math.min(w, before)
      this.lowestCell = w < before ? k : k - 1
    }
    return NOTHING
  }

  private fall(k: number): number {
    const w = this.rateAt(k)
    const s = this.s
    const dipped = this.lowest < -s.dipShare * this.swingPeak
    if (w > (dipped ? s.backShare : s.fallShare) * this.swingPeak && !this.called) {
      this.beginSwing(this.swingCell, this.swingPeak)
      return NOTHING
    }
    const level = -s.crossShare * Math.min(this.reference, this.swingPeak / s.smallSwingShare)
    if (Number.isNaN(this.crossingCell) && w < level) {
      const before = this.signals.rate[this.signals.slot(k - 1)]!
      this.crossingCell = k - (w - level) / (w - before)
    }
    if (w < this.lowest) {
      this.lowest = w
      this.lowestCell = k
    }
    const held = this.elapsed(this.lowestCell, k)
    const turned =
      -this.lowest > s.deepShare * this.swingPeak ||
      (dipped && w > this.lowest + s.riseShare * this.swingPeak)
    const hold =
      this.pace === 'walking' && Number.isNaN(this.crossingCell)
        ? s.walkHoldS
        : turned
          ? s.landHoldS
          : s.shallowHoldS
    const settled = this.lowest < 0 && held >= hold
    if (settled) {
      this.phase = 'landed'
      if (this.called) return NOTHING
      return this.land()
    }
    if (this.pace !== 'walking' || this.called) return NOTHING
    if (!Number.isNaN(this.crossingCell)) {
      this.called = true
      return this.land()
    }
    return this.settles(k, w) ? this.land() : NOTHING
  }

  /** A small step's foot that was put down without a fall: its rate has been small for a while. */
  private settles(k: number, w: number): boolean {
    const { smallSwingShare, fallShare, walkHoldS, departure } = this.s
    if (this.swingPeak > smallSwingShare * this.reference) return false
    const level = Math.max(fallShare * this.swingPeak, departure.restRadPerS)
    if (Math.abs(w) > level) this.fellCell = Number.NaN
    else if (Number.isNaN(this.fellCell)) this.fellCell = k
    if (!(this.elapsed(this.fellCell, k) >= walkHoldS)) return false
    this.crossingCell = this.lowestCell = this.fellCell
    this.lowest = w
    this.phase = 'landed'
    return true
  }

  private land(): number {
    this.landingCell = this.called ? this.lowestCell : this.signals.vertex(this.lowestCell)
    this.landingRate = this.lowest
    this.pushCell = Number.NaN
    const peak = Math.max(this.s.leastSwingRadPerS, this.swingPeak)
    this.reference += this.s.swingLearn * (peak - this.reference)
    return CONTACT
  }

  private push(k: number): number {
    const w = this.rateAt(k)
    const s = this.s
    const share = s.pushAfterShare[this.pace]
    if (this.elapsed(this.landingCell, k) < share * this.strideS) return NOTHING
    const deep = this.lowest < -s.pushShare * this.reference
    this.flattest = Math.max(this.flattest, this.signals.pitch[this.signals.slot(k)]!)
    if (w < this.lowest) {
      this.lowest = w
      this.lowestCell = k
      this.backCell = Number.NaN
    }
    if (this.pace === 'walking' || this.elapsed(this.landingCell, k) > s.longStanceS) {
      if (deep && this.comesBack(k, w)) return this.leave(this.backCell, true)
    } else {
      if (this.hasSettled(k)) return this.leave(this.settledCell, false)
      // it hardly turned, and swings
      if (deep && w > 0) return this.leave(this.signals.vertex(this.lowestCell), false)
    }
    // swung without a push-off that could be seen
    const up = Number.isNaN(this.landingCell) ? s.armShare : s.backShare
    if (!deep && w > up * this.reference && this.elapsed(this.flatCell, k) > s.flatAfterS)
      this.beginSwing(k, w)
    else if (this.pace === 'walking' && !deep) return this.stir(k, w)
    return NOTHING
  }

  /** A step so small that its rates are those of a foot that shifts: asked about once the toe-up rate has peaked. */
  private stir(k: number, w: number): number {
    if (w < 0) this.stirPeak = 0
    if (w > this.stirPeak) {
      this.stirPeak = w
      this.stirCell = k
      this.asked = false
    }
    const { smallShare, smallBackShare } = this.s
    const peaked = this.stirPeak > smallShare * this.reference && w < smallBackShare * this.stirPeak
    if (!peaked || this.asked) return NOTHING
    this.asked = true
    return STIRS
  }

  /** The foot goes: what it did was a push-off and a swing. */
  takeUp(): void {
    this.pushCell = this.smallPush()
    this.isPushPast = true
    this.beginSwing(this.stirCell, this.stirPeak)
  }

  /** Where the toe-down rate before the swing came back to its share of its lowest; without one, where the toe-up rate began. */
  private smallPush(): number {
    const { signals } = this
    const { rate } = signals
    const from = Math.max(this.flatCell, this.stirCell - this.s.firstStrideS / signals.stepS, 1)
    let k = this.stirCell
    while (k > from && rate[signals.slot(k)]! > 0) k--
    let low = k
    for (; k > from && rate[signals.slot(k)]! < 0; k--)
      if (rate[signals.slot(k)]! < rate[signals.slot(low)]!) low = k
    const level = this.s.pushBackShare * rate[signals.slot(low)]!
    while (low < this.stirCell && rate[signals.slot(low)]! < level) low++
    return low
  }

  /** The push-off has ended where the rate was back at its share of its lowest, once the shoe has turned: a first hump of heel rise is none. */
  private comesBack(k: number, w: number): boolean {
    const { pushBackShare, walkTurnRad } = this.s
    const { rate, pitch } = this.signals
    const level = pushBackShare * this.lowest
    const before = rate[this.signals.slot(k - 1)]!
    if (w < level) this.backCell = Number.NaN
    else if (Number.isNaN(this.backCell)) this.backCell = k - (w - level) / (w - before)
    const turned = this.flattest - pitch[this.signals.slot(k)]! > walkTurnRad
    return w >= level && (turned || w > 0)
  }

  private leave(cell: number, isPast: boolean): number {
    this.pushCell = cell
    this.isPushPast = isPast
    this.phase = 'waiting'
    return TOE_OFF
  }

  /** Whether the toe-down rate of a running push-off has stopped growing, at `settledCell`, and has stayed so. */
  private hasSettled(k: number): boolean {
    const { pushShare, pushTurnRad, pushGrowth, pushHoldS } = this.s
    const { rate, pitch } = this.signals
    const now = pitch[this.signals.slot(k - 1)]!
    const before = this.growth
    const limit = -pushGrowth * this.reference
    this.growth = (rate[this.signals.slot(k)]! - rate[this.signals.slot(k - 2)]!) / (2 * this.signals.stepS)
    const pushes =
      rate[this.signals.slot(k - 1)]! < -pushShare * this.reference && this.flattest - now > pushTurnRad
    if (!pushes || this.growth < limit) {
      this.settledCell = Number.NaN
      return false
    }
    if (Number.isNaN(this.settledCell)) {
      const share = before < limit ? (limit - before) / (this.growth - before) : 1
      this.settledCell = k - 2 + share
    }
    return this.elapsed(this.settledCell, k - 1) >= pushHoldS
  }
}
