import { signal, useSignalEffect } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { SIDES } from '../../../shared/places.ts'
import type { Overview, RecordingEntry, SessionSegment } from '../../server/messages.ts'
import { CurveChoice, NumbersTable, sentence } from '../before-after.tsx'
import { DifferencePanel } from '../difference-panel.tsx'
import { number } from '../format.ts'
import { route } from '../router.ts'
import { comparePath, replayPath } from '../routes.ts'
import { segmentName } from '../segments.ts'
import { speed } from '../settings.ts'
import { Shell } from '../shell.tsx'
import { conditionWords } from '../tag-words.ts'
import { words } from '../words.ts'
import { Choose } from './choose.tsx'
import { type Loaded, load, loaded } from './loaded.ts'
import { nameOf } from './name.ts'
import { Rails } from './rails.tsx'
import { conditionsOf, longest, type Run, runnerOf, runsIn, type Unlike, unlike } from './unlike.ts'

const w = words.recordings

/** Which stretch of each was chosen; `null`: the longest. */
const chosen = { a: signal<number | null>(null), b: signal<number | null>(null) }

/** Did it change from one recording to another, and where in stance? */
export function ComparePage() {
  useSignalEffect(() => {
    const now = route.value
    if (now.page !== 'compare' || now.a === null || now.b === null || now.a === now.b) return
    chosen.a.value = null
    chosen.b.value = null
    const leaving = new AbortController()
    void load(now.a, now.b, leaving.signal)
    return () => leaving.abort()
  })
  return (
    <Shell at={words.nav.compare} title={w.title} class="compare">
      <Content />
    </Shell>
  )
}

function Content() {
  const now = route.value
  if (now.page !== 'compare' || now.a === null || now.b === null)
    return (
      <Nothing title={w.choose} says={w.chooseWhat}>
        <Choose a={now.page === 'compare' ? now.a : null} b={now.page === 'compare' ? now.b : null} />
      </Nothing>
    )
  if (now.a === now.b)
    return (
      <Nothing title={w.same} says={w.chooseWhat}>
        <Choose a={null} b={null} />
      </Nothing>
    )
  const [a, b] = [stretchOf('a'), stretchOf('b')]
  for (const [name, found] of [
    [now.a, a],
    [now.b, b],
  ] as const) {
    if (found === 'missing' || found === 'empty')
      return (
        <Nothing title={found === 'missing' ? w.missing(name) : w.noStrides(name)} says={w.chooseWhat}>
          <Choose a={now.a === name ? null : now.a} b={now.b === name ? null : now.b} />
        </Nothing>
      )
  }
  if (a === null || typeof a === 'string' || b === null || typeof b === 'string')
    return (
      <main id="main" class="nothing">
        <p role="status">{w.looking(a === null ? now.a : now.b)}</p>
      </main>
    )
  return <Comparison a={a} b={b} />
}

function Nothing({ title, says, children }: { title: string; says: string; children: ComponentChildren }) {
  return (
    <main id="main" class="nothing">
      <p>
        <b>{title}</b> {says}
      </p>
      {children}
      <a class="btn quiet" href="/sessions">
        {w.toSessions}
      </a>
    </main>
  )
}

interface Stretch extends Run {
  entry: RecordingEntry
  overview: Overview
}

function stretchOf(which: 'a' | 'b'): Stretch | 'empty' | Extract<Loaded, 'missing' | null> {
  const found = loaded[which].value
  if (found === null || found === 'missing') return found
  const runs = runsIn(found.overview.segments)
  const segment = runs.find(({ index }) => index === chosen[which].value) ?? longest(runs)
  return segment === null ? 'empty' : { ...found, subject: found.entry.subject, segment }
}

function Comparison({ a, b }: { a: Stretch; b: Stretch }) {
  // between recordings pods are taken off and put on anew
  const pair = { before: a.segment, after: b.segment, kept: 'session' } as const
  const found = unlike(a, b)
  return (
    <main id="main" class="before-after comparing">
      <div class="say">
        <h1>{sentence(pair)}</h1>
        {found.length > 0 && (
          <p class="unlike" role="note">
            <span class="tag attn">▲ {w.unlike}</span> {found.map((what) => inWords(what, a, b)).join(', ')}.
          </p>
        )}
      </div>
      <div class="ab">
        <Chosen which="a" run={a} />
        <a class="btn quiet" aria-label={words.compare.swap} href={comparePath(b.entry.name, a.entry.name)}>
          ⇄
        </a>
        <Chosen which="b" run={b} />
        <span class="grow" />
        <CurveChoice />
      </div>
      {SIDES.map((side) => (
        <DifferencePanel
          key={side}
          side={side}
          before={a.segment.legs[side]}
          after={b.segment.legs[side]}
          kept="session"
        >
          <Rails side={side} a={a} b={b} />
        </DifferencePanel>
      ))}
      <NumbersTable {...pair} wide>
        {w.note}
      </NumbersTable>
    </main>
  )
}

function inWords(what: Unlike, a: Run, b: Run): string {
  if (what === 'pods') return w.differ.pods
  const say = (run: Run): string => {
    if (what === 'runner') return runnerOf(run) ?? w.notSaid
    const value = conditionsOf(run)[what]
    if (value === undefined) return w.notSaid
    if (typeof value === 'string') return value
    return what === 'speedMPerS' ? speed(value) : `${number(value, value % 1 === 0 ? 0 : 1)} %`
  }
  return w.fromTo(w.differ[what], say(a), say(b))
}

/** One of the two: when, whose, how it was run, how many strides; and which stretch of it, where it has several. */
function Chosen({ which, run }: { which: 'a' | 'b'; run: Stretch }) {
  const { entry, segment, overview } = run
  const how = [
    ...conditionWords(conditionsOf(run)),
    w.strides(number(segment.legs.left.strides), number(segment.legs.right.strides)),
  ]
  const runs = runsIn(overview.segments)
  const letter = which.toUpperCase()
  return (
    <section class="one" aria-label={`${letter}, ${entry.name}`}>
      <svg viewBox="0 0 28 12" aria-hidden="true">
        <line x1="0" y1="6" x2="28" y2="6" class={which === 'a' ? 'before' : 'after'} />
      </svg>
      <p>
        <b>{letter}</b> <a href={replayPath(entry.name)}>{nameOf(entry)}</a>
        <small>{how.join(' · ')}</small>
      </p>
      {runs.length > 1 && (
        <select
          aria-label={w.stretch(letter)}
          onChange={(event) => {
            chosen[which].value = Number(event.currentTarget.value)
          }}
        >
          {runs.map((one: SessionSegment) => (
            <option key={one.index} value={one.index} selected={one.index === segment.index}>
              {segmentName(one)}
            </option>
          ))}
        </select>
      )}
    </section>
  )
}
