import { beforeEach, describe, expect, it } from 'vitest'
import type { FeedMessage } from '../../host/session/feed.ts'
import { SessionView } from '../../host/web/session-view.ts'
import { stanceOf, stateAt } from '../server/scripted-feed.ts'

const stance = (index: number, leg: 'left' | 'right' = 'left'): FeedMessage => ({
  type: 'stance',
  stance: stanceOf(index, { leg }),
})

let frame: (() => void) | null
let view: SessionView
const paint = (): void => {
  frame?.()
  frame = null
}

beforeEach(() => {
  frame = null
  view = new SessionView(
    (draw) => {
      frame = draw
    },
    () => 0,
  )
})

describe('what the page shows of a feed', () => {
  it('begins with the steps it is given and draws a new stance with the next frame', () => {
    view.restart([stateAt(1), stance(0), stance(1)])
    expect(view.steps.left.value.map(({ index }) => index)).toEqual([0, 1])
    view.receive(stance(2))
    expect(view.steps.left.value).toHaveLength(2)
    paint()
    expect(view.steps.left.value).toHaveLength(3)
    expect(view.stances.value).toBe(3)
  })

  it('draws however many stances a frame brings once', () => {
    view.restart([stateAt(1)])
    let asked = 0
    view = new SessionView(
      () => {
        asked++
      },
      () => 0,
    )
    for (let index = 0; index < 50; index++) view.receive(stance(index))
    expect(asked).toBe(1)
  })

  it('keeps legs apart, and each one’s peak timing over the session', () => {
    view.restart([stateAt(1), stance(0), stance(0, 'right'), stance(1)])
    expect(view.steps.right.value).toHaveLength(1)
    expect(view.trends.left.values).toEqual([40, 40])
    expect(view.trends.right.timeS).toEqual([0.25])
  })

  it('forgets the steps when another recording begins or a replay starts again', () => {
    view.restart([stateAt(9), stance(0), stance(1)])
    view.receive({ ...stateAt(10), recording: 'b.mcap' })
    expect(view.steps.left.value).toEqual([])
    view.restart([stateAt(9, 'replay'), stance(0)])
    view.receive(stateAt(0.5, 'replay'))
    expect(view.steps.left.value).toEqual([])
    expect(view.trends.left.timeS).toEqual([])
  })

  it('starts afresh without what was before', () => {
    view.restart([stateAt(9), stance(7), { type: 'mark', mark: { timeS: 1, kind: 'mark', text: '' } }])
    view.restart([stateAt(1), stance(0)])
    expect(view.steps.left.value.map(({ index }) => index)).toEqual([0])
    expect(view.marks.value).toEqual([])
    expect(view.stances.value).toBe(1)
  })
})
