import type { Stride } from '../analysis/document.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import { AlertBoard } from './alert-board.ts'
import type { FeedMessage, Mark } from './feed.ts'
import { Segments } from './segments.ts'
import { Usual } from './usual.ts'
import { isUsualAlert, UsualAlerts } from './usual-alerts.ts'

/**
 * What marks make of strides: stretches of like conditions, the runner's usual, and alerts against it. Everything else that a session tells is measured,
 * and is the same whatever was marked.
 */
export class Conditions {
  readonly #emit: (message: FeedMessage) => void
  readonly #segments: Segments
  readonly #usual = new Usual()
  readonly #board: AlertBoard
  readonly #alerts: UsualAlerts

  constructor(info: SessionInfo, emit: (message: FeedMessage) => void) {
    this.#emit = emit
    this.#segments = new Segments(info, emit)
    this.#board = new AlertBoard(emit)
    this.#alerts = new UsualAlerts(this.#board)
  }

  /** Why no baseline can be set now; `null` when one can. */
  get baselineProblem(): string | null {
    return this.#usual.problem
  }

  mark(mark: Mark): void {
    this.#emit({ type: 'mark', mark })
    this.#segments.mark(mark)
    if (mark.kind === 'baseline') this.#baseline(mark)
  }

  stride(stride: Stride): void {
    this.#emit({ type: 'stride', stride })
    this.#segments.stride(stride)
    this.#usual.stride(stride)
    this.#alerts.stride(stride)
  }

  /** To be called twice a second. */
  tick(nowS: number): void {
    this.#segments.tick(nowS)
  }

  end(endS: number): void {
    this.#segments.end(endS)
    this.#board.clearAll()
  }

  #baseline({ timeS, text }: Mark): void {
    if (text === 'clear') this.#usual.baseline = null
    else if (this.#usual.problem === null) this.#usual.set(timeS)
    else return
    this.#alerts.follow(this.#usual.baseline)
    this.#emit({ type: 'baseline', baseline: this.#usual.baseline })
  }
}

/** Whether it is of what marks make, and told anew when one is added. */
export function hangsOnMarks(message: FeedMessage): boolean {
  if (message.type === 'alert') return isUsualAlert(message.alert.key)
  if (message.type === 'alert-cleared') return isUsualAlert(message.key)
  return message.type === 'segment' || message.type === 'baseline'
}
