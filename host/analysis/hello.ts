import { isImuName } from '../../shared/imu.ts'
import { readJson } from '../../shared/json.ts'
import type { Hello } from '../../shared/messages.ts'
import { isPlace } from '../../shared/places.ts'
import type { Calibration } from '../motion/calibration.ts'
import { decodeCalibration, NO_CALIBRATION } from '../motion/calibration-text.ts'

/**
 * A hello out of its payload; `null` when it is not one, names an IMU this host does not know, or
 * a rate or range no IMU has. Place `null` when the pod has
 * not been told where it is worn.
 */
export function readHello(payload: Uint8Array): Hello | null {
  const said = readJson(payload)
  if (said === null) return null
  const hello = said as Partial<Hello>
  if (typeof hello.id !== 'string' || !isImuName(hello.imu)) return null
  if (!within(hello.rateHz, 1, 20_000)) return null
  if (!within(hello.accelG, 0, 1000) || !within(hello.gyroDps, 0, 100_000)) return null
  return { ...(hello as Hello), place: isPlace(hello.place) ? hello.place : null }
}

const within = (value: unknown, low: number, high: number): boolean =>
  typeof value === 'number' && value >= low && value <= high

/** The calibration that the pod keeps: `null` when it has none, `damaged` when it is not whole. */
export function calibrationOf({ cal }: Hello): Calibration | null | 'damaged' {
  if (cal === undefined || cal === null || cal === NO_CALIBRATION) return null
  return decodeCalibration(String(cal)) ?? 'damaged'
}
