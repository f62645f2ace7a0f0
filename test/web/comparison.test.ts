import { expect, it } from 'vitest'
import { leftRight } from '../../host/metrics/symmetry.ts'
import { compare } from '../../host/web/comparison.ts'
import { legView, summary } from '../../host/web/leg-view.ts'
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
      [],
    )
  return { left: view('left', leftMs), right: view('right', rightMs) }
}

it('calls legs different by the host’s own rule', () => {
  const both = views(250, 300, 10)
  const found = compare(both, 'contactTimeMs')
  const [left, right] = [
    summary(both.left.usable, 'contactTimeMs')!,
    summary(both.right.usable, 'contactTimeMs')!,
  ]
  expect(found.verdict).toEqual(leftRight('contactTimeMs', left, right))
  expect(found.verdict?.differs).toBe(true)
  expect(compare(views(250, 252, 10), 'contactTimeMs').verdict?.differs).toBe(false)
  expect(compare(views(300, 250, 10), 'contactTimeMs').verdict?.difference).toBe(-50)
})

it('does not say so when the uncertainty is not known, or one leg is not', () => {
  expect(compare(views(200, 300, null), 'contactTimeMs')).toMatchObject({
    symmetryPct: 40,
    verdict: { detectable: null, differs: null },
  })
  expect(compare(views(200, 300, 1), 'cadenceSpm')).toEqual({
    left: null,
    right: null,
    symmetryPct: null,
    verdict: null,
  })
})
