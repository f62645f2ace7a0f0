import { describe, expect, it } from 'vitest'
import { clock, fileSize, number, plusMinus, signed, spokenClock } from '../../host/web/format.ts'

describe('numbers as they are written', () => {
  it.each([
    [11.25, 1, '11.3'],
    [-4.2, 1, '\u22124.2'],
    [-0.04, 1, '0.0'],
    [1984, 0, '1984'],
    [12345, 0, '12\u202f345'],
    [1234567.5, 1, '1\u202f234\u202f567.5'],
    [null, 1, '—'],
    [Number.NaN, 1, '—'],
  ])('%s with %s places is %s', (value, digits, text) => {
    expect(number(value, digits)).toBe(text)
  })

  it('carry their sign where it is a direction', () => {
    expect([signed(2.44, 1), signed(-2.44, 1), signed(0.01, 1), signed(null)]).toEqual([
      '+2.4',
      '\u22122.4',
      '0.0',
      '—',
    ])
  })

  it('have ± only when the spread is known', () => {
    expect(plusMinus(1.24, 1)).toBe('±\u20091.2')
    expect(plusMinus(null)).toBe('')
  })
})

describe('times and sizes', () => {
  it.each([
    [0, '0:00'],
    [59.9, '0:59'],
    [1307, '21:47'],
    [3723, '1:02:03'],
    [null, '—'],
  ])('%s s is %s', (seconds, text) => {
    expect(clock(seconds)).toBe(text)
  })

  it('are spoken in words', () => {
    expect(spokenClock(1307)).toBe('21 minutes 47 seconds')
    expect(spokenClock(3601)).toBe('1 hour 0 minutes 1 second')
  })

  it.each([
    [999, '999 B'],
    [8_530_000, '8.5 MB'],
    [45_000_000, '45 MB'],
    [2e12, '2000 GB'],
  ])('%s bytes are %s', (bytes, text) => {
    expect(fileSize(bytes)).toBe(text)
  })
})
