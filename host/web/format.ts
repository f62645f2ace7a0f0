import { locale } from './messages/locale.ts'

/** How numbers, times and dates are written: the reader's own way by `Intl`, with U+2212 minus, narrow spaces between thousands, and `—`
 * for what is not known. */

const MINUS = '\u2212'
const NARROW = '\u202f'
export const NONE = '—'

const isKnown = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value)

const OURS: Partial<Record<string, string>> = { minusSign: MINUS, group: NARROW }
/** The reader's own signs, and ours for them. */
const SIGNS = new Intl.NumberFormat(locale, { useGrouping: 'always' })
  .formatToParts(-1234)
  .flatMap(({ type, value }) => {
    const ours = OURS[type]
    return ours === undefined ? [] : [{ theirs: value, ours }]
  })

const formats: Intl.NumberFormat[] = []
const formatOf = (digits: number): Intl.NumberFormat =>
  (formats[digits] ??= new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: 'min2',
    signDisplay: 'negative',
  }))

/** `-4.25, 1` → `−4.3`; never `−0.0`. */
export function number(value: number | null | undefined, digits = 0): string {
  if (!isKnown(value)) return NONE
  let text = formatOf(digits).format(value)
  // in parts it would take ten times as long, and a stance writes a hundred numbers
  if (value < 0 || value >= 1000) for (const { theirs, ours } of SIGNS) text = text.replaceAll(theirs, ours)
  return text
}

/** With its sign always: `+2.4`, `−1.3`, `0.0`. */
export function signed(value: number | null | undefined, digits = 0): string {
  const text = number(value, digits)
  return isKnown(value) && value > 0 && text !== number(0, digits) ? `+${text}` : text
}

/** `± 1.2` with a thin space, or nothing when the spread is not known. */
export const plusMinus = (value: number | null | undefined, digits = 0): string =>
  isKnown(value) ? `±\u2009${number(value, digits)}` : ''

/** Seconds as `21:47`, `1:02:03`. */
export function clock(seconds: number | null | undefined): string {
  if (!isKnown(seconds)) return NONE
  const s = Math.max(0, Math.floor(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  const hours = Math.floor(s / 3600)
  const minutes = Math.floor(s / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`
}

const inUnits = (unit: 'hour' | 'minute' | 'second'): Intl.NumberFormat =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
const HOURS = inUnits('hour')
const MINUTES = inUnits('minute')
const SECONDS = inUnits('second')

/** Seconds in words for a screen reader: `21 minutes 47 seconds`. */
export function spokenClock(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds))
  const words = [
    s >= 3600 ? HOURS.format(Math.floor(s / 3600)) : '',
    s >= 60 ? MINUTES.format(Math.floor(s / 60) % 60) : '',
    SECONDS.format(s % 60),
  ]
  return words.filter(Boolean).join(' ')
}

/** `12 Nov 2026` and `18:20`, in the reader's own order and time zone. */
export function dayAndTime(iso: string | null): { day: string; time: string } {
  const date = iso === null ? null : new Date(iso)
  if (date === null || Number.isNaN(date.getTime())) return { day: NONE, time: '' }
  return {
    day: date.toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' }),
    time: date.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }),
  }
}

export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${number(value, value < 10 ? 1 : 0)} ${units[unit]}`
}
