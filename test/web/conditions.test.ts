import { describe, expect, it } from 'vitest'
import { conditionsNow, namedBefore, tagOf } from '../../host/web/conditions.ts'
import { stateAt } from '../server/scripted-feed.ts'

const state = {
  ...stateAt(0),
  info: { ...stateAt(0).info, subject: { shoe: 'A' }, treadmill: { speedMPerS: 3 } },
}
const marks = [
  { timeS: 5, kind: 'tag' as const, text: 'B', tag: { shoe: 'B' } },
  { timeS: 6, kind: 'mark' as const, text: 'x' },
  { timeS: 9, kind: 'tag' as const, text: '', tag: { speedMPerS: 3.5, pain: 2 } },
]
const empty = { shoe: '', orthotic: '', speedMPerS: '', inclinePct: '', pain: '', note: '' }

describe('the conditions now', () => {
  it('are what was known beforehand and what was tagged since', () => {
    expect(conditionsNow(state, [])).toMatchObject({ shoe: 'A', speedMPerS: 3 })
    expect(conditionsNow(state, marks)).toMatchObject({ shoe: 'B', speedMPerS: 3.5 })
    expect(conditionsNow(null, [])).toEqual({})
  })

  it('name each shoe once to choose from', () => {
    expect(namedBefore([...marks, ...marks], 'shoe', conditionsNow(state, []))).toEqual(['A', 'B'])
  })
})

describe('a tag', () => {
  const now = conditionsNow(state, marks)

  it('is what differs from now, not what stood in the form already', () => {
    expect(tagOf({ ...empty, shoe: 'B', speedMPerS: '3.5' }, now)).toBeNull()
    expect(tagOf({ ...empty, shoe: ' C ', speedMPerS: '3.5' }, now)).toMatchObject({
      shoe: 'C',
      speedMPerS: undefined,
    })
  })

  it('takes a decimal comma and a typographic minus, and nothing that is no number', () => {
    expect(tagOf({ ...empty, speedMPerS: '3,2', inclinePct: '\u22122' }, now)).toMatchObject({
      speedMPerS: 3.2,
      inclinePct: -2,
    })
    expect(tagOf({ ...empty, pain: 'much' }, now)).toBeNull()
  })

  it('can be a pain or a note alone', () => {
    expect(tagOf({ ...empty, pain: '0' }, now)).toMatchObject({ pain: 0 })
    expect(tagOf({ ...empty, note: 'left calf' }, now)).toMatchObject({ note: 'left calf' })
  })
})
