import { isPlace, type Place } from '../../shared/places.ts'
import { board } from './board.ts'
import type { OpenStorage } from './espruino.d.ts'
import { ACCEL_G, ACCEL_RANGE, BURST, GYRO_RANGE } from './imu.ts'

/** Espruino's `require`, under a name that the bundler leaves alone; the build gives it its own back. */
declare const espruinoRequire: OpenStorage

export interface Settings {
  place: Place | null
  rateHz: number
  accelG: number
  gyroDps: number
  /** The host's word for what it found out about this pod's IMU: kept and said, never read. */
  cal: string | null
}

const FILE = 'footfall.json'

/** Frames are made at most so often; at higher rates they hold more bursts. */
const FRAMES_PER_S = 22

export const settings: Settings = {
  place: null,
  rateHz: board.rates[0]!,
  accelG: ACCEL_G,
  gyroDps: 2000,
  cal: null,
}

/** Bursts in a frame. */
export function burstsOf(rateHz: number): number {
  return Math.ceil(rateHz / (FRAMES_PER_S * BURST))
}

/** Takes over what `wanted` has. All or nothing: returns what is wrong with it, or ''. */
function adopt(wanted: Record<string, unknown>): string {
  const place = wanted.place || settings.place
  const rateHz = Number(wanted.rateHz || settings.rateHz)
  const accelG = Number(wanted.accelG || settings.accelG)
  const gyroDps = Number(wanted.gyroDps || settings.gyroDps)
  if (place && !isPlace(place)) return `no place ${place}`
  if (!board.rates.includes(rateHz)) return `rateHz must be one of ${board.rates.join(' ')}`
  if (ACCEL_RANGE[accelG] === undefined) return `accelG must be one of ${Object.keys(ACCEL_RANGE).join(' ')}`
  if (GYRO_RANGE[gyroDps] === undefined) return `gyroDps must be one of ${Object.keys(GYRO_RANGE).join(' ')}`
  settings.place = place as Place | null
  settings.rateHz = rateHz
  settings.accelG = accelG
  settings.gyroDps = gyroDps
  settings.cal = (wanted.cal || settings.cal) as string | null
  return ''
}

/** What was set before the last power cycle. A damaged file leaves the defaults. */
export function loadSettings(): void {
  adopt((espruinoRequire('Storage').readJSON(FILE, true) || {}) as Record<string, unknown>)
}

/** Checks, applies and keeps; returns what is wrong, or ''. Writing flash stalls the CPU: while samples flow only a place is taken. */
export function changeSettings(wanted: Record<string, unknown>): string {
  const problem = adopt(wanted)
  if (!problem) espruinoRequire('Storage').writeJSON(FILE, settings)
  return problem
}
