import type { ComponentChildren } from 'preact'
import { isPlaying, playOrPause, SPEEDS, setSpeed } from './actions.ts'
import { session } from './app.ts'
import { clock } from './format.ts'
import { PlayIcon, StepIcon } from './icons.tsx'
import { sessionClock } from './now.ts'
import { isLooping, stepBy, toggleLoop, toMark } from './replay/replay-actions.ts'
import { words } from './words.ts'

const w = words.replay

/** Stance by stance, play, where, from mark to mark, over and over, how fast. */
export function Transport() {
  const state = session.state.value
  const playing = isPlaying()
  return (
    <div class="transport">
      <Round label={w.previousStance} onClick={stepBy(-1)}>
        <StepIcon by={-1} />
      </Round>
      <button
        type="button"
        class="btn round primary"
        aria-label={playing ? words.action.pause : words.action.play}
        disabled={state === null}
        onClick={playOrPause}
      >
        <PlayIcon playing={playing} />
      </button>
      <Round label={w.nextStance} onClick={stepBy(1)}>
        <StepIcon by={1} />
      </Round>
      <span class="num clock" role="timer">
        {clock(sessionClock())}
        <small class="xs">{state?.durationS ? w.of(clock(state.durationS)) : ''}</small>
      </span>
      <span class="grow" />
      <button type="button" class="btn quiet wide" onClick={toMark(-1)}>
        {w.previousMark} <kbd>[</kbd>
      </button>
      <button type="button" class="btn quiet wide" onClick={toMark(1)}>
        {w.nextMark} <kbd>]</kbd>
      </button>
      <button type="button" class="btn quiet" aria-pressed={isLooping()} onClick={toggleLoop}>
        {isLooping() ? w.loopOff : w.loop} <kbd>L</kbd>
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: toggle buttons in a row, not fields of a form */}
      <div class="seg" role="group" aria-label={w.speed}>
        {SPEEDS.map((speed) => (
          <button
            key={String(speed)}
            type="button"
            aria-pressed={state?.speed === speed}
            onClick={() => setSpeed(speed)}
          >
            {speed === null ? w.max : w.times(speed)}
          </button>
        ))}
      </div>
    </div>
  )
}

const Round = ({
  label,
  onClick,
  children,
}: {
  label: string
  onClick: () => void
  children: ComponentChildren
}) => (
  <button type="button" class="btn round quiet" aria-label={label} title={label} onClick={onClick}>
    {children}
  </button>
)
