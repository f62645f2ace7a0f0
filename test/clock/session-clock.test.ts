import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unwrapMicros } from '../../host/clock/session-clock.ts'
import { toMicros } from '../../shared/micros.ts'

test('µs modulo 2^32 come back as the time they were, when it is known to half an hour', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.double({ min: -2000, max: 2000, noNaN: true }),
      (timeS, off) => {
        expect(Math.abs(unwrapMicros(toMicros(timeS), timeS + off) - timeS)).toBeLessThan(1e-6)
      },
    ),
  )
})

test('the first value is taken as it is', () => {
  expect(unwrapMicros(3_000_000_000, Number.NaN)).toBe(3000)
})
