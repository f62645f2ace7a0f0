import type { BeltChange } from '../analysis/session-info.ts'
import type { Mark } from './feed.ts'
import type { SessionFrame, SessionSource } from './source.ts'

/** What a mark says of the belt; `null` when it says nothing. */
export const beltChange = ({ timeS, tag }: Mark): BeltChange | null =>
  tag?.speedMPerS === undefined ? null : { fromS: timeS, speedMPerS: tag.speedMPerS }

/**
 * All frames of a session, and in their place between them what its marks say of the belt.
 * @param onNote as of the source's frames
 */
export async function* framesAndBelt(
  source: SessionSource,
  onNote?: (timeS: number, text: string) => void,
): AsyncGenerator<SessionFrame | BeltChange> {
  const said: BeltChange[] = []
  const listen = (mark: Mark) => {
    const change = beltChange(mark)
    if (change !== null) said.push(change)
  }
  for await (const frame of source.frames(onNote, listen)) {
    yield* said.splice(0)
    yield frame
  }
  yield* said
}
