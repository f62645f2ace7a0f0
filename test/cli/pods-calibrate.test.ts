import { tmpdir } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { VirtualBinding } from '../../firmware/virtual/binding.ts'
import { RealTimeDriver } from '../../firmware/virtual/driver.ts'
import { CLEAN, ImperfectImu } from '../../firmware/virtual/imperfect.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { calibrationOf } from '../../host/analysis/hello.ts'
import { verdict } from '../../host/cli/calibration-verdict.ts'
import { calibratePod } from '../../host/cli/pods-calibrate.ts'
import { HostClock } from '../../host/link/host-clock.ts'
import { openPort } from '../../host/link/ports.ts'
import { type Calibration, fullMatrix, symmetricMatrix } from '../../host/motion/calibration.ts'
import { DEG, GRAVITY } from '../../shared/imu.ts'
import { bundle } from '../firmware/rig.ts'
import { FACE_UPS, faulty, LaidPod, withUp } from '../motion/laid-pod.ts'
import { footfall } from './run.ts'

const SPEED = 10
const PATH = '/virtual/pod'
const CHIP: Calibration = {
  accelBias: Float64Array.of(0.3, -0.2, 0.15),
  accelMatrix: symmetricMatrix(Float64Array.of(0.02, -0.015, 0.01, 0, 0, 0)),
  gyroBias: Float64Array.of(2 * DEG, -DEG, 0),
  gyroMatrix: fullMatrix(Float64Array.of(0.02, 0, 0, 0, -0.015, 0, 0, 0, 0.01)),
}

/** A pod at ten times real time behind a port that is open, and what the user is told. */
async function linked(worn: WornImu) {
  const pod = new VirtualPod({
    board: 'xiao-nrf52840-sense',
    code: await bundle('xiao-nrf52840-sense'),
    worn: new ImperfectImu(faulty(worn, CHIP), { ...CLEAN, accelBias: 0, gyroBiasDegPerS: 0 }, 7),
    id: 'c0ffee',
    odrError: -0.03,
    oscillatorPpm: 25,
  })
  const nowMs = () => SPEED * performance.now()
  const driver = new RealTimeDriver([pod], () => nowMs() / 1e3)
  driver.start()
  onTestFinished(() => driver.stop())
  const binding = new VirtualBinding({ [PATH]: pod })
  const link = await openPort(PATH, { binding, clock: new HostClock(nowMs), log: () => {} })
  onTestFinished(() => link.close())
  const lines: string[] = []
  return {
    pod,
    binding,
    link,
    hello: await link.greet(),
    lines,
    say: (line: string) => void lines.push(line),
  }
}

test('six faces are found, said, calibrated and kept over a power cycle', async () => {
  const laid = new LaidPod(
    FACE_UPS.map((up, i) => withUp(up, 0.4 * i)),
    { startS: 3 },
  )
  const { pod, link, hello, lines, say } = await linked(laid)
  const fit = await calibratePod(link, hello, 0, say)

  expect(lines[0]).toContain('each of its six sides')
  expect(lines.slice(1)).toEqual([
    '1: +z up; still wanted: +x -x +y -y -z up',
    '2: +y up; still wanted: +x -x -y -z up',
    '3: -z up; still wanted: +x -x -y up',
    '4: +x up; still wanted: -x -y up',
    '5: -y up; still wanted: -x up',
    '6: -x up. That is all',
  ])
  expect(fit.accel.before).toBeGreaterThan(0.02 * GRAVITY)
  expect(fit.accel.after).toBeLessThan(1e-3 * GRAVITY)
  for (const key of ['accelBias', 'accelMatrix', 'gyroBias', 'gyroMatrix'] as const)
    fit.calibration[key].forEach((x, i) => {
      expect(Math.abs(x - CHIP[key][i]!), `${key} ${i}`).toBeLessThan(5e-3)
    })
  const [zero, accel, , gyro] = verdict(fit).split('\n')
  expect(zero).toMatch(
    /^accelerometer {2}zero \+3\d\.\d\d −20\.\d\d \+15\.\d\d mg {3}scale −(1|2)\.\d\d \+1\.\d\d −(0|1)\.\d\d % {3}cross-axis up to 0\.\d\d %$/,
  )
  expect(accel).toMatch(/^ +6 poses: 2\d\.\d mg off before, 0\.\d mg after; none to spare as a check/)
  expect(gyro).toMatch(/^ +5 turns: \d\.\d\d° off before, 0\.0\d° after$/)

  pod.powerCycle()
  link.hellos.clear()
  await new Promise((resolve) => setTimeout(resolve, 5000 / SPEED))
  const later = await link.greet()
  expect(later.streaming).toBe(false)
  const kept = calibrationOf(later) as Calibration
  expect(kept.accelBias[0]).toBeCloseTo(fit.calibration.accelBias[0]!, 3)
  expect(kept.gyroMatrix[8]).toBeCloseTo(fit.calibration.gyroMatrix[8]!, 4)
})

test('a pod in a hand is refused, and nothing is kept', async () => {
  const hand: WornImu = {
    sampleAt: (timeS, out) =>
      out.set([0.5 * Math.sin(40 * timeS), 0, GRAVITY, 0, 0.1 * Math.cos(40 * timeS), 0]),
  }
  const { link, hello, lines, say } = await linked(hand)
  await expect(calibratePod(link, hello, 0, say, 800)).rejects.toThrow(
    'given up, nothing was kept; still wanted: +x -x +y -y +z -z up',
  )
  expect(lines).toHaveLength(1)
  link.hellos.clear()
  expect(await link.greet()).toMatchObject({ streaming: false, cal: null })
})

test('what could not be seen is not given a number', () => {
  const sensor = { before: 0.02 * GRAVITY, after: 0, scaleSeen: [true, true, true], crossSeen: true }
  const lines = verdict({
    calibration: CHIP,
    accel: sensor,
    gyro: { ...sensor, scaleSeen: [true, false, false], crossSeen: false },
    poses: 12,
    turns: 3,
  }).split('\n')
  expect(lines[1]).toBe('               12 poses: 20.0 mg off before, 0.0 mg after')
  expect(lines[2]).toContain('scale −1.96 ? ? %   cross-axis ? %')
  expect(lines[4]).toBe('               not turned enough about y and z to see the scale there')
})

test('a cable that is pulled ends it', async () => {
  const { binding, link, hello, say } = await linked(new LaidPod([withUp([0, 0, 1])]))
  const calibrated = calibratePod(link, hello, 0, say)
  setTimeout(() => binding.unplug(PATH), 300)
  await expect(calibrated).rejects.toThrow('the port has gone, nothing was kept')
})

test('the command explains itself, and says when there is no such port', async () => {
  const help = await footfall(tmpdir(), 'pods', 'calibrate', '--help')
  expect(help.code).toBe(0)
  expect(help.stdout).toMatch(/Examples:\n {2}\$ footfall pods calibrate/)
  const nowhere = await footfall(tmpdir(), 'pods', 'calibrate', '--port', '/dev/nowhere')
  expect(nowhere).toMatchObject({ code: 1, stdout: '' })
  expect(nowhere.stderr).toContain('/dev/nowhere')
  expect(await footfall(tmpdir(), 'pods', 'nonsense')).toMatchObject({ code: 2, stdout: '' })
})
