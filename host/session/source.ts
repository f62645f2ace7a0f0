import type { SessionInfo } from '../analysis/session-info.ts'
import type { Mark } from './feed.ts'

/** One frame as it came. */
export interface SessionFrame {
  /** Valid until the next frame is asked for. */
  bytes: Uint8Array
  /** Session time of arrival, whole µs, s. */
  arrivalS: number
}

/** A session at rest, wherever its bytes lie. */
export interface SessionSource {
  info: SessionInfo
  marks: Mark[]
  /** `null` when it cannot be known without reading everything. */
  durationS: number | null
  /**
   * All frames in order of arrival, from the beginning at every call; memory does not grow with the session.
   * @param onNote called when something is found to be wrong with the bytes, with the session time reached, s
   * @param onMark called with each mark in its place between the frames
   * @param skip leaves out so many frames at the beginning
   */
  frames(
    onNote?: (timeS: number, text: string) => void,
    onMark?: (mark: Mark) => void,
    skip?: number,
  ): AsyncIterable<SessionFrame>
}
