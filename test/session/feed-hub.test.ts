import { expect, onTestFinished, test } from 'vitest'
import type { FeedMessage, Mark } from '../../host/session/feed.ts'
import { FeedHub, TO_KNOW } from '../../host/session/feed-hub.ts'
import { Timeline } from '../../host/session/timeline.ts'
import { SessionView } from '../../host/web/session-view.ts'
import { stateAt } from '../server/scripted-feed.ts'

const gap = (timeS: number): Mark => ({
  timeS,
  kind: 'gap',
  text: 'lost',
  gap: { pod: 'p', place: 'left-shoe', fromS: timeS - 1, toS: timeS, samples: 9, cause: 'bit errors' },
})

/** One mark and one note of somebody's own, and then a link that loses something a thousand times. */
const told: FeedMessage[] = [
  { type: 'mark', mark: { timeS: 1, kind: 'tag', text: '', tag: { shoe: 'B' } } },
  { type: 'note', timeS: 2, text: 'left shin slipped' },
  ...Array.from({ length: 1000 }, (_, i): FeedMessage[] => [
    { type: 'mark', mark: gap(3 + i) },
    { type: 'note', timeS: 3 + i, text: 'lost', ofGap: true },
  ]).flat(),
]

const own = (messages: readonly FeedMessage[]): unknown[] =>
  messages.flatMap((message): unknown[] =>
    message.type === 'mark' && !message.mark.gap
      ? [message.mark.tag]
      : message.type === 'note' && !message.ofGap
        ? [message.text]
        : [],
  )

test('who comes late hears of marks and notes however often samples were missing since', () => {
  const hub = new FeedHub()
  for (const message of told) hub.emit(message)
  const recent = hub.recent(stateAt(1003))
  expect(own(recent)).toEqual([{ shoe: 'B' }, 'left shin slipped'])
  expect(recent.length).toBeLessThan(300)
})

test('and so does who goes there in a replay', async () => {
  const timeline = await Timeline.create()
  onTestFinished(() => timeline.close())
  for (const [i, message] of told.entries()) timeline.add({ timeS: i, message })
  await timeline.reach(told.length)
  const known = await timeline.lastBefore(told.length, TO_KNOW)
  expect(own(known)).toEqual([{ shoe: 'B' }, 'left shin slipped'])
  expect(known.length).toBeLessThan(300)
})

test('and who watches all the time', () => {
  const view = new SessionView(
    (draw) => draw(),
    () => 0,
  )
  for (const message of told) view.receive(message)
  expect(view.marks.value[0]!.tag).toEqual({ shoe: 'B' })
  expect(view.marks.value.length).toBe(201)
})
