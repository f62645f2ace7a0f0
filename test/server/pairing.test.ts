import { describe, expect, it } from 'vitest'
import { Pairing } from '../../host/server/pairing.ts'

describe('pairing', () => {
  const withClock = () => {
    const clock = { ms: 1e12 }
    return { clock, pairing: new Pairing(() => clock.ms) }
  }

  it('lets a code lapse after ten minutes', () => {
    const { clock, pairing } = withClock()
    const { code } = pairing.code()
    clock.ms += 599_000
    expect(pairing.code()).toEqual({ code, lapsesS: 1 })
    clock.ms += 1000
    expect(() => pairing.pair('10.0.0.2', code, 'late', 'view')).toThrow(/lapsed/)
    expect(pairing.code().lapsesS).toBe(600)
  })

  it('takes a code however it is typed, and knows the screen by its secret only', () => {
    const { pairing } = withClock()
    const { token, screen } = pairing.pair(
      '10.0.0.2',
      ` ${pairing.code().code.toLowerCase()} `,
      'tablet',
      'view',
    )
    expect(pairing.screenOf(token)).toEqual(screen)
    expect(pairing.screenOf(`${token}x`)).toBeNull()
    expect(pairing.screenOf(screen.id)).toBeNull()
    expect(pairing.screenOf(undefined)).toBeNull()
  })

  it('holds up guesses from one address after five, from all after thirty, for ten minutes', () => {
    const { clock, pairing } = withClock()
    const guess = (address: string) => {
      try {
        pairing.pair(address, 'wrong', 'x', 'view')
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    for (let i = 0; i < 5; i++) expect(guess('10.0.0.2')).toBe('wrong-code')
    expect(guess('10.0.0.2')).toBe('too-many-tries')
    for (let i = 0; i < 25; i++) expect(guess(`10.0.1.${i}`)).toBe('wrong-code')
    expect(guess('10.0.2.1')).toBe('too-many-tries')
    clock.ms += 10 * 60_000
    expect(guess('10.0.0.2')).toBe('wrong-code')
  })

  it('pairs sixteen screens at most', () => {
    const { pairing } = withClock()
    const another = () => pairing.pair('10.0.0.2', pairing.code().code, 'tablet', 'view')
    const screens = Array.from({ length: 16 }, another)
    expect(another).toThrow(/drop one/)
    pairing.revoke(screens[3]!.screen.id)
    expect(another().screen.role).toBe('view')
  })
})
