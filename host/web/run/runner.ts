import { batch, signal } from '@preact/signals'
import { isRecording, start } from '../actions.ts'
import { connection, elapsedS, isReplay, session } from '../app.ts'
import { mayOnlyLook } from '../pair/pairing.ts'
import { volume } from '../settings.ts'
import { cueFor } from './cue.ts'
import { Metronome } from './metronome.ts'
import { aim, minutes, percents, soundsOf } from './plan.ts'
import { advance, BEGINNING, type Progress } from './progress.ts'
import { Sound } from './sound.ts'
import { StepMeter } from './step-meter.ts'
import { type Target, targetOf } from './target.ts'

/** Stop can be taken back for as long, ms. */
export const UNDO_MS = 5000
/** Beats are handed to the sound card this much ahead, s, and looked for every {@link TURN_MS}. */
const AHEAD_S = 0.3
const TURN_MS = 100

export interface Run {
  target: Target
  /** Session time. */
  beganS: number
  /** How long it is to be, s; `null`: until Stop. */
  lengthS: number | null
}

export interface Summary {
  ranS: number
  progress: Progress
}

/** The run that goes on; `null` before and after. */
export const run = signal<Run | null>(null)
export const progress = signal<Progress>(BEGINNING)
export const cadenceSpm = signal<number | null>(null)
export const muted = signal(false)
/** Page time at which a pressed Stop takes hold, ms. */
export const stopsAtMs = signal<number | null>(null)
/** What the last run came to. */
export const summary = signal<Summary | null>(null)

export const sessionNowS = (): number =>
  elapsedS(session.state.peek(), session.stateAtMs.peek(), performance.now()) ?? 0

let audio: { context: AudioContext; sound: Sound } | null = null
let end: (() => void) | null = null

/** The person's own press lets the browser sound at all. */
function unlockAudio(): { context: AudioContext; sound: Sound } {
  if (audio === null) {
    const context = new AudioContext({ latencyHint: 'interactive' })
    audio = { context, sound: new Sound(context, 0) }
  }
  void audio.context.resume()
  return audio
}

const setVolume = (): void =>
  audio?.sound.setVolume(muted.value || stopsAtMs.value !== null ? 0 : volume.value)

/** Lets a person hear how loud a cue is, on either side. */
export function sample(): void {
  const { context, sound } = unlockAudio()
  sound.setVolume(volume.value)
  sound.tick(context.currentTime + 0.3, 'left', 3)
  sound.tick(context.currentTime + 0.7, 'right', 3)
}

/** @param usual the runner's own value of what is aimed at */
export function begin(usual: number): void {
  const { context, sound } = unlockAudio()
  if (!isReplay(session.state.value) && !isRecording() && !mayOnlyLook()) start()
  const target = targetOf(aim.value, usual, percents[aim.value].value)
  const ticks = soundsOf(aim.value) !== 'metronome'
  const beats = soundsOf(aim.value) !== 'cues'
  const meter = new StepMeter(aim.value)
  const metronome = new Metronome()
  batch(() => {
    progress.value = BEGINNING
    cadenceSpm.value = null
    summary.value = null
    stopsAtMs.value = null
    run.value = { target, beganS: sessionNowS(), lengthS: minutes.value && 60 * minutes.value }
  })
  setVolume()

  const unlisten = connection.listen((message) => {
    const step = meter.take(message)
    cadenceSpm.value = meter.cadenceSpm
    if (step === null) return
    progress.value = advance(progress.value, target, step)
    const cue = ticks ? cueFor(target, step, sessionNowS()) : null
    if (cue !== null) sound.tick(context.currentTime + cue.inS, cue.leg, cue.level)
  })
  const timer = setInterval(() => {
    const now = context.currentTime
    if (beats) for (const at of metronome.due(target.goal, now, now + AHEAD_S)) sound.beat(at)
    const left = leftS()
    if (left !== null && left <= 0) {
      sound.done(now)
      finish()
    } else if (stopsAtMs.value !== null && performance.now() >= stopsAtMs.value) stopNow()
  }, TURN_MS)
  end = () => {
    unlisten()
    clearInterval(timer)
  }
}

/** Of the length that was set, s. */
export function leftS(): number | null {
  const { value } = run
  return value?.lengthS == null ? null : value.beganS + value.lengthS - sessionNowS()
}

export function mute(on: boolean): void {
  muted.value = on
  setVolume()
}

/** Stops at once for the ears, for good in {@link UNDO_MS}. */
export function askStop(): void {
  stopsAtMs.value = performance.now() + UNDO_MS
  setVolume()
}

export function undoStop(): void {
  stopsAtMs.value = null
  setVolume()
}

function stopNow(): void {
  finish()
  // a screen that may only look stops its own cues
  if (!mayOnlyLook()) connection.send({ type: 'stop' })
}

/** Ends the cues; the recording goes on. */
export function finish(): void {
  if (run.value === null) return
  end?.()
  end = null
  batch(() => {
    summary.value = { ranS: sessionNowS() - run.value!.beganS, progress: progress.value }
    run.value = null
    stopsAtMs.value = null
  })
}

/** The page is left: a Stop that was pressed holds, and without one the recording goes on. */
export function leave(): void {
  if (stopsAtMs.value !== null) stopNow()
  else finish()
  summary.value = null
}
