import { expect, it } from 'vitest'
import { compare } from '../../host/web/comparison.ts'
import { legView } from '../../host/web/leg-view.ts'
import { stepOfStance } from '../../host/web/steps.ts'
import { stanceOf } from '../server/scripted-feed.ts'

const views = (leftMs: number, rightMs: number, uncertaintyMs: number | null) => {
  const view = (leg: 'left' | 'right', contactTimeMs: number) =>
    legView(
      [
        {
          ...stepOfStance(stanceOf(0, { leg })),
          metrics: { contactTimeMs },
          uncertainty: uncertaintyMs === null ? {} : { contactTimeMs: uncertaintyMs },
        },
      ],
      12,
    )
  return { left: view('left', leftMs), right: view('right', rightMs) }
}

it('calls legs different only beyond 1.96 √2 of the uncertainty of each', () => {
  expect(compare(views(250, 277, 10), 'contactTimeMs').differs).toBe(false)
  expect(compare(views(250, 278, 10), 'contactTimeMs').differs).toBe(true)
  expect(compare(views(278, 250, 10), 'contactTimeMs').differs).toBe(true)
})

it('does not say so when the uncertainty is not known, or one leg is not', () => {
  expect(compare(views(200, 300, null), 'contactTimeMs')).toEqual({
    left: 200,
    right: 300,
    symmetryPct: 40,
    differs: null,
  })
  expect(compare(views(200, 300, 1), 'cadenceSpm')).toEqual({
    left: null,
    right: null,
    symmetryPct: null,
    differs: null,
  })
})
