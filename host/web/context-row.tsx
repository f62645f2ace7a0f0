import { isRecording, mark, start, stop, stopAsked } from './actions.ts'
import { connection, isReplay, session } from './app.ts'
import { clock, dayAndTime, number, spokenClock } from './format.ts'
import { frozen, toggleFreeze } from './freeze.ts'
import { sessionClock } from './now.ts'
import { compared, comparing } from './segments.ts'
import { speed } from './settings.ts'
import { ShownChoice } from './shown-choice.tsx'
import { canMark, conditions, openTagForm, TagForm } from './tag-form.tsx'
import { setUsual, usualWanted } from './usual.ts'
import { ViewMenu } from './view-menu.tsx'
import { words } from './words.ts'

/** Second row: whose run, what shoe, what speed on the left; what can be done on the right. */
export function ContextRow() {
  return (
    <div class="ctx">
      <Elapsed />
      <Who />
      <span class="grow" />
      <ShownChoice class="wide" />
      <ViewMenu />
      <UsualButton />
      <CompareButton />
      <MarkButtons />
      {session.state.value?.source === 'live' && <LiveActions />}
      <TagForm />
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
  const { subject, activity, startedAt, id } = state.info
  const { shoe, orthotic, speedMPerS, inclinePct } = conditions.value
  const when = isReplay(state) ? dayAndTime(startedAt) : null
  const parts = [
    when && `${when.day}, ${when.time}`,
    shoe,
    orthotic,
    speedMPerS === undefined ? activity : speed(speedMPerS),
    inclinePct === undefined ? null : words.tag.incline(number(inclinePct)),
  ].filter((part) => part !== null && part !== undefined && part !== '')
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

/** Sets the usual once; then it shows and hides it. */
function UsualButton() {
  const online = connection.link.value === 'open'
  if (session.baseline.value === null)
    return (
      <button
        type="button"
        class="btn"
        disabled={!online || session.stances.value === 0}
        title={words.usual.setWhat}
        onClick={setUsual}
      >
        {words.usual.set}
      </button>
    )
  return (
    <button
      type="button"
      class="btn wide"
      aria-pressed={usualWanted.value}
      title={words.usual.since(clock(session.baseline.value.setS))}
      onClick={() => {
        usualWanted.value = !usualWanted.value
      }}
    >
      {words.usual.name} <kbd>U</kbd>
    </button>
  )
}

/** There once there is something to compare. */
function CompareButton() {
  if (compared.value === null && !comparing.value) return null
  return (
    <button
      type="button"
      class="btn"
      aria-pressed={comparing.value}
      onClick={() => {
        comparing.value = !comparing.value
      }}
    >
      {words.compare.name} <kbd>V</kbd>
    </button>
  )
}

function MarkButtons() {
  return (
    <>
      <button type="button" class="btn" onClick={mark} disabled={!canMark.value}>
        {words.action.mark} <kbd>M</kbd>
      </button>
      <button type="button" class="btn" disabled={!canMark.value} onClick={() => openTagForm()}>
        {words.action.tag} <kbd>T</kbd>
      </button>
    </>
  )
}

function LiveActions() {
  const online = connection.link.value === 'open'
  const recording = isRecording() && online
  return (
    <>
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
          key="stop"
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
        <button key="start" type="button" class="btn primary" disabled={!online} onClick={start}>
          {words.action.start}
        </button>
      )}
    </>
  )
}
