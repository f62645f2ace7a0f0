import { connection, isReplay, session } from '../app.ts'
import { sessionClock } from '../now.ts'
import { neighbour } from './lanes.ts'
import { overview } from './overview.ts'

/** A loop ends this much after toe-off, s: the curve is drawn then and can be seen. */
const AFTER_TOE_OFF_S = 0.35

export const seek = (timeS: number): void => connection.send({ type: 'seek', timeS: Math.max(0, timeS) })

const inReplay = (act: () => void) => (): void => {
  if (isReplay(session.state.value)) act()
}

export const stepBy = (by: 1 | -1): (() => void) => inReplay(() => connection.send({ type: 'step', by }))

/** A second, or however many. */
export const moveBy = (seconds: number): (() => void) => inReplay(() => seek((sessionClock() ?? 0) + seconds))

/** To the mark before or after. */
export const toMark = (by: 1 | -1): (() => void) =>
  inReplay(() => {
    const to = neighbour(markTimes(), sessionClock() ?? 0, by)
    if (to !== null) seek(to)
  })

/** Of the whole recording where it is known, else of what was played. */
export const markTimes = (): number[] =>
  (overview.value?.marks ?? session.marks.value).map((mark) => mark.timeS)

export const isLooping = (): boolean => Boolean(session.state.value?.loop)

/** Plays the last stance over and over, and stops doing so. */
export const toggleLoop = inReplay(() => {
  if (isLooping()) return connection.send({ type: 'loop', off: true })
  const last = [session.steps.left.value.at(-1), session.steps.right.value.at(-1)]
    .filter((step) => step !== undefined)
    .reduce<{ icS: number; toS: number } | null>(
      (newest, step) => (newest === null || step.toS > newest.toS ? step : newest),
      null,
    )
  if (last !== null)
    connection.send({ type: 'loop', fromS: Math.max(0, last.icS), toS: last.toS + AFTER_TOE_OFF_S })
})
