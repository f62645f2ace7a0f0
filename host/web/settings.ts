import { computed } from '@preact/signals'
import { oneOf, stored } from './stored.ts'
import {
  ALL_SPEED_UNITS,
  lengthIn,
  SPEED_UNITS,
  type SpeedUnit,
  SYSTEMS,
  type System,
  speedIn,
} from './units.ts'

/** What a person chose on the settings page; each browser keeps its own. Degrees, milliseconds, g and % are the same everywhere. */

export const system = stored<System>('footfall-units', 'metric', oneOf(SYSTEMS))

/** The unit last chosen for speeds; `null`: the system's own. */
export const chosenSpeedUnit = stored<SpeedUnit | null>(
  'footfall-speed-unit',
  null,
  oneOf([null, ...ALL_SPEED_UNITS]),
)

export const speedUnit = computed<SpeedUnit>(() => {
  const units: readonly SpeedUnit[] = SPEED_UNITS[system.value]
  return units.find((unit) => unit === chosenSpeedUnit.value) ?? units[0]!
})

/** First use is quiet: a third of what the device can do. */
export const FIRST_VOLUME = 0.3
const isVolume = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1

/** Loudness of the runner's cues, 0…1. */
export const volume = stored('footfall-volume', FIRST_VOLUME, isVolume)

export const speed = (mPerS: number | null | undefined): string => speedIn(speedUnit.value, mPerS)
export const length = (m: number | null | undefined): string => lengthIn(system.value, m)
