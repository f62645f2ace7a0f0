import { expect, test } from 'vitest'
import { plots } from './plots.ts'
import { report } from './report.ts'
import type { EventScore, SessionScore } from './score.ts'
import { summarise } from './summary.ts'
import { around, atX, atY, type Panel, ticks } from './svg.ts'

const events = (errorsMs: number[], missed = 0): EventScore => ({
  truth: errorsMs.length + missed,
  missed,
  extra: 0,
  errorsMs,
  delaysMs: errorsMs.map(() => 42),
})
const flat = (v: number): number[] => new Array<number>(101).fill(v)
const trial = (bias: number): SessionScore => ({
  name: 'one',
  lagMs: 0,
  events: { 'initial-contact': events([bias - 1, bias + 1]), 'toe-off': events([0, 2], 1) },
  strides: { truth: 2, matched: 2, doubted: 0 },
  metrics: { contactTimeMs: { found: [250, 262], truth: [250, 250], stated: [5, 5] } },
  curves: { eversion: { rms: [1, 3], shape: [0.5, 0.5], found: flat(8), truth: flat(6) } },
  reasons: { settling: 3 },
  notes: [],
})
const group = summarise({ name: 'people', heldTo: 'clean' }, [trial(9), trial(7)])

test('the document sets figures beside targets and marks what is missed', () => {
  const text = report([group], [], [{ file: 'a.svg', says: 'A plot' }])
  expect(text).toContain('| IC bias, ms | **8.00 (5)** |')
  expect(text).toContain('| IC SD within a trial, ms | 1.00 (4) |')
  expect(text).toContain('| eversion curve, ° | **2.00 (0.7)** |')
  // errors 0, 12, 0, 12 against twice 5
  expect(text).toContain('| errors beyond twice the stated uncertainty, % | **50.00 (5)** |')
  expect(text).toContain('![A plot](validation/a.svg)')
  expect(report([group], [], [])).toBe(report([group], [], []))
})

test('curves are means over strides, and every plot is drawn', () => {
  expect(group.curves.eversion!.found[50]).toBe(4)
  expect(group.curves.eversion!.truth[0]).toBe(3)
  for (const { svg } of plots([group])) {
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
  }
})

test('axes: round ticks within the range, and values in their place', () => {
  expect(ticks({ from: 0, to: 100 })).toEqual([0, 20, 40, 60, 80, 100])
  expect(ticks({ from: -0.3, to: 0.31 })).toEqual([-0.2, 0, 0.2])
  expect(around([3, 17], 5)).toEqual({ from: 0, to: 20 })
  const p: Panel = {
    x: 50,
    y: 30,
    width: 200,
    height: 100,
    title: '',
    xLabel: '',
    yLabel: '',
    xRange: { from: -10, to: 10 },
    yRange: { from: 0, to: 4 },
  }
  expect([atX(p, 0), atY(p, 0), atY(p, 4)]).toEqual([150, 130, 30])
})
