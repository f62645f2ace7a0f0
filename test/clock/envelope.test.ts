import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Envelope } from '../../host/clock/envelope.ts'
import { uniform } from './simulated-pod.ts'

// readings as a pod's FIFO gives them: whole sample indices, whole microseconds, a line through most of them
const readings = fc.array(
  fc.record({ step: fc.integer({ min: 1, max: 40 }), lateUs: fc.constantFrom(0, 0, 0, 1, 7, 300, 2404) }),
  { minLength: 1, maxLength: 90 },
)

test('a line rests on the hull exactly where it rests on all points, whatever its slope', () => {
  fc.assert(
    fc.property(
      readings,
      fc.constantFrom<1 | -1>(1, -1),
      fc.integer({ min: 0, max: 1e9 }),
      fc.array(fc.double({ min: -0.08, max: 0.08, noNaN: true }), { minLength: 1, maxLength: 20 }),
      (points, side, first, offs) => {
        const envelope = new Envelope(side, 32)
        let index = first
        for (const { step, lateUs } of points) {
          index += step
          envelope.add(index, Math.round((index / 416) * 1e6 + lateUs) / 1e6)
        }
        envelope.narrow()
        for (const off of offs) {
          const slope = (1 + off) / 416
          const onHull = [envelope.restOnHull(slope), envelope.x, envelope.y]
          expect(onHull).toEqual([envelope.rest(slope), envelope.x, envelope.y])
        }
      },
    ),
  )
})

test('the step is how far the bound still is: right in the mean, whether delays are even or exponential', () => {
  const draws: Record<string, (u: number) => number> = {
    even: (u) => 10 * u,
    exponential: (u) => -5 * Math.log(1 - u),
  }
  for (const [name, draw] of Object.entries(draws)) {
    const u = uniform(3)
    let corrected = 0
    let bare = 0
    const runs = 400
    for (let run = 0; run < runs; run++) {
      const envelope = new Envelope(1, 128)
      for (let n = 0; n < 100; n++) envelope.add(n, 0.5 * n + draw(u()))
      bare += envelope.rest(0.5) / runs
      corrected += (envelope.rest(0.5) - envelope.step(0.5)) / runs
    }
    // the quickest of 100 is late by a hundredth of 10, or of 5
    expect(bare, name).toBeGreaterThan(0.04)
    expect(Math.abs(corrected), name).toBeLessThan(0.01)
  }
})
