import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUsable, KEPT_STEPS, type Step, stepOfStance, withStep } from '../../host/web/steps.ts'
import { stanceOf } from '../server/scripted-feed.ts'

const live = (index: number, reasons: string[] = []): Step => stepOfStance(stanceOf(index, { reasons }))
const record = (index: number, quality = { ok: true, reasons: [] as string[] }): Step => ({
  ...live(index),
  recorded: true,
  quality,
})
const all = (steps: readonly Step[]): Step[] =>
  steps.reduce<Step[]>((known, step) => withStep(known, step), [])

describe('the steps of a leg', () => {
  it('take a record in the place of its live stance, and not the reverse', () => {
    const recordOf1 = record(1)
    for (const order of [
      [live(0), live(1), recordOf1, live(2)],
      [live(0), recordOf1, live(1), live(2)],
      [live(2), recordOf1, live(0)],
    ]) {
      const steps = all(order)
      expect(steps.map(({ index }) => index)).toEqual([0, 1, 2])
      expect(steps[1]).toBe(recordOf1)
    }
  })

  it('are in order, each once, the newest kept, whatever the order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 150 }), (indices) => {
        const kept = all(indices.map((index) => live(index))).map(({ index }) => index)
        expect(kept.length).toBeLessThanOrEqual(KEPT_STEPS)
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
        if (indices.length > 0) expect(kept.at(-1)).toBe(Math.max(...indices))
      }),
    )
  })
})

describe('what counts for the mean', () => {
  it.each([
    ['a live stance without a reason', live(0), true],
    ['a settling one: all is provisional then', live(0, ['settling']), true],
    ['one that only lacks a pod', live(0, ['no shin pod']), true],
    ['one with a gap', live(0, ['gap: left-shin']), false],
    ['a settling one with a gap', live(0, ['settling', 'gap: left-shin']), false],
    [
      'a sound record with a remark',
      record(0, { ok: true, reasons: ['no contact of the other foot'] }),
      true,
    ],
    ['a record that is not sound', record(0, { ok: false, reasons: ['heading is not known'] }), false],
    ['a settling record', record(0, { ok: false, reasons: ['settling'] }), true],
  ])('%s', (_what, step, usable) => {
    expect(isUsable(step)).toBe(usable)
  })
})
