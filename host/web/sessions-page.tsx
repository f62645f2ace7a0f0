import { useComputed, useSignal, useSignalEffect } from '@preact/signals'
import type { RecordingEntry } from '../server/messages.ts'
import { isRecording } from './actions.ts'
import { connection, isReplay, session } from './app.ts'
import { dayAndTime } from './format.ts'
import { SearchIcon } from './icons.tsx'
import { comparePath } from './routes.ts'
import { matches, newestFirst } from './sessions/find.ts'
import { picked } from './sessions/picked.ts'
import { SessionRow } from './sessions/session-row.tsx'
import { lookThrough, summaryOf } from './sessions/summaries.ts'
import { Shell } from './shell.tsx'
import { markWords } from './tag-form.tsx'
import { words } from './words.ts'

const w = words.sessions

type List = { recordings: RecordingEntry[] } | { failed: string } | null

/** Which session do I want, and has anything shifted since? Newest first; each opens as a replay. */
export function SessionsPage() {
  const list = useSignal<List>(null)
  const find = useSignal('')
  // of the running session only that a recording began or ended
  const phase = useComputed(() => session.state.value?.phase)
  const recording = useComputed(() => (isRecording() ? (session.state.value?.recording ?? null) : null))
  useSignalEffect(() => {
    // read again when the host is back, or when a recording begins or ends
    if (connection.link.value !== 'open' || phase.value === undefined) return
    void fetchList().then((answer) => {
      list.value = answer
    })
  })
  const all = list.value && 'recordings' in list.value ? newestFirst(list.value.recordings) : []
  useSignalEffect(() => {
    // looking through costs the host a whole analysis each: never beside a recording
    if (list.value === null || 'failed' in list.value || recording.value !== null) return
    const leaving = new AbortController()
    const readable = newestFirst(list.value.recordings).filter((entry) => entry.problem === null)
    void lookThrough(readable, leaving.signal)
    return () => leaving.abort()
  })
  const found = all.filter((entry) => matches(entry, find.value, saidOf(entry)))
  return (
    <Shell at={words.nav.sessions} title={w.title} class="sessions">
      <div class="ctx">
        <h1>{w.title}</h1>
        <label class="find">
          <SearchIcon />
          <input
            type="search"
            placeholder={w.find}
            aria-label={w.find}
            value={find.value}
            onInput={(event) => {
              find.value = event.currentTarget.value
            }}
          />
        </label>
        <span class="grow" />
        <span class="small muted" role="status">
          {list.value && find.value.trim() !== '' ? w.found(found.length, all.length) : ''}
        </span>
        <span class="small muted wide">{list.value ? w.count(all.length) : ''}</span>
        {all.length > 1 && <Compare entries={all} />}
      </div>
      <main id="main">
        <section class="card list">
          {found.length > 0 ? (
            <Table entries={found} recording={recording.value} />
          ) : (
            <Nothing list={list.value} find={find.value} any={all.length > 0} />
          )}
        </section>
      </main>
    </Shell>
  )
}

/** The earlier of the two is A. */
function Compare({ entries }: { entries: readonly RecordingEntry[] }) {
  const [b, a] = entries.filter(({ name }) => picked.value.includes(name))
  return a && b ? (
    <a class="btn primary" href={comparePath(a.name, b.name)}>
      {words.recordings.compare}
    </a>
  ) : (
    <>
      <span class="small muted">{words.recordings.pickTwo}</span>
      <button type="button" class="btn" disabled>
        {words.recordings.compare}
      </button>
    </>
  )
}

async function fetchList(): Promise<List> {
  try {
    const answer = await fetch('/api/recordings')
    const body = await answer.json()
    return answer.ok ? body : { failed: body.message }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

/** What a session can be found by beyond its name: its date and its tags. */
function saidOf(entry: RecordingEntry): string[] {
  const { day, time } = dayAndTime(entry.startedAt)
  return [day, time, ...(summaryOf(entry)?.tags.map(markWords) ?? [])]
}

function Table({ entries, recording }: { entries: readonly RecordingEntry[]; recording: string | null }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" class="pick">
            <span class="sr">{words.recordings.compare}</span>
          </th>
          <th scope="col">{w.when}</th>
          <th scope="col">{w.name}</th>
          <th scope="col" class="tagcol">
            {w.tags}
          </th>
          <th scope="col">{w.timing}</th>
          <th scope="col" class="n">
            {w.impact}
          </th>
          <th scope="col" class="n">
            {w.duration}
          </th>
          <th scope="col">
            <span class="sr">{words.action.replay}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <SessionRow
            key={entry.name}
            entry={entry}
            now={entry.name === recording}
            waits={recording !== null && !isReplay(session.state.value)}
          />
        ))}
      </tbody>
    </table>
  )
}

function Nothing({ list, find, any }: { list: List; find: string; any: boolean }) {
  if (list === null) return <p class="nothing">{words.state.connecting}</p>
  if ('failed' in list)
    return (
      <div class="nothing">
        <p>
          <b>✕ {w.failed}</b> {list.failed}
        </p>
        <button type="button" class="btn" onClick={() => location.reload()}>
          {words.action.tryNow}
        </button>
      </div>
    )
  if (any) return <p class="nothing">{w.noMatch(find)}</p>
  return (
    <div class="nothing">
      <p>
        <b>{w.empty}</b> {w.emptyWhat}
      </p>
      <a class="btn" href="/live">
        {w.toLive}
      </a>
    </div>
  )
}
