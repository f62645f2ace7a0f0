import { read, write } from './bus.ts'
import type { SetTimer } from './espruino.d.ts'
import { LEAST_ACCEL_LSB, prepareSelfTest, requireImu, SELF_TEST, TEST_ACCEL, TEST_GYRO } from './imu.ts'
import { CTRL1, CTRL2, int16At, OUT_G, OUT_XL } from './imus/st.ts'

declare const setTimeout: SetTimer

const SAMPLES = 5
/** One period at 52 Hz, so that every reading is a new sample. */
const READ_MS = 20
const SETTLE_MS = 150
/** 1700 mg at 0.122 mg/LSB; 150 and 700 °/s at 0.07 °/s/LSB: the same in all three data sheets. */
const MOST_ACCEL_LSB = 13934
const LEAST_GYRO_LSB = 2143
const MOST_GYRO_LSB = 10000

export const IMU_SILENT = 'the IMU does not answer'

/** What the last self-test found: `ok`, what was wrong, or that it never ended. */
export const tested = { result: IMU_SILENT }

/** Sums {@link SAMPLES} readings of three axes, then goes on with `done(sums)`. */
function sumAxes(register: number, done: (sums: number[]) => void): void {
  const sums = [0, 0, 0]
  let left = SAMPLES
  function take(): void {
    const bytes = read(register, 6)
    for (let axis = 0; axis < 3; axis++) sums[axis] = sums[axis]! + int16At(bytes, 2 * axis)
    left--
    if (left > 0) setTimeout(take, READ_MS)
    else done(sums)
  }
  setTimeout(take, SETTLE_MS)
}

/**
 * One sensor's self-test (AN5130, chapter 10): the mean of five readings without and with the test force must differ, on each
 * axis, by an amount within the data sheet's limits, in LSB. `done` gets what is wrong, or ''.
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
  write(CTRL1, 0)
  write(CTRL2, 0)
  write(SELF_TEST, 0)
  write(control, setting)
  sumAxes(register, (without) => {
    write(SELF_TEST, force)
    sumAxes(register, (pushed) => {
      write(SELF_TEST, 0)
      write(control, 0)
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

/** Both sensors, one after the other, with the pod lying still: about 1.2 s. Leaves both off. */
export function selfTest(done: (problem: string) => void): void {
  tested.result = IMU_SILENT
  requireImu()
  prepareSelfTest()
  testSensor('accelerometer', CTRL1, OUT_XL, TEST_ACCEL, 0x01, LEAST_ACCEL_LSB, MOST_ACCEL_LSB, (first) => {
    testSensor('gyroscope', CTRL2, OUT_G, TEST_GYRO, 0x04, LEAST_GYRO_LSB, MOST_GYRO_LSB, (second) => {
      tested.result = first + second || 'ok'
      done(first + second)
    })
  })
}
