import { board } from './board.ts'
import type { SetTimer } from './espruino.d.ts'
import { CTRL1_XL, CTRL2_G, CTRL3_C, CTRL5_C, int16At, OUT_G, OUT_XL, requireImu } from './lsm6ds3trc.ts'

declare const setTimeout: SetTimer

const SAMPLES = 5
/** One period at 52 Hz, so that every reading is a new sample. */
const READ_MS = 20
const SETTLE_MS = 150

/** Sums {@link SAMPLES} readings of three axes, then goes on with `done(sums)`. */
function sumAxes(register: number, done: (sums: number[]) => void): void {
  const sums = [0, 0, 0]
  let left = SAMPLES
  function read(): void {
    const bytes = board.read(register, 6)
    sums[0] = sums[0]! + int16At(bytes, 0)
    sums[1] = sums[1]! + int16At(bytes, 2)
    sums[2] = sums[2]! + int16At(bytes, 4)
    left--
    if (left > 0) setTimeout(read, READ_MS)
    else done(sums)
  }
  setTimeout(read, SETTLE_MS)
}

/**
 * One sensor's self-test (AN5130, chapter 10): the mean of five readings without and with the test force must differ, on each
 * axis, by an amount within the data sheet's limits (table 3), in LSB. `done` gets what is wrong, or ''.
 */
function testSensor(
  name: string,
  control: number,
  register: number,
  setting: number,
  force: number,
  least: number,
  most: number,
  done: (problem: string) => void,
): void {
  board.write(CTRL1_XL, 0)
  board.write(CTRL2_G, 0)
  board.write(CTRL5_C, 0)
  board.write(control, setting)
  sumAxes(register, (without) => {
    board.write(CTRL5_C, force)
    sumAxes(register, (pushed) => {
      board.write(CTRL5_C, 0)
      board.write(control, 0)
      let problem = ''
      for (let axis = 0; axis < 3; axis++) {
        const change = Math.abs(pushed[axis]! - without[axis]!) / SAMPLES
        if (change < least || change > most)
          problem += `${name} ${'xyz'.charAt(axis)} moved ${change} LSB, not ${least} to ${most}; `
      }
      done(problem)
    })
  })
}

/**
 * Both sensors, one after the other, with the pod lying still: about 1.2 s. Accelerometer at 52 Hz, ±4 g: 90 to 1700 mg at 0.122
 * mg/LSB. Gyroscope at 208 Hz, ±2000 °/s: 150 to 700 °/s at 0.07 °/s/LSB. Leaves both sensors off.
 */
export function selfTest(done: (problem: string) => void): void {
  requireImu()
  board.write(CTRL3_C, 0x44)
  testSensor('accelerometer', CTRL1_XL, OUT_XL, 0x38, 0x01, 738, 13934, (first) => {
    testSensor('gyroscope', CTRL2_G, OUT_G, 0x5c, 0x04, 2143, 10000, (second) => done(first + second))
  })
}
