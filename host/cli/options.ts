import { InvalidArgumentError, Option } from 'commander'
import { isPlace, PLACES, type Place } from '../../shared/places.ts'

/** Parsers of option values; each refuses with what would be right. */
export const whole = (low: number, high: number) => (text: string) => {
  const value = toNumber(text)
  if (!Number.isInteger(value) || value < low || value > high)
    throw new InvalidArgumentError(`must be a whole number from ${low} to ${high}.`)
  return value
}

export const between = (low: number, high: number) => (text: string) => {
  const value = toNumber(text)
  if (!(value >= low && value <= high))
    throw new InvalidArgumentError(`must be a number from ${low} to ${high}.`)
  return value
}

/** `Infinity` is as fast as possible: a parser's `null` would reach the command as an empty text. */
export function speedOrMax(text: string): number {
  if (text === 'max') return Number.POSITIVE_INFINITY
  const value = toNumber(text)
  if (!(value > 0) || !Number.isFinite(value))
    throw new InvalidArgumentError('must be a number above 0, or max.')
  return value
}

/** A path or a name; an empty one would mean the folder one stands in. */
export function given(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('must not be empty.')
  return text
}

/** {@link given}, several times. */
export const severalGiven = (text: string, before: string[] = []): string[] => [...before, given(text)]

/** An empty text is no number, though JavaScript takes it for 0. */
const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))

export function placed(text: string, before: Map<Place, string> = new Map()): Map<Place, string> {
  const at = text.indexOf('=')
  const place = text.slice(0, at)
  if (at < 0 || !isPlace(place) || at === text.length - 1)
    throw new InvalidArgumentError(`must be PLACE=PATH, with one of ${PLACES.join(', ')}.`)
  const path = text.slice(at + 1)
  if (before.has(place)) throw new InvalidArgumentError(`${place} was given twice: one pod a place.`)
  if ([...before.values()].includes(path))
    throw new InvalidArgumentError(`${path} was given twice: a pod is in one place.`)
  return new Map(before).set(place, path)
}

/** Needs the package that `host/link/noble.ts` names. */
export const bleOption = () =>
  new Option('--ble', 'pods on Bluetooth too; ble:ID is then a path like any other')

/** What stands below a command's options. */
export const examples = (...lines: string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ footfall ${line}`).join('\n')}\n`
