import { expect, it } from 'vitest'
import { cueFor } from '../../../host/web/run/cue.ts'
import { targetOf } from '../../../host/web/run/target.ts'

// goal 5.6 g; the dead band ends at 6.16 g, its height is 0.56 g
const target = targetOf('landing', 7, 80)
const step = (value: number) => ({ leg: 'left', icS: 10, value }) as const

it('is silent within the dead band: silence is the reward', () => {
  expect(cueFor(target, step(6.1), 10.3)).toBeNull()
  expect(cueFor(target, step(2), 10.3)).toBeNull()
})

it.each([
  [6.5, 1],
  [7.0, 2],
  [7.5, 3],
  [20, 3],
])('%s g is told at level %s', (value, level) => {
  expect(cueFor(target, step(value), 10.3)).toMatchObject({ leg: 'left', level })
})

it('comes 60 ms after the contact, or at once when it became known later', () => {
  expect(cueFor(target, step(8), 10.02)!.inS).toBeCloseTo(0.04, 9)
  expect(cueFor(target, step(8), 10.27)!.inS).toBe(0)
})

it('does not come at all when its step is long over', () => {
  expect(cueFor(target, step(8), 10.7)).toBeNull()
})
