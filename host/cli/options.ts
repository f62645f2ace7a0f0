import { InvalidArgumentError } from 'commander'
import { isPlace, PLACES, type Place } from '../../shared/places.ts'

/** Parsers of option values; each refuses with what would be right. */
export const whole = (low: number, high: number) => (text: string) => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < low || value > high)
    throw new InvalidArgumentError(`must be a whole number from ${low} to ${high}.`)
  return value
}

export const atLeast = (low: number) => (text: string) => {
  const value = Number(text)
  if (!Number.isFinite(value) || value < low)
    throw new InvalidArgumentError(`must be a number, ${low} or more.`)
  return value
}

/** `null` is as fast as possible. */
export function speedOrMax(text: string): number | null {
  if (text === 'max') return null
  const value = Number(text)
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError('must be a number above 0, or max.')
  return value
}

export function placed(text: string, before: Map<Place, string> = new Map()): Map<Place, string> {
  const at = text.indexOf('=')
  const place = text.slice(0, at)
  if (at < 0 || !isPlace(place) || at === text.length - 1)
    throw new InvalidArgumentError(`must be PLACE=PATH, with one of ${PLACES.join(', ')}.`)
  return new Map(before).set(place, text.slice(at + 1))
}
