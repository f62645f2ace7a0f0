import { Analysis } from '../analysis/analysis.ts'
import type { SessionInfo } from '../analysis/session-info.ts'
import type { Gap } from '../link/hole.ts'
import type { FeedHub } from './feed-hub.ts'
import { PodPanel } from './pod-panel.ts'

/**
 * One session going through the analysis, and what viewers see of it. Live and replay each feed one of these, frame by frame:
 * there is no other way from frames to messages.
 */
export class SessionRun {
  readonly info: SessionInfo
  readonly #analysis: Analysis
  readonly #panel: PodPanel
  readonly #hub: FeedHub
  /** Of the frame that is being analysed. */
  #arrivalS = 0

  /** @throws SettingsError when `info.settings` names what is not there */
  constructor(info: SessionInfo, hub: FeedHub, panel = new PodPanel()) {
    this.info = info
    this.#hub = hub
    this.#panel = panel
    this.#analysis = new Analysis(info, {
      event: (event) => hub.emit({ type: 'event', event }),
      stance: (stance) => hub.emit({ type: 'stance', stance, arrivedS: this.#arrivalS }),
      stride: (stride) => hub.emit({ type: 'stride', stride }),
      note: (timeS, text) => hub.emit({ type: 'note', timeS, text }),
    })
  }

  frame(bytes: Uint8Array, arrivalS: number): void {
    this.#arrivalS = arrivalS
    this.#panel.frame(bytes, arrivalS)
    this.#analysis.push(bytes, arrivalS)
  }

  get poses(): Pick<Analysis, 'pose' | 'standingSince'> {
    return this.#analysis
  }

  end(): void {
    this.#analysis.end()
  }

  /** What the link could not get: for the pods panel. */
  gap(gap: Gap): void {
    this.#panel.gap(gap)
  }

  /** Tells viewers how the pods are at this session time. */
  tellPods(nowS: number, recording: boolean): void {
    const pods = this.#panel.pods(nowS, this.#analysis.pods(), recording)
    this.#hub.emit({ type: 'pods', timeS: nowS, pods })
  }
}
