import type { StandingMessage } from '../server/messages.ts'
import { connection, session } from './app.ts'
import { number } from './format.ts'
import { PLACE_WORDS, words } from './words.ts'

const SECONDS = 3

/** What is to be done now, largest; standing still is counted down in whole seconds, anew after each movement. */
export function StartCard({ step }: { step: 0 | 1 | 2 | 3 }) {
  const standing = session.standing.value
  const counting = standing !== null && (standing.phase === 'counting' || standing.phase === 'moved')
  const { title, text } = words.pods.now[counting ? 1 : step]!
  const live = session.state.value?.source === 'live'
  return (
    <section class="card todo" role="status" aria-live={counting ? 'assertive' : 'polite'}>
      <h1>{counting ? words.pods.standNow : title}</h1>
      <p>{counting ? words.pods.standHow : text}</p>
      {counting && <Ring standing={standing} />}
      {live && (
        <div class="row">
          {counting ? (
            <button type="button" class="btn" onClick={() => connection.send({ type: 'stand-cancel' })}>
              {words.pods.cancel}
            </button>
          ) : (
            <button
              type="button"
              class={step === 1 ? 'btn primary' : 'btn'}
              disabled={session.pods.value.length === 0 || connection.link.value !== 'open'}
              onClick={() => connection.send({ type: 'stand' })}
            >
              {standing?.phase === 'done' ? words.pods.standAgain : words.pods.stand}
            </button>
          )}
        </div>
      )}
      {standing?.phase === 'done' && <p class="goodtext">✓ {words.pods.stood}</p>}
    </section>
  )
}

function Ring({ standing: { phase, leftS, place } }: { standing: StandingMessage }) {
  const around = 2 * Math.PI * 84
  const whole = Math.max(1, Math.ceil(leftS))
  return (
    <>
      <svg class="ring" viewBox="0 0 200 200" role="img" aria-label={words.pods.left(number(whole))}>
        <circle cx="100" cy="100" r="84" />
        <circle
          class="left"
          cx="100"
          cy="100"
          r="84"
          stroke-dasharray={`${(around * Math.min(1, leftS / SECONDS)).toFixed(1)} ${around.toFixed(1)}`}
          transform="rotate(-90 100 100)"
        />
        <text x="100" y="128" text-anchor="middle">
          {number(whole)}
        </text>
      </svg>
      <p class={phase === 'moved' ? 'attntext moved' : 'moved'}>
        {phase === 'moved' ? words.pods.moved(place ? PLACE_WORDS[place] : '') : '\u00a0'}
      </p>
    </>
  )
}
