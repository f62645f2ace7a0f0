import { expect, it } from 'vitest'
import { PageClock } from '../../host/web/page-clock.ts'

it('knows session time by the host’s least late saying', () => {
  const clock = new PageClock()
  expect(clock.sessionS(0)).toBeNull()
  clock.see(10, 1040)
  clock.see(10.5, 1502)
  clock.see(11, 2090)
  // the second was 2 ms on its way, the others 40 and 90
  expect(clock.sessionS(2090)).toBeCloseTo(11.088, 9)
})

it('begins anew with another recording', () => {
  const clock = new PageClock()
  clock.see(100, 1000)
  clock.see(0.5, 2000)
  expect(clock.sessionS(3000)).toBeCloseTo(1.5, 9)
})
