import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Envelope } from '../../host/clock/envelope.ts'

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
