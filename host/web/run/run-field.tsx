import { connection, nowMs } from '../app.ts'
import { Elapsed } from '../context-row.tsx'
import { clock, NONE, number } from '../format.ts'
import { words } from '../words.ts'
import { Gauge } from './gauge.tsx'
import { MEAN_OF, mean } from './progress.ts'
import {
  askStop,
  cadenceSpm,
  leftS,
  mute,
  muted,
  progress,
  type Run,
  sessionNowS,
  stopsAtMs,
  undoStop,
} from './runner.ts'
import { RULES } from './target.ts'

const w = words.run

/** Read at two metres with a moving head: one number, one word, one gauge; three figures under it. */
export function RunField({ run }: { run: Run }) {
  document.title = `${w.title} · ${words.brand}`
  const { on, both } = progress.value
  const lost = connection.link.value === 'lost'
  const look = lost || on === null ? '' : on ? 'on' : 'out'
  return (
    <div class={`page run ${look}`}>
      <header class="top">
        <Elapsed />
        <span class="grow" />
        <SoundButton />
        <StopButton />
      </header>
      <main id="main" class="field">
        <div class="say">
          <h1 class="what">{w.aims[run.target.aim].measured(MEAN_OF)}</h1>
          <Big run={run} value={lost ? null : mean(both)} />
          <Cue run={run} on={on} lost={lost} />
        </div>
        <Gauge target={run.target} progress={progress.value} />
      </main>
      <Foot run={run} />
    </div>
  )
}

function Big({ run, value }: { run: Run; value: number | null }) {
  const { aim } = run.target
  const text = number(value, RULES[aim].digits)
  const { unit } = w.aims[aim]
  return (
    <p class="big" style={{ '--glyphs': Math.max(2.4, text.length - 0.45 + (unit === '' ? 0 : 0.4)) }}>
      <span>{text}</span>
      {unit !== '' && <small>{unit}</small>}
    </p>
  )
}

/** The one word; in a live region of its own, so that a reader of screens hears it change and nothing else. */
function Cue({ run, on, lost }: { run: Run; on: boolean | null; lost: boolean }) {
  const { aim } = run.target
  const word = lost ? w.lost : on === null ? w.waiting : on ? w.hold : w.aims[aim].cue
  return (
    <p class={lost || on === null ? 'cue quiet' : 'cue'} role="status">
      {!lost && on !== null && <CueArrow on={on} up={RULES[aim].better > 0} />}
      <span>{word}</span>
    </p>
  )
}

const CueArrow = ({ on, up }: { on: boolean; up: boolean }) => (
  <svg viewBox="0 0 48 48" aria-hidden="true">
    <path d={on ? 'm8 26 11 11 21-25' : up ? 'M24 42V8M9 22 24 7l15 15' : 'M24 6v34M9 26l15 15 15-15'} />
  </svg>
)

function SoundButton() {
  return (
    <button type="button" class="btn quiet" aria-pressed={!muted.value} onClick={() => mute(!muted.value)}>
      <svg viewBox="0 0 28 28" aria-hidden="true">
        <path d="M5 11v6h4l6 5V6l-6 5z" fill="currentColor" />
        <path d={muted.value ? 'm19 11 6 6M25 11l-6 6' : 'M19 10.5a5 5 0 0 1 0 7M22 7.5a9 9 0 0 1 0 13'} />
      </svg>
      {muted.value ? w.soundOff : w.soundOn}
    </button>
  )
}

function StopButton() {
  const at = stopsAtMs.value
  if (at === null)
    return (
      <button type="button" class="btn primary" onClick={askStop}>
        {w.stop}
      </button>
    )
  const seconds = Math.max(0, Math.ceil((at - nowMs.value) / 1000))
  return (
    <>
      <span class="num" role="status">
        {w.stopping(seconds)}
      </span>
      <button type="button" class="btn primary" onClick={undoStop}>
        {w.undo}
      </button>
    </>
  )
}

/** The fourth place of this row is kept for the blocks of a faded programme. */
function Foot({ run }: { run: Run }) {
  const { steps, stepsOn } = progress.value
  // both follow the session's clock, which ticks with the page's
  nowMs.value
  const left = leftS()
  return (
    <dl class="foot">
      <Figure name={w.steps} value={number(cadenceSpm.value)} />
      <Figure name={w.inTarget} value={steps === 0 ? NONE : `${number((100 * stepsOn) / steps)} %`} />
      <Figure
        name={left === null ? w.ran : w.left}
        value={clock(left === null ? sessionNowS() - run.beganS : Math.ceil(left))}
      />
    </dl>
  )
}

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
)
