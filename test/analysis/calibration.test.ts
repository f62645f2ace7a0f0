import { expect, test } from 'vitest'
import { CLEAN, ImperfectImu } from '../../firmware/virtual/imperfect.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { Analysis } from '../../host/analysis/analysis.ts'
import type { Stride } from '../../host/analysis/document.ts'
import type { SessionInfo } from '../../host/analysis/session-info.ts'
import { CalibrationRun, EDGES } from '../../host/cli/calibration-run.ts'
import { type Calibration, fullMatrix, symmetricMatrix } from '../../host/motion/calibration.ts'
import { encodeCalibration } from '../../host/motion/calibration-text.ts'
import { GRAVITY } from '../../shared/imu.ts'
import type { Place } from '../../shared/places.ts'
import { Rig } from '../firmware/rig.ts'
import { EDGE_UPS, FACE_UPS, faulty, LaidPod, withUp } from '../motion/laid-pod.ts'
import { bareInfo } from '../shared/session-info.ts'

/** Two chips within their data sheet, and not alike. */
const CHIPS: Partial<Record<Place, Calibration>> = {
  'left-shoe': {
    accelBias: Float64Array.of(0.35, -0.25, 0.2),
    accelMatrix: symmetricMatrix(Float64Array.of(0.01, -0.015, 0.02, 0.006, -0.008, 0.004)),
    gyroBias: Float64Array.of(0.02, -0.03, 0.015),
    gyroMatrix: fullMatrix(Float64Array.of(0.015, 0.012, -0.01, -0.008, -0.012, 0.01, 0.01, -0.012, 0.02)),
  },
  'left-shin': {
    accelBias: Float64Array.of(-0.3, 0.3, -0.25),
    accelMatrix: symmetricMatrix(Float64Array.of(-0.02, 0.01, -0.01, -0.006, 0.005, 0.008)),
    gyroBias: Float64Array.of(-0.02, 0.01, 0.03),
    gyroMatrix: fullMatrix(Float64Array.of(-0.02, -0.01, 0.012, 0.01, 0.015, -0.008, -0.01, 0.01, -0.015)),
  },
}
const PLACES = Object.keys(CHIPS) as Place[]
const NOISE = { ...CLEAN, accelBias: 0, gyroBiasDegPerS: 0 }
const chipOf = (ideal: WornImu, place: Place) => new ImperfectImu(faulty(ideal, CHIPS[place]!), NOISE, 3)

/** Lays a pod of this chip down and turns it; what `pods calibrate` would have it keep. */
async function calibrate(place: Place): Promise<string> {
  const laid = new LaidPod(
    [...FACE_UPS, ...EDGE_UPS].map((up, i) => withUp(up, 0.4 * i)),
    { startS: 1 },
  )
  const rig = await Rig.on({ worn: chipOf(laid, place), odrError: 0.02, oscillatorPpm: 20, place })
  const run = new CalibrationRun(EDGES, () => {})
  rig.say('start 1', laid.endS)
  for (const { bytes, timeS } of rig.frames) run.push(bytes, timeS)
  expect(run.isComplete).toBe(true)
  const { accel, gyro, calibration } = run.fit()
  expect(accel.before).toBeGreaterThan(0.02 * GRAVITY)
  expect(accel.after).toBeLessThan(1e-3 * GRAVITY)
  expect(gyro.after).toBeLessThan(gyro.before / 5)
  return encodeCalibration(calibration)
}

const INFO: SessionInfo = {
  ...bareInfo,
  id: 'calibrated',
}

/** Strides and notes of 40 s of running with pods that measure so and keep that. */
async function run(worn: (place: Place) => WornImu, cal: (place: Place) => string) {
  const rigs = await Promise.all(
    PLACES.map((place, i) => Rig.on({ id: place, worn: worn(place), place, seed: i + 1 })),
  )
  const strides: Stride[] = []
  const notes: string[] = []
  const analysis = new Analysis(INFO, {
    stride: (stride) => strides.push(stride),
    note: (_, text) => notes.push(text),
  })
  rigs.forEach((rig, i) => {
    rig.say(`set 1 cal=${cal(PLACES[i]!)}`)
    rig.say('start 2', 40)
  })
  for (const { bytes, timeS } of rigs.flatMap(({ frames }) => frames).sort((a, b) => a.timeS - b.timeS))
    analysis.push(bytes, timeS)
  analysis.end()
  return { strides, notes }
}

const NUMBERS = [
  'peakEversionDeg',
  'eversionExcursionDeg',
  'tibialRotationExcursionDeg',
  'peakTibialAxialG',
] as const
const meansOf = (strides: Stride[]) =>
  NUMBERS.map((name) => {
    const values = strides.flatMap((stride) => stride[name] ?? [])
    return values.reduce((sum, value) => sum + value, 0) / values.length
  })

test('a session of calibrated pods is that of ideal ones, ten times nearer than without', async () => {
  const runner = createRunner({ name: 'easy', seed: 5 })
  const texts = new Map<Place, string>()
  for (const place of PLACES) texts.set(place, await calibrate(place))
  const ideal = await run(
    (place) => runner.pods[place],
    () => 'none',
  )
  const raw = await run(
    (place) => chipOf(runner.pods[place], place),
    () => 'none',
  )
  const calibrated = await run(
    (place) => chipOf(runner.pods[place], place),
    (place) => texts.get(place)!,
  )
  expect(ideal.strides.length).toBeGreaterThan(20)
  expect(calibrated.notes).toEqual(ideal.notes)
  const [truth, before, after] = [ideal, raw, calibrated].map(({ strides }) => meansOf(strides))
  NUMBERS.forEach((name, i) => {
    const [was, is] = [before![i]! - truth![i]!, after![i]! - truth![i]!].map(Math.abs)
    expect(is, name).toBeLessThan(was! / 10)
    // 1° and more of eversion, 0.13 g of impact were there to be won
    expect(was, name).toBeGreaterThan(name === 'peakTibialAxialG' ? 0.1 : 0.4)
  })
})

test('a damaged calibration is not used, and a note says so', async () => {
  const runner = createRunner({ name: 'easy', seed: 5 })
  const worn = (place: Place) => chipOf(runner.pods[place], place)
  const none = await run(worn, () => 'none')
  const damaged = await run(worn, () => '1bb8f83005db03e7fa2407d0')
  expect(damaged.strides).toEqual(none.strides)
  expect(damaged.notes).toEqual([
    ...PLACES.map(
      (place) =>
        `${place}: what pod ${place} keeps of its calibration is damaged and not used: footfall pods calibrate`,
    ),
    ...none.notes,
  ])
})
