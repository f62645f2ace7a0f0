import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { isRecording, mark, playOrPause, start, stepSpeed, stop, stopAsked, tagging } from './actions.ts'
import { asTable, isReplay, session } from './app.ts'
import { toggleFreeze } from './freeze.ts'
import { go, route } from './router.ts'
import { words } from './words.ts'

export const helpOpen = signal(false)

const GO: Record<string, string> = { l: '/live', s: '/sessions', p: '/pods' }

const onSession = (): boolean => route.value.page === 'live' || route.value.page === 'replay'

const KEYS: Record<string, () => void> = {
  m: mark,
  t: () => {
    if (onSession()) tagging.value = true
  },
  r: () => (isReplay(session.state.value) ? playOrPause() : isRecording() ? stop() : start()),
  d: () => {
    asTable.value = !asTable.value
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
    tagging.value = false
    stopAsked.value = false
    helpOpen.value = false
  },
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select') !== null
const isPressable = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a') !== null

/** One key, one job, the same on every page; off inside fields. */
export function listenToKeys(): void {
  let going = false
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (isField(event.target) && event.key !== 'Escape') return
    if (event.key === ' ' && isPressable(event.target)) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const path = going ? GO[key] : undefined
    going = !going && key === 'g'
    if (path !== undefined) go(path)
    else if (KEYS[key]) {
      event.preventDefault()
      KEYS[key]()
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
