import { isPlaying, playOrPause, SPEEDS, setSpeed } from './actions.ts'
import { session } from './app.ts'
import { clock } from './format.ts'
import { PlayIcon } from './icons.tsx'
import { sessionClock } from './now.ts'
import { words } from './words.ts'

/** Play, pause, how far, how fast: what a replay has instead of Start and Stop. */
export function Transport() {
  const state = session.state.value
  const now = sessionClock()
  const playing = isPlaying()
  return (
    <div class="transport">
      <button
        type="button"
        class="btn round primary"
        aria-label={playing ? words.action.pause : words.action.play}
        disabled={state === null}
        onClick={playOrPause}
      >
        <PlayIcon playing={playing} />
      </button>
      <span class="num clock" role="timer">
        {clock(now)}
        <small class="xs">{state?.durationS ? words.replay.of(clock(state.durationS)) : ''}</small>
      </span>
      <progress
        class="grow"
        aria-label={words.replay.progress}
        max={state?.durationS ?? 1}
        value={state?.durationS ? (now ?? 0) : 0}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: toggle buttons in a row, not fields of a form */}
      <div class="seg" role="group" aria-label={words.replay.speed}>
        {SPEEDS.map((speed) => (
          <button
            key={String(speed)}
            type="button"
            aria-pressed={state?.speed === speed}
            onClick={() => setSpeed(speed)}
          >
            {speed === null ? words.replay.max : words.replay.times(speed)}
          </button>
        ))}
      </div>
    </div>
  )
}
