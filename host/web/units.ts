import { clock, NONE, number } from './format.ts'

export const SYSTEMS = ['metric', 'imperial'] as const
export type System = (typeof SYSTEMS)[number]

/** Ways to say a speed, the first of each system being its default. */
export const SPEED_UNITS = {
  metric: ['m/s', 'km/h', 'min/km'],
  imperial: ['min/mile', 'mph'],
} as const satisfies Record<System, readonly string[]>
export type SpeedUnit = (typeof SPEED_UNITS)[System][number]
export const ALL_SPEED_UNITS: readonly SpeedUnit[] = [...SPEED_UNITS.metric, ...SPEED_UNITS.imperial]

const METRES_A_MILE = 1609.344
const METRES_AN_INCH = 0.0254

/** A pace keeps to whole seconds; standing still has none. */
const pace = (secondsAUnit: number): string =>
  Number.isFinite(secondsAUnit) ? clock(Math.round(secondsAUnit)) : NONE

function speedFigure(mPerS: number, unit: SpeedUnit): string {
  switch (unit) {
    case 'm/s':
      return number(mPerS, 1)
    case 'km/h':
      return number(mPerS * 3.6, 1)
    case 'min/km':
      return pace(1000 / mPerS)
    case 'mph':
      return number((mPerS * 3600) / METRES_A_MILE, 1)
    case 'min/mile':
      return pace(METRES_A_MILE / mPerS)
  }
}

/** `3.0 m/s`, `5:33 min/km`, `6.7 mph`. */
export const speedIn = (unit: SpeedUnit, mPerS: number | null | undefined): string =>
  mPerS === null || mPerS === undefined ? NONE : `${speedFigure(mPerS, unit)} ${unit}`

/** `221 cm`, `87 in`. */
export const lengthIn = (system: System, m: number | null | undefined): string =>
  m === null || m === undefined
    ? NONE
    : system === 'metric'
      ? `${number(m * 100)} cm`
      : `${number(m / METRES_AN_INCH)} in`
