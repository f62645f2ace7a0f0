import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AIMS, beyond, RULES, targetOf, usualOf } from '../../../host/web/run/target.ts'
import { baselineOf } from './baseline.ts'

describe('a target of the runner’s own usual', () => {
  it('is 80 % of the mean of both legs, told from 10 % above it', () => {
    const usual = usualOf('landing', baselineOf({ peakTibialAxialG: { left: 8, right: 6 } }))
    expect(usual).toBe(7)
    const { goal, edge } = targetOf('landing', 7, 80)
    expect(goal).toBeCloseTo(5.6, 12)
    expect(edge).toBeCloseTo(6.16, 12)
  })

  it('counts the leg that has the number, and is not known without any', () => {
    expect(usualOf('landing', baselineOf({ peakTibialAxialG: { left: 8 } }))).toBe(8)
    expect(usualOf('landing', baselineOf({}))).toBeNull()
    expect(usualOf('timing', null)).toBeNull()
  })

  it('never asks for more than 10 % quicker steps, nor a softer landing than half', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1000, noNaN: true }), (percent) => {
        expect(targetOf('cadence', 160, percent).goal).toBeLessThanOrEqual(176 + 1e-9)
        expect(targetOf('cadence', 160, percent).goal).toBeGreaterThanOrEqual(160 - 1e-9)
        expect(targetOf('landing', 8, percent).goal).toBeGreaterThanOrEqual(4 - 1e-9)
      }),
    )
  })

  it('begins within what it allows', () => {
    for (const aim of AIMS) expect(RULES[aim].percents).toContain(RULES[aim].percent)
  })
})

describe('how far a step is beyond', () => {
  it.each([
    // goal 5.6 g, a dead band of 0.56 g: it ends at 6.16 g
    ['landing', 7, 80, 5.6, -1],
    ['landing', 7, 80, 6.16, 0],
    ['landing', 7, 80, 6.72, 1],
    // goal 168, a dead band of 3.36: it ends at 164.64
    ['cadence', 160, 105, 168, -1],
    ['cadence', 160, 105, 161.28, 1],
    // goal 40 % of stance, a dead band of 4: later than 44 % is beyond
    ['timing', 50, 80, 44, 0],
    ['timing', 50, 80, 52, 2],
  ] as const)('%s, usual %s, %s %%: %s is %s dead bands', (aim, usual, percent, value, bands) => {
    expect(beyond(targetOf(aim, usual, percent), value)).toBeCloseTo(bands, 9)
  })
})
