import { describe, expect, it } from 'vitest'
import type { Alert, AlertCode } from '../../host/server/messages.ts'
import { words } from '../../host/web/words.ts'

const CODES: Record<AlertCode, Partial<Alert>> = {
  'pod-silent': { place: 'left-shin', values: { silentS: 4 } },
  'pod-missing': { place: 'left-shin' },
  'battery-low': { place: 'left-shin', values: { batteryPct: 9 } },
  clipping: { place: 'left-shin', values: { samples: 12 } },
  loss: { place: 'left-shin', values: { lossPct: 2.5 } },
  clock: { place: 'left-shin', values: { errorMs: 3 } },
  slipped: { place: 'left-shin', values: { turnedDeg: 24 } },
  swapped: { side: 'left' },
  'duplicate-place': { place: 'left-shin', values: { pods: 2 } },
  'metric-beyond-usual': {
    side: 'left',
    metric: 'peakEversionPct',
    values: { value: 56, usual: 44, detectable: 1.6 },
  },
}
const ALERTS = Object.entries(CODES).map(
  ([code, about]): Alert => ({
    key: code,
    level: 'attention',
    fromS: 0,
    values: {},
    code: code as AlertCode,
    ...about,
  }),
)

/** Words that judge or frighten, which the companion never says of a person's movement. */
const NEVER =
  /\b(abnormal|excessive|overpronat\w*|pronat\w*|bad|wrong|risk|injur\w*|correct(ed)?|score|should|norm(al)?)\b|!/i

const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return texts(value('left', 'x', 'y', 3))
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(texts)
  return []
}

it('says what moved, where, when and how much, and nothing about health', () => {
  // places, lists and names of curves are given to functions of their own; a norm is named where it is cited, and nowhere else
  const { state, pods, chart, compare, alert, norm: _, view, ...rest } = words
  const all = [
    rest,
    { ...state, waiting: state.waiting(['left-shin']), lost: state.lost('left-shin') },
    pods,
    { ...chart, norm: '', cursor: chart.cursor(40, '1', '2', 'eversionDeg', '3') },
    { ...view, norm: '' },
    {
      ...compare,
      where: [compare.where([]), compare.where([{ fromPct: 1, toPct: 2 }])],
      sentence: [
        compare.sentence(null, { moved: [], curves: [] }),
        compare.sentence({ moved: ['x', 'y'], curves: [] }, { moved: [], curves: [] }),
      ],
      verdict: [null, true, false].map((differs) => compare.verdict(differs, '1°')),
    },
    ALERTS.map(alert),
  ]
  const said = texts(all)
  expect(said.length).toBeGreaterThan(150)
  expect(said.filter((text) => NEVER.test(text))).toEqual([])
})

it('has a title, the numbers and one thing to try for every alert, with nothing left open', () => {
  for (const about of ALERTS) {
    const { title, text, tip } = words.alert(about)
    expect(title).not.toMatch(/undefined|NaN|—/)
    expect(text).not.toMatch(/undefined|NaN|—/)
    expect(tip).not.toBe('')
  }
  expect(words.alert(ALERTS.at(-1)!)).toMatchObject({
    title: 'Left peak timing later than usual',
    text: expect.stringContaining('56\u00a0%, usual 44\u00a0%'),
  })
})

it('says in which way a number differs', () => {
  expect(words.more('peakEversionPct', 2)).toBe('later')
  expect(words.more('peakEversionPct', -2)).toBe('earlier')
  expect(words.more('contactTimeMs', -2)).toBe('shorter')
  expect(words.more('cadenceSpm', 2)).toBe('quicker')
  expect(words.more('tibialRotationExcursionDeg', -2)).toBe('less')
})

describe('what is said of two stretches', () => {
  const { where, sentence } = words.compare

  it('names one point as a point, and stretches as such', () => {
    expect(where([])).toBe('differs nowhere')
    expect(where([{ fromPct: 0, toPct: 0 }])).toBe('differs at 0 % of stance')
    expect(
      where([
        { fromPct: 0, toPct: 0 },
        { fromPct: 23, toPct: 43 },
      ]),
    ).toBe('differs at 0 and from 23 to 43 % of stance')
  })

  const none = { moved: [], curves: [] }
  const twice = [
    { fromPct: 5, toPct: 8 },
    { fromPct: 60, toPct: 60 },
  ]
  it.each([
    [none, none, 'Left and right: no change that can be told.'],
    [null, none, 'Left: too little to tell; right: no change that can be told.'],
    [
      none,
      {
        moved: [],
        curves: [
          { name: 'tibialRotationDeg', stretches: [...twice, { fromPct: 90, toPct: 95 }] },
          { name: 'dorsiflexionDeg', stretches: twice },
          { name: 'tibialAxialG', stretches: twice },
        ],
      },
      'Left: no change that can be told; right: rotation differs in parts from 5 to 95 % of stance, dorsiflexion and acceleration too.',
    ],
    [
      { moved: ['a', 'b', 'c', 'd', 'e'], curves: [{ name: 'eversionDeg', stretches: twice }] },
      none,
      'Left: a, b, c and 2 more (eversion differs from 5 to 8 and at 60 % of stance); right: no change that can be told.',
    ],
  ] as const)('is one sentence: whether it changed, what, and where in stance', (left, right, says) => {
    expect(sentence(left, right)).toBe(says)
  })
})
