import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { RecordingEntry } from '../../server/messages.ts'
import { isRecording } from '../actions.ts'
import { session } from '../app.ts'
import { comparePath } from '../routes.ts'
import { newestFirst } from '../sessions/find.ts'
import { words } from '../words.ts'
import { fetchEntries } from './loaded.ts'
import { nameOf } from './name.ts'

const w = words.recordings

interface Props {
  /** What the address names of the two. */
  a: string | null
  b: string | null
}

/** Which two: the last two to begin with, the earlier as A. */
export function Choose({ a, b }: Props) {
  const list = useSignal<RecordingEntry[] | null>(null)
  const before = useSignal(a)
  const after = useSignal(b)
  useEffect(() => {
    const leaving = new AbortController()
    void fetchEntries(leaving.signal).then((entries) => {
      if (!leaving.signal.aborted) list.value = newestFirst(entries.filter(({ problem }) => problem === null))
    })
    return () => leaving.abort()
  }, [])
  if (list.value === null) return <p role="status">{words.state.connecting}</p>
  const running = isRecording() ? session.state.value?.recording : null
  const all = list.value.filter(({ name }) => name !== running)
  if (all.length < 2) return <p>{w.tooFew(all.length)}</p>
  const at = (name: string | null, otherwise: number): string =>
    all.find((entry) => entry.name === name)?.name ?? all[otherwise]!.name
  const chosen = { a: at(before.value, 1), b: at(after.value, 0) }
  return (
    <div class="chooseab">
      <One letter="A" all={all} value={chosen.a} onChoose={(name) => (before.value = name)} />
      <One letter="B" all={all} value={chosen.b} onChoose={(name) => (after.value = name)} />
      {chosen.a === chosen.b ? (
        <p role="status">{w.same}</p>
      ) : (
        <a class="btn primary" href={comparePath(chosen.a, chosen.b)}>
          {w.compare}
        </a>
      )}
    </div>
  )
}

interface OneProps {
  letter: 'A' | 'B'
  all: readonly RecordingEntry[]
  value: string
  onChoose(name: string): void
}

const One = ({ letter, all, value, onChoose }: OneProps) => (
  <label class="abchoice">
    <svg viewBox="0 0 28 12" aria-hidden="true">
      <line x1="0" y1="6" x2="28" y2="6" class={letter === 'A' ? 'before' : 'after'} />
    </svg>
    <strong>{letter}</strong>
    <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
      {all.map((entry) => (
        <option key={entry.name} value={entry.name} selected={entry.name === value}>
          {nameOf(entry)}
        </option>
      ))}
    </select>
  </label>
)
