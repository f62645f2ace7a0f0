import { DEG, GRAVITY } from '../../shared/imu.ts'
import type { CalibrationFit, SensorFit } from '../motion/calibration-fit.ts'

/** Zero, scales and cross-axis terms of an accelerometer: as many poses fit whatever they are. */
const ACCEL_NUMBERS = 9

const toMg = (force: number): number => (1e3 * force) / GRAVITY
const toDeg = (angle: number): number => angle / DEG
const signed = (x: number): string => (x < 0 ? '−' : '+') + Math.abs(x).toFixed(2)

/** What a calibration found and what it is worth, in lines for the user. */
export function verdict({ calibration, accel, gyro, poses, turns }: CalibrationFit): string {
  const { accelBias, accelMatrix, gyroBias, gyroMatrix } = calibration
  const spare = poses > ACCEL_NUMBERS ? '' : '; none to spare as a check, --edges gives some'
  const rows = [
    `accelerometer  zero ${zeros(accelBias, toMg)} mg   ${axes(accelMatrix, accel)}`,
    `               ${poses} poses: ${toMg(accel.before).toFixed(1)} mg off before, ${toMg(accel.after).toFixed(1)} mg after${spare}`,
    `gyroscope      zero ${zeros(gyroBias, toDeg)} °/s   ${axes(gyroMatrix, gyro)}`,
    `               ${turns} turns: ${toDeg(gyro.before).toFixed(2)}° off before, ${toDeg(gyro.after).toFixed(2)}° after`,
  ]
  const unseen = [...'xyz'].filter((_, i) => !gyro.scaleSeen[i])
  if (unseen.length > 0)
    rows.push(`               not turned enough about ${unseen.join(' and ')} to see the scale there`)
  return `${rows.join('\n')}\n`
}

function zeros(bias: Float64Array, unit: (x: number) => number): string {
  return [...bias].map((x) => signed(unit(x))).join(' ')
}

/** By how much each axis reads too much, and the largest share that one takes of another. */
function axes(matrix: Float64Array, { scaleSeen, crossSeen }: SensorFit): string {
  const scales = [0, 1, 2].map((i) => (scaleSeen[i] ? signed(100 * (1 / matrix[4 * i]! - 1)) : '?'))
  const cross = Math.max(...matrix.map((x, i) => (i % 4 === 0 ? 0 : 100 * Math.abs(x))))
  return `scale ${scales.join(' ')} %   cross-axis ${crossSeen ? `up to ${cross.toFixed(2)}` : '?'} %`
}
