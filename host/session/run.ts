import type { Place } from '../../shared/places.ts'
import { Analysis } from '../analysis/analysis.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import { saveState } from '../analysis/state.ts'
import { AlertBoard } from './alert-board.ts'
import { beltChange } from './belt-marks.ts'
import { Conditions } from './conditions.ts'
import type { FeedMessage, Mark, UnplacedPod } from './feed.ts'
import { PodAlerts } from './pod-alerts.ts'
import { PodPanel } from './pod-panel.ts'

/**
 * One session going through the analysis, and what viewers see of it. Live and replay each feed one of these, frame by frame and mark by mark in
 * the order of the recording: there is no other way from frames to messages.
 */
export class SessionRun {
  readonly info: SessionInfo
  readonly #emit: (message: FeedMessage) => void
  readonly #analysis: Analysis
  readonly #panel: PodPanel
  readonly #conditions: Conditions
  readonly #podAlerts: PodAlerts
  /** Of the frame that is being analysed. */
  #arrivalS = 0

  /** @throws SettingsError when `info.settings` names what is not there */
  constructor(info: SessionInfo, emit: (message: FeedMessage) => void, panel = new PodPanel()) {
    this.info = info
    this.#emit = emit
    this.#panel = panel
    this.#conditions = new Conditions(info, emit)
    this.#podAlerts = new PodAlerts(new AlertBoard(emit))
    this.#analysis = new Analysis(info, {
      event: (event) => emit({ type: 'event', event }),
      landing: (landing) => emit({ type: 'landing', landing }),
      stance: (stance) => emit({ type: 'stance', stance, arrivedS: this.#arrivalS }),
      stride: (stride) => this.#conditions.stride(stride),
      note: (timeS, text) => emit({ type: 'note', timeS, text }),
    })
  }

  get poses(): Pick<Analysis, 'pose' | 'standingSince'> {
    return this.#analysis
  }

  /** The analysis as it is now. */
  saveState(): Uint8Array {
    return saveState(this.#analysis)
  }

  frame(bytes: Uint8Array, arrivalS: number): void {
    this.#arrivalS = arrivalS
    this.#panel.frame(bytes, arrivalS)
    this.#analysis.push(bytes, arrivalS)
  }

  mark(mark: Mark): void {
    const { timeS, text, gap } = mark
    const belt = beltChange(mark)
    if (belt !== null) this.#analysis.changeBelt(belt)
    this.#conditions.mark(mark)
    if (gap) {
      this.#panel.gap(gap)
      this.#emit({ type: 'note', timeS, text, ofGap: true })
    }
  }

  /** Why no baseline can be set now; `null` when one can. */
  get baselineProblem(): string | null {
    return this.#conditions.baselineProblem
  }

  /** Since when a pod has been still; `null` while it moves. */
  stillSince(place: Place): number | null {
    return this.#analysis.stillSince(place)
  }

  /** How long standing must last, s. */
  get standingS(): number {
    return this.#analysis.settings.motion.standingS
  }

  /** Time goes on: how the pods are, and what else has changed. To be called twice a second. */
  tick(nowS: number, unplaced: UnplacedPod[] = []): void {
    const pods = this.#panel.pods(nowS, this.#analysis.pods(), true)
    this.#emit({ type: 'pods', timeS: nowS, pods, unplaced })
    this.#conditions.tick(nowS)
    this.#podAlerts.look(nowS, pods, unplaced, this.#analysis.faults())
  }

  end(endS: number): void {
    this.#analysis.end()
    this.#podAlerts.end()
    this.#conditions.end(endS)
  }
}
