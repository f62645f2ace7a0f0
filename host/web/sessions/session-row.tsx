import { SIDES } from '../../../shared/places.ts'
import type { RecordingEntry, RecordingSummary } from '../../server/messages.ts'
import { clock, dayAndTime, fileSize, NONE, number } from '../format.ts'
import { legClass } from '../marks.tsx'
import { replayPath } from '../routes.ts'
import { markWords } from '../tag-form.tsx'
import { words } from '../words.ts'
import { shoe, who } from './find.ts'
import { pick, picked } from './picked.ts'
import { summaryOf } from './summaries.ts'
import { TimingDots } from './timing-dots.tsx'

const w = words.sessions
const SHOWN_TAGS = 3

interface Props {
  entry: RecordingEntry
  /** It is being recorded. */
  now: boolean
  /** Another is being recorded: this one is looked through afterwards. */
  waits: boolean
}

/** The whole row opens the session. */
export function SessionRow({ entry, now, waits }: Props) {
  const { day, time } = dayAndTime(entry.startedAt)
  const summary = summaryOf(entry)
  return (
    <tr>
      <td class="pick">
        {entry.problem === null && !now && (
          <label>
            <input
              type="checkbox"
              aria-label={words.recordings.pick(entry.name)}
              checked={picked.value.includes(entry.name)}
              onChange={() => pick(entry.name)}
            />
          </label>
        )}
      </td>
      <td class="nowrap">
        <b>{day}</b>
        <small>{time}</small>
      </td>
      <td class="file">
        <b>{who(entry) || entry.name}</b>
        <small>{[shoe(entry), who(entry) === '' ? '' : entry.name].filter(Boolean).join(' · ')}</small>{' '}
        {now && <span class="tag bad">● {w.now}</span>}
      </td>
      <td class="tagcol">
        <Tags summary={summary ?? null} />
      </td>
      <td>
        {summary && SIDES.some((side) => summary.peakEversionPct[side] !== null) ? (
          <TimingDots pct={summary.peakEversionPct} />
        ) : (
          <Absent entry={entry} summary={summary} waits={waits || now} />
        )}
      </td>
      <td class="n nowrap">
        {summary
          ? SIDES.map((side) => (
              <span key={side} class={`leg ${legClass(side)}`}>
                {number(summary.peakTibialAxialG[side], 1)}
              </span>
            ))
          : NONE}
      </td>
      <td class="n nowrap" title={fileSize(entry.bytes)}>
        {entry.durationS === null ? w.unknown : clock(entry.durationS)}
      </td>
      <td class="n">
        {entry.problem === null ? (
          <a class="btn whole" href={replayPath(entry.name)} aria-label={w.open(entry.name)}>
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
}

/** Why there is no timing. */
function Absent({
  entry,
  summary,
  waits,
}: {
  entry: RecordingEntry
  summary: RecordingSummary | null | undefined
  waits: boolean
}) {
  if (entry.problem !== null || summary === null) return <>{NONE}</>
  if (summary !== undefined)
    return (
      <span class="small faint">
        {NONE} {w.noTiming}
      </span>
    )
  return <span class="small faint">{waits ? `${NONE} ${w.waits}` : w.looking}</span>
}

/** What was said while it ran, and what is missing of it. */
function Tags({ summary }: { summary: RecordingSummary | null }) {
  if (summary === null) return null
  const said = [...new Set(summary.tags.map(markWords))].filter((text) => text !== '')
  return (
    <span class="tags">
      {said.slice(0, SHOWN_TAGS).map((text) => (
        <span key={text} class="tag said" title={text}>
          {text}
        </span>
      ))}
      {said.length > SHOWN_TAGS && <span class="tag">+{said.length - SHOWN_TAGS}</span>}
      {summary.missingS >= 1 && (
        <span class="tag attn">▲ {w.missing(number(summary.missingS, summary.missingS < 10 ? 1 : 0))}</span>
      )}
    </span>
  )
}
