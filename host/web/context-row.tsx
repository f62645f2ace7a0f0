import { useEffect, useRef } from 'preact/hooks'
import { isRecording, mark, start, stop, stopAsked, tag, tagging } from './actions.ts'
import { asTable, connection, isReplay, type Shown, session, shown } from './app.ts'
import { clock, dayAndTime, number, spokenClock } from './format.ts'
import { frozen, toggleFreeze } from './freeze.ts'
import { sessionClock } from './now.ts'
import { words } from './words.ts'

const CHOICES: readonly Shown[] = [6, 12, 60]

/** Second row: whose run, what shoe, what speed on the left; what can be done on the right. */
export function ContextRow() {
  return (
    <div class="ctx">
      <Elapsed />
      <Who />
      <span class="grow" />
      <ShownChoice />
      <button
        type="button"
        class="btn wide"
        aria-pressed={asTable.value}
        onClick={() => {
          asTable.value = !asTable.value
        }}
      >
        {asTable.value ? words.action.curves : words.action.table} <kbd>D</kbd>
      </button>
      {session.state.value?.source === 'live' && <LiveActions />}
    </div>
  )
}

export function Elapsed() {
  const state = session.state.value
  const now = sessionClock()
  if (!state || now === null || isReplay(state) || state.phase === 'waiting') return null
  const recording = state.phase === 'recording'
  return (
    <span
      class={recording ? 'rec num' : 'num'}
      role="timer"
      aria-label={recording ? words.recordingFor(spokenClock(now)) : spokenClock(now)}
    >
      {clock(now)}
    </span>
  )
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

function Who() {
  const state = session.state.value
  if (!state) return <div class="who" />
  const { subject, treadmill, activity, startedAt, id } = state.info
  const when = isReplay(state) ? dayAndTime(startedAt) : null
  const parts = [
    when && `${when.day}, ${when.time}`,
    text(subject.shoe),
    treadmill.speedMPerS === undefined ? activity : `${number(treadmill.speedMPerS, 1)} m/s`,
    treadmill.inclinePct === undefined ? null : `${number(treadmill.inclinePct)} % incline`,
  ].filter((part) => part !== null && part !== '')
  return (
    <div class="who">
      <b>{text(subject.id) ?? text(subject.name) ?? id}</b>
      {parts.map((part) => (
        <span key={part} class="part">
          {part}
        </span>
      ))}
    </div>
  )
}

function ShownChoice() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: three toggle buttons in a row, not fields of a form
    <div class="seg" role="group" aria-label={words.shown.label}>
      {CHOICES.map((n) => (
        <button
          key={n}
          type="button"
          aria-pressed={shown.value === n}
          onClick={() => {
            shown.value = n
          }}
        >
          {n === 60 ? words.shown.all : words.shown.last(n)}
        </button>
      ))}
    </div>
  )
}

function LiveActions() {
  const online = connection.link.value === 'open'
  const recording = isRecording() && online
  return (
    <>
      <button type="button" class="btn" onClick={mark} disabled={!recording}>
        {words.action.mark} <kbd>M</kbd>
      </button>
      {tagging.value ? (
        <TagField />
      ) : (
        <button
          type="button"
          class="btn wide"
          disabled={!recording}
          onClick={() => {
            tagging.value = true
          }}
        >
          {words.action.tag} <kbd>T</kbd>
        </button>
      )}
      <button
        type="button"
        class="btn"
        aria-pressed={frozen.value !== null}
        disabled={!recording && frozen.value === null}
        onClick={toggleFreeze}
      >
        {frozen.value ? words.action.backToLive : words.action.freeze} <kbd>Space</kbd>
      </button>
      {recording ? (
        <button
          type="button"
          class="btn primary"
          onClick={stop}
          onBlur={() => {
            stopAsked.value = false
          }}
        >
          {stopAsked.value ? words.action.stopSure : words.action.stop}
        </button>
      ) : (
        <button type="button" class="btn primary" disabled={!online} onClick={start}>
          {words.action.start}
        </button>
      )}
    </>
  )
}

function TagField() {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])
  return (
    <form
      class="tagfield"
      onSubmit={(event) => {
        event.preventDefault()
        tag(input.current?.value ?? '')
      }}
    >
      <input ref={input} maxLength={200} placeholder={words.tagPrompt} aria-label={words.tagPrompt} />
      <button type="submit" class="btn">
        {words.action.save}
      </button>
    </form>
  )
}
