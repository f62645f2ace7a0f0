/** How numbers are written: U+2212 minus, narrow spaces, `—` for what is not known. */

const MINUS = '\u2212'
const NARROW = '\u202f'
export const NONE = '—'

/** `-4.25, 1` → `−4.3`; never `−0.0`. */
export function number(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE
  const [whole = '0', fraction] = Math.abs(value).toFixed(digits).split('.')
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, NARROW) : whole
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text
}

/** With its sign always: `+2.4`, `−1.3`, `0.0`. */
export function signed(value: number | null | undefined, digits = 0): string {
  const text = number(value, digits)
  return value && /[1-9]/.test(text) && value > 0 ? `+${text}` : text
}

/** `± 1.2` with a thin space, or nothing when the spread is not known. */
export const plusMinus = (value: number | null | undefined, digits = 0): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '' : `±\u2009${number(value, digits)}`

/** Seconds as `21:47`, `1:02:03`. */
export function clock(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NONE
  const s = Math.max(0, Math.floor(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  const hours = Math.floor(s / 3600)
  const minutes = Math.floor(s / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(s % 60)}` : `${minutes}:${two(s % 60)}`
}

/** Seconds in words for a screen reader: `21 minutes 47 seconds`. */
export function spokenClock(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds))
  const part = (n: number, unit: string): string => `${n} ${unit}${n === 1 ? '' : 's'}`
  const words = [
    s >= 3600 ? part(Math.floor(s / 3600), 'hour') : '',
    s >= 60 ? part(Math.floor(s / 60) % 60, 'minute') : '',
    part(s % 60, 'second'),
  ]
  return words.filter(Boolean).join(' ')
}

/** `12 Nov 2026` and `18:20`, in the reader's own time zone. */
export function dayAndTime(iso: string | null): { day: string; time: string } {
  const date = iso === null ? null : new Date(iso)
  if (date === null || Number.isNaN(date.getTime())) return { day: NONE, time: '' }
  return {
    day: date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }),
    time: date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }),
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
