import { expect, it } from 'vitest'
import { lengthIn, speedIn } from '../../host/web/units.ts'

it.each([
  ['m/s', 3, '3.0 m/s'],
  ['km/h', 3, '10.8 km/h'],
  // 1000 m at 3 m/s are 333.3 s
  ['min/km', 3, '5:33 min/km'],
  // a mile is 1609.344 m (international yard and pound agreement, 1959)
  ['mph', 3, '6.7 mph'],
  ['min/mile', 3, '8:56 min/mile'],
  // 59.6 s are a whole minute, not 0:60
  ['min/km', 1000 / 59.6, '1:00 min/km'],
  ['min/km', 0, '— min/km'],
  ['m/s', null, '—'],
] as const)('%s of %s m/s is %s', (unit, mPerS, text) => {
  expect(speedIn(unit, mPerS)).toBe(text)
})

it('gives lengths in cm or inches of 2.54 cm', () => {
  expect([lengthIn('metric', 2.15), lengthIn('imperial', 2.54), lengthIn('metric', null)]).toEqual([
    '215 cm',
    '100 in',
    '—',
  ])
})
