import type { Side } from '../../shared/places.ts'
import type { Activity, EventKind, GaitEvent, StrideEvents } from './events.ts'
import type { GaitSettings } from './settings.ts'

/** A stance as its toe-off is announced. */
export interface FoundStance {
  icS: number
  footFlatS: number | null
  heelRiseS: number | null
  toS: number
  /** The stride this stance begins. */
  index: number
  confidence: number
  announcedS: number
}

export interface GaitSink {
  event(event: GaitEvent): void
  /** When the stride's next contact is announced. */
  stride(stride: StrideEvents): void
  /** When the toe-off is announced. */
  stance(stance: FoundStance): void
  /** For fitting: a running landmark (session time, what was seen there) before it becomes an event. The array is reused. */
  landmark?(kind: 'landing' | 'push' | 'leaving', anchorS: number, features: Float64Array): void
}

/** Something that will be said once its time has come and the leg is known to be in gait. */
type Pending = { dueS: number } & ({ event: GaitEvent } | { stance: FoundStance } | { stride: StrideEvents })

/**
 * Makes strides of contacts and toe-offs, keeps what is implausible back, and says everything once, in order, never before it happened.
 * Until the leg has shown one whole plausible stride nothing is said; then what was found is said at once, late and honestly so.
 */
export class Strides {
  activity: Activity = 'unknown'
  /** The last stride's time, s; NaN before the first. */
  strideS = Number.NaN
  /** Contact that began the stance in progress, or the last stance; NaN when it was not seen. */
  icS = Number.NaN
  /** The leg has shown a stride, or has been seen to step off: what happens is said as it happens. */
  inGait = false
  /** Time of the last event said. */
  saidS = Number.NEGATIVE_INFINITY

  private readonly leg: Side
  private readonly fallback: boolean
  private readonly s: GaitSettings
  private readonly sink: GaitSink
  private readonly queue: Pending[] = []
  private index = 0
  private icConfidence = 0
  private toS = Number.NaN
  /** Toe-off before the stance in progress. */
  private lastToS = Number.NaN
  private toConfidence = 0
  private footFlatS: number | null = null
  private heelRiseS: number | null = null

  constructor(leg: Side, fallback: boolean, settings: GaitSettings, sink: GaitSink) {
    this.leg = leg
    this.fallback = fallback
    this.s = settings
    this.sink = sink
  }

  /** The foot lands: ends a stride, begins the next. */
  contact(icS: number, midSwingS: number, confidence: number): void {
    const stride = this.stride(icS, midSwingS, confidence)
    if (stride === null && !Number.isNaN(this.icS)) this.dropUnsaid()
    this.event('mid-swing', midSwingS, confidence, icS)
    this.event('initial-contact', icS, confidence, icS)
    if (stride) {
      this.queue.push({ dueS: icS, stride })
      this.inGait = true
      this.judge(stride.toS - stride.icS, stride.nextIcS - stride.icS)
    }
    this.icS = icS
    this.icConfidence = confidence
    this.toS = Number.NaN
    this.index++
  }

  /** The foot leaves. Without a contact before it there is an event, but no stance. */
  toeOff(toS: number, footFlatS: number | null, heelRiseS: number | null, confidence: number): void {
    const stood = !Number.isNaN(this.icS)
    if (!stood) this.dropUnsaid()
    if (!this.isJudged) this.guess(toS - this.icS, toS - this.lastToS)
    this.toS = this.lastToS = toS
    this.toConfidence = confidence
    this.footFlatS = footFlatS
    this.heelRiseS = heelRiseS
    if (footFlatS !== null) this.event('foot-flat', footFlatS, confidence, toS)
    if (heelRiseS !== null) this.event('heel-rise', heelRiseS, confidence, toS)
    this.event('toe-off', toS, confidence, toS)
    if (!stood) return
    const index = this.index - 1
    const least = Math.min(this.icConfidence, confidence)
    const stance = { icS: this.icS, footFlatS, heelRiseS, toS, index, confidence: least, announcedS: 0 }
    this.queue.push({ dueS: toS, stance })
  }

  /** The last toe-off was none: what has not been said of it never will be. */
  stayed(): void {
    const { queue, toS } = this
    const kept = queue.filter((pending) => pending.dueS !== toS)
    if (kept.length < queue.length) this.toS = this.lastToS = Number.NaN
    queue.splice(0, queue.length, ...kept)
  }

  /** The stride in progress cannot be finished. */
  lose(): void {
    this.icS = this.toS = this.lastToS = Number.NaN
    this.dropUnsaid()
  }

  /** The leg stands still, or its axis turned out wrong: it must show a whole stride again. */
  begin(activity: Activity): void {
    this.activity = activity
    this.lose()
    this.inGait = false
  }

  /** The leg steps off: there is no need to wait for a whole stride. */
  depart(): void {
    this.inGait = true
  }

  /** Something is to be said once its time has come: asked first, for a time handed to `say` is boxed on the heap. */
  get hasUnsaid(): boolean {
    return this.inGait && this.queue.length > 0
  }

  /** Says what is due by `nowS`, once the leg is known to be in gait. */
  say(nowS: number): void {
    const queue = this.queue
    if (!this.hasUnsaid) return
    let said = 0
    for (const pending of queue) {
      if (pending.dueS > nowS) break
      said++
      if ('stride' in pending) this.sink.stride(pending.stride)
      else if ('stance' in pending) this.sink.stance({ ...pending.stance, announcedS: nowS })
      else {
        this.saidS = Math.max(this.saidS, pending.event.timeS)
        this.sink.event({ ...pending.event, announcedS: nowS })
      }
    }
    queue.splice(0, said)
  }

  private stride(nextIcS: number, midSwingS: number, confidence: number): StrideEvents | null {
    const strideS = nextIcS - this.icS
    if (!this.plausible(this.toS - this.icS, strideS)) return null
    this.strideS = strideS
    return {
      leg: this.leg,
      index: this.index - 1,
      icS: this.icS,
      footFlatS: this.footFlatS,
      heelRiseS: this.heelRiseS,
      toS: this.toS,
      midSwingS: midSwingS > this.toS ? midSwingS : null,
      nextIcS,
      confidence: Math.min(this.icConfidence, this.toConfidence, confidence),
    }
  }

  private plausible(stanceS: number, strideS: number): boolean {
    const { leastStrideS, mostStrideS, leastStanceS, mostStanceS, leastDuty, mostDuty } = this.s
    const duty = stanceS / strideS
    return (
      strideS >= leastStrideS &&
      strideS <= mostStrideS &&
      stanceS >= leastStanceS &&
      stanceS <= mostStanceS &&
      duty >= leastDuty &&
      duty <= mostDuty
    )
  }

  private get isJudged(): boolean {
    return this.inGait && (this.activity === 'walking' || this.activity === 'running')
  }

  /** From toe-off to toe-off is a whole stride as well, and the first to be seen of a foot that stood: where stance and its share speak alike, it is judged. */
  private guess(stanceS: number, strideS: number): void {
    const whole = this.plausible(stanceS, strideS)
    if (whole) this.inGait = true
    if (!this.inGait) return
    if (stanceS > this.s.longStanceS) this.activity = 'walking'
    else if (whole && stanceS < this.s.walkDuty * strideS) this.activity = 'running'
  }

  /** Walking or running, from the stride's stance share, with a band in which the leg keeps what it did. */
  private judge(stanceS: number, strideS: number): void {
    const { walkDuty, walkDutyBand } = this.s
    const duty = stanceS / strideS
    if (this.isJudged && Math.abs(duty - walkDuty) < walkDutyBand) return
    this.activity = duty > walkDuty ? 'walking' : 'running'
  }

  private event(kind: EventKind, timeS: number, confidence: number, dueS: number): void {
    const event: GaitEvent = { leg: this.leg, kind, timeS, announcedS: 0, confidence }
    if (this.fallback) event.fallback = true
    this.queue.push({ dueS, event })
  }

  private dropUnsaid(): void {
    if (this.inGait) return
    for (const pending of this.queue)
      if ('event' in pending && pending.event.kind === 'initial-contact') this.index--
    this.queue.length = 0
  }
}
