import { type Signal, signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { isRecording, mark, playOrPause, start, stepSpeed, stop, stopAsked } from './actions.ts'
import { asTable, connection, isReplay, session } from './app.ts'
import { toggleFreeze } from './freeze.ts'
import { legsOpen } from './legs-3d.tsx'
import { normWanted } from './norms.ts'
import { moveBy, stepBy, toggleLoop, toMark } from './replay/replay-actions.ts'
import { go, route } from './router.ts'
import { comparing } from './segments.ts'
import { speak } from './speak.tsx'
import { closeTagForm, openTagForm } from './tag-form.tsx'
import { usualWanted } from './usual.ts'
import { inOne, lower } from './views.ts'
import { words } from './words.ts'

export const helpOpen = signal(false)

const GO: Record<string, string> = { l: '/live', r: '/run', s: '/sessions', c: '/compare', p: '/pods' }

const onSession = (): boolean => route.value.page === 'live' || route.value.page === 'replay'
const toggle = (choice: Signal<boolean>) => () => {
  choice.value = !choice.value
}

const KEYS: Record<string, () => void> = {
  m: mark,
  'Shift m': () => openTagForm('note'),
  t: () => openTagForm(),
  r: () => (isReplay(session.state.value) ? playOrPause() : isRecording() ? stop() : start()),
  d: toggle(asTable),
  u: toggle(usualWanted),
  n: toggle(normWanted),
  s: toggle(inOne),
  v: toggle(comparing),
  a: speak,
  b: () => connection.send({ type: 'blink', id: null }),
  1: () => {
    lower.value = 'tibialRotationDeg'
  },
  2: () => {
    lower.value = 'tibialAxialG'
  },
  3: toggle(legsOpen),
  4: () => {
    lower.value = 'dorsiflexionDeg'
  },
  ',': () => stepSpeed(-1),
  '.': () => stepSpeed(1),
  ' ': () => {
    if (onSession()) isReplay(session.state.value) ? playOrPause() : toggleFreeze()
  },
  '?': () => {
    helpOpen.value = true
  },
  Escape: () => {
    closeTagForm()
    stopAsked.value = false
    helpOpen.value = false
  },
}

/** In a replay alone; elsewhere the browser has them. */
const REPLAY_KEYS: Record<string, () => void> = {
  l: toggleLoop,
  ArrowLeft: stepBy(-1),
  ArrowRight: stepBy(1),
  'Shift ArrowLeft': moveBy(-1),
  'Shift ArrowRight': moveBy(1),
  '[': toMark(-1),
  ']': toMark(1),
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select') !== null
const controlOf = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest('button, a, summary') : null

/** What was last clicked, as long as it has the focus: Space is not meant for it, but for a control that the keyboard went to. */
let clicked: Element | null = null
const isPressable = (target: EventTarget | null): boolean => {
  const control = controlOf(target)
  return control !== null && control !== clicked
}

/** One key, one job, the same on every page; off inside fields. */
export function listenToKeys(): void {
  let going = false
  addEventListener('click', ({ target, detail }) => {
    // a click by key has no count
    clicked = detail > 0 ? controlOf(target) : null
  })
  addEventListener('focusout', () => {
    clicked = null
  })
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (isField(event.target) && event.key !== 'Escape') return
    if (event.key === ' ' && isPressable(event.target)) return
    const plain = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const keys = onSession() && isReplay(session.state.value) ? { ...KEYS, ...REPLAY_KEYS } : KEYS
    const key = event.shiftKey && keys[`Shift ${plain}`] ? `Shift ${plain}` : plain
    const path = going ? GO[key] : undefined
    going = !going && key === 'g'
    if (path !== undefined) go(path)
    else if (keys[key]) {
      event.preventDefault()
      // a button that was clicked would be pressed again as Space comes up
      if (key === ' ' && event.target instanceof HTMLElement) event.target.blur()
      keys[key]()
    }
  })
}

export function KeysHelp() {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (helpOpen.value) dialog.current?.showModal()
    else dialog.current?.close()
  }, [helpOpen.value])
  return (
    <dialog
      ref={dialog}
      class="card help"
      aria-label={words.keys.title}
      onClose={() => {
        helpOpen.value = false
      }}
    >
      <h2>{words.keys.title}</h2>
      <dl>
        {words.keys.list.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="btn primary" onClick={() => dialog.current?.close()}>
        {words.action.close}
      </button>
    </dialog>
  )
}
