import { type Calibration, fullMatrix, symmetricMatrix } from './calibration.ts'

/** What a pod keeps of a calibration, in characters that a command's line and JSON carry as they are (`docs/methods/calibration.md`, section 5). */
const VERSION = '1'
/** What a pod is told to keep when it is to have no calibration. */
export const NO_CALIBRATION = 'none'

/** Steps of the numbers: accelerometer bias, its matrix, gyroscope bias, its matrix; m/s², 1, rad/s, 1. */
const STEPS = [...Array<number>(3).fill(1e-4), ...Array<number>(18).fill(1e-5)]
const TEXT = new RegExp(`^${VERSION}([0-9a-f]{4}){${STEPS.length + 1}}$`)

/** @throws RangeError when a number is larger than any healthy chip's */
export function encodeCalibration({ accelBias, accelMatrix, gyroBias, gyroMatrix }: Calibration): string {
  const [xx, xy, xz, , yy, yz, , , zz] = accelMatrix as unknown as number[]
  const numbers = [
    ...accelBias,
    ...[xx! - 1, yy! - 1, zz! - 1, xy!, xz!, yz!],
    ...gyroBias,
    ...gyroMatrix.map((x, i) => (i % 4 === 0 ? x - 1 : x)),
  ]
  const steps = numbers.map((x, i) => Math.round(x / STEPS[i]!))
  if (!steps.every((n) => Math.abs(n) <= 0x7fff))
    throw new RangeError(
      'the sensor is further off than any healthy one: was the pod laid down and turned by hand?',
    )
  return VERSION + [...steps, fletcher16(steps)].map(hex).join('')
}

/** `null` when the text is not whole, or not of this version. */
export function decodeCalibration(text: string): Calibration | null {
  if (!TEXT.test(text)) return null
  const words = Int16Array.from(STEPS.keys(), (i) => Number.parseInt(text.slice(1 + 4 * i, 5 + 4 * i), 16))
  if (hex(fletcher16([...words])) !== text.slice(-4)) return null
  const x = Float64Array.from(words, (n, i) => n * STEPS[i]!)
  return {
    accelBias: x.slice(0, 3),
    accelMatrix: symmetricMatrix(x, 3),
    gyroBias: x.slice(9, 12),
    gyroMatrix: fullMatrix(x, 12),
  }
}

const hex = (n: number): string => (n & 0xffff).toString(16).padStart(4, '0')

/** Fletcher's checksum over the bytes of 16-bit words, high byte first (Fletcher 1982). */
function fletcher16(words: readonly number[]): number {
  let low = 0
  let high = 0
  for (const word of words)
    for (const byte of [(word >> 8) & 0xff, word & 0xff]) {
      low = (low + byte) % 255
      high = (high + low) % 255
    }
  return (high << 8) | low
}
