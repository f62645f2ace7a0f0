import { describe, expect, it } from 'vitest'
import { advance, BEGINNING, type Progress } from '../../../host/web/run/progress.ts'
import { targetOf } from '../../../host/web/run/target.ts'

// goal 5.6 g, told from 6.16 g
const target = targetOf('landing', 7, 80)

/** Steps of alternate legs, a third of a second apart. */
const walked = (values: readonly number[], progress: Progress = BEGINNING, fromS = 0): Progress =>
  values.reduce(
    (so, value, i) => advance(so, target, { leg: i % 2 === 0 ? 'left' : 'right', icS: fromS + i / 3, value }),
    progress,
  )

describe('on target', () => {
  it('is not known before the first step, and then what the first says', () => {
    expect(BEGINNING.on).toBeNull()
    expect(walked([8]).on).toBe(false)
    expect(walked([6]).on).toBe(true)
  })

  it('is decided on the mean of the last five, of both legs', () => {
    // (9 + 5 + 5 + 5 + 5) / 5 = 5.8 g is not yet at the goal; the next takes the 9 out
    const almost = walked([9, 5, 5, 5, 5])
    expect(almost.on).toBe(false)
    expect(advance(almost, target, { leg: 'right', icS: 9, value: 5 }).on).toBe(true)
  })

  it('stays as it was between the goal and the end of the dead band', () => {
    const between = Array.from({ length: 30 }, () => 5.9)
    expect(walked(between, walked([9, 9, 9, 9, 9]), 10).on).toBe(false)
    expect(walked(between, walked([5, 5, 5, 5, 5]), 10).on).toBe(true)
  })

  it('changes at most once in three seconds', () => {
    let progress = BEGINNING
    const changes: number[] = []
    for (let i = 0; i < 300; i++) {
      // from far out to far within and back, every five steps
      const next = advance(progress, target, {
        leg: i % 2 === 0 ? 'left' : 'right',
        icS: i / 3,
        value: i % 10 < 5 ? 12 : 1,
      })
      if (progress.on !== null && next.on !== progress.on) changes.push(i / 3)
      progress = next
    }
    expect(changes.length).toBeGreaterThan(5)
    for (let i = 1; i < changes.length; i++) expect(changes[i]! - changes[i - 1]!).toBeGreaterThanOrEqual(3)
  })
})

it('keeps the last five of each leg, and counts the steps that were not told', () => {
  const progress = walked([8, 5, 8, 5, 8, 5, 8, 6, 6, 6, 6, 6])
  expect(progress.left).toEqual([8, 8, 8, 6, 6])
  expect(progress.right).toEqual([5, 5, 6, 6, 6])
  expect(progress.both).toEqual([6, 6, 6, 6, 6])
  expect([progress.steps, progress.stepsOn]).toEqual([12, 8])
})
