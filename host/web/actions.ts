import { signal } from '@preact/signals'
import { connection, isReplay, session } from './app.ts'

/** Stop was asked for once; it takes a second time. */
export const stopAsked = signal(false)

export const SPEEDS: readonly (number | null)[] = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, null]

const phase = () => session.state.value?.phase
export const isRecording = (): boolean => phase() === 'recording'
export const isPlaying = (): boolean => phase() === 'playing'

export const mark = (): void => connection.send({ type: 'mark' })

export const start = (): void => connection.send({ type: 'start' })

/** Ends the recording, after having been asked twice. */
export function stop(): void {
  if (stopAsked.value) connection.send({ type: 'stop' })
  stopAsked.value = !stopAsked.value
}

export const playOrPause = (): void => connection.send({ type: isPlaying() ? 'stop' : 'start' })

export const setSpeed = (speed: number | null): void => connection.send({ type: 'speed', speed })

/** One speed slower (−1) or faster (+1). */
export function stepSpeed(by: -1 | 1): void {
  const state = session.state.value
  if (!isReplay(state) || !state) return
  const next = SPEEDS[SPEEDS.indexOf(state.speed) + by]
  if (next !== undefined) setSpeed(next)
}
