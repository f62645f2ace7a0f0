import { expect, it } from 'vitest'
import type { LegStretch, SessionSegment, Tag } from '../../../host/server/messages.ts'
import { longest, type Run, runsIn, unlike } from '../../../host/web/compare/unlike.ts'

const leg = (strides: number, curves: LegStretch['curves'] = {}): LegStretch => ({
  strides,
  metrics: {},
  curves,
})
const segment = (tags: Tag, left = leg(9), index = 0): SessionSegment => ({
  index,
  fromS: 0,
  toS: 9,
  label: '',
  tags,
  legs: { left, right: leg(0) },
})
const run = (tags: Tag, subject: Record<string, unknown> = { id: 'r' }, left?: LegStretch): Run => ({
  subject,
  segment: segment(tags, left),
})

it('names what was not the same, and nothing else', () => {
  const a = run({ speedMPerS: 3, inclinePct: 1 }, { id: 'r', shoe: 'A' })
  expect(unlike(a, a)).toEqual([])
  expect(unlike(run({}), run({}))).toEqual([])
  // what was tagged while it ran counts, not what was known before
  expect(unlike(a, run({ shoe: 'A', speedMPerS: 3, inclinePct: 1 }, { id: 'r', shoe: 'B' }))).toEqual([])
  expect(unlike(a, run({ shoe: 'B', orthotic: 'wedge', speedMPerS: 3.5 }, { id: 'r' }))).toEqual([
    'shoe',
    'orthotic',
    'speedMPerS',
    'inclinePct',
  ])
  expect(unlike(a, { ...a, subject: { name: 'Ann', shoe: 'A' } })).toEqual(['runner'])
  const curve = { mean: [], sd: [] }
  expect(unlike(run({}), run({}, undefined, leg(9, { eversionDeg: curve })))).toEqual(['pods'])
})

it('finds where somebody ran, and most of it', () => {
  const [stood, short, long] = [segment({}, leg(1), 0), segment({}, leg(30), 1), segment({}, leg(90), 2)]
  expect(runsIn([stood, short, long])).toEqual([short, long])
  expect(longest([short, long])).toBe(long)
  expect(longest([])).toBeNull()
})
