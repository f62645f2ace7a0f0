import { useSignal, useSignalEffect } from '@preact/signals'
import type { RecordingEntry } from '../server/messages.ts'
import { connection, session } from './app.ts'
import { clock, dayAndTime, fileSize } from './format.ts'
import { SearchIcon } from './icons.tsx'
import { replayPath } from './routes.ts'
import { Shell } from './shell.tsx'
import { words } from './words.ts'

type List = { recordings: RecordingEntry[] } | { failed: string } | null

/** Which session do I want? Newest first; each opens as a replay. */
export function SessionsPage() {
  const list = useSignal<List>(null)
  const find = useSignal('')
  useSignalEffect(() => {
    // read again when the host is back, or when a recording begins or ends
    if (connection.link.value !== 'open') return
    session.state.value?.phase
    void fetchList().then((answer) => {
      list.value = answer
    })
  })
  const all = list.value && 'recordings' in list.value ? newestFirst(list.value.recordings) : []
  const found = all.filter((entry) => matches(entry, find.value))
  return (
    <Shell at={words.nav.sessions} title={words.sessions.title} class="sessions">
      <div class="ctx">
        <h1>{words.sessions.title}</h1>
        <label class="find">
          <SearchIcon />
          <input
            type="search"
            placeholder={words.sessions.find}
            aria-label={words.sessions.find}
            value={find.value}
            onInput={(event) => {
              find.value = event.currentTarget.value
            }}
          />
        </label>
        <span class="grow" />
        <span class="small muted">{list.value ? words.sessions.count(all.length) : ''}</span>
      </div>
      <main id="main">
        <section class="card list">
          {found.length > 0 ? (
            <Table entries={found} />
          ) : (
            <Nothing list={list.value} find={find.value} any={all.length > 0} />
          )}
        </section>
      </main>
    </Shell>
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

const newestFirst = (entries: readonly RecordingEntry[]): RecordingEntry[] =>
  entries.toSorted(
    (a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? '') || b.name.localeCompare(a.name),
  )

function matches(entry: RecordingEntry, find: string): boolean {
  const { day, time } = dayAndTime(entry.startedAt)
  return `${entry.name} ${who(entry)} ${day} ${time}`.toLowerCase().includes(find.trim().toLowerCase())
}

/** Whose run: the runner's code or name, where the recording says it. */
function who({ subject }: RecordingEntry): string {
  const { id, name } = subject
  return typeof id === 'string' ? id : typeof name === 'string' ? name : ''
}

function Table({ entries }: { entries: readonly RecordingEntry[] }) {
  const w = words.sessions
  const state = session.state.value
  const now = state?.source === 'live' && state.phase === 'recording' ? state.recording : null
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{w.when}</th>
          <th scope="col">{w.name}</th>
          <th scope="col" class="n">
            {w.duration}
          </th>
          <th scope="col" class="n">
            {w.size}
          </th>
          <th scope="col">
            <span class="sr">{words.action.replay}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const { day, time } = dayAndTime(entry.startedAt)
          return (
            <tr key={entry.name}>
              <td class="nowrap">
                <b>{day}</b>
                <small>{time}</small>
              </td>
              <td class="file">
                <b>{who(entry) || entry.name}</b>
                {who(entry) !== '' && <small>{entry.name}</small>}{' '}
                {entry.name === now && <span class="tag bad">● {w.now}</span>}
              </td>
              <td class="n">{entry.durationS === null ? w.unknown : clock(entry.durationS)}</td>
              <td class="n nowrap">{fileSize(entry.bytes)}</td>
              <td class="n">
                {entry.problem === null ? (
                  <a class="btn" href={replayPath(entry.name)} aria-label={w.open(entry.name)}>
                    {words.action.replay}
                  </a>
                ) : (
                  <span class="tag bad" title={entry.problem}>
                    ✕ {w.unreadable}
                  </span>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Nothing({ list, find, any }: { list: List; find: string; any: boolean }) {
  const w = words.sessions
  if (list === null) return <p class="nothing">{words.state.connecting}</p>
  if ('failed' in list)
    return (
      <p class="nothing">
        <b>✕ {w.failed}</b> {list.failed}
      </p>
    )
  if (any) return <p class="nothing">{w.noMatch(find)}</p>
  return (
    <p class="nothing">
      <b>{w.empty}</b> {w.emptyWhat}
    </p>
  )
}
