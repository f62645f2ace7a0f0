import { tmpdir } from 'node:os'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { RealTimeDriver } from '../../firmware/virtual/driver.ts'
import { CLEAN, ImperfectImu } from '../../firmware/virtual/imperfect.ts'
import { VirtualPod, type VirtualPodOptions } from '../../firmware/virtual/pod.ts'
import { openPty, type Pty } from '../../firmware/virtual/pty.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { Measurement } from '../../host/cli/check/measurement.ts'
import type { Specimen } from '../../host/cli/check/specimen-names.ts'
import { pluggedSpecimen, specimen } from '../../host/cli/check/specimens.ts'
import {
  IMU_SILENT,
  type Item,
  judge,
  passes,
  selfTest,
  unasked,
  unmeasured,
  verdictLines,
} from '../../host/cli/check/verdict.ts'
import { type Checked, checkPod } from '../../host/cli/pods-check.ts'
import { FrameDecoder } from '../../host/link/decoder.ts'
import { readMessage } from '../../host/link/messages.ts'
import { emptyHeader, readHeader, TYPE_ACK } from '../../shared/frame.ts'
import { GRAVITY } from '../../shared/imu.ts'
import type { Ack, Hello } from '../../shared/messages.ts'
import { toMicros } from '../../shared/micros.ts'
import { bundle, still } from '../firmware/rig.ts'
import { footfall } from './run.ts'

const SECONDS = 20
const failed = (items: readonly Item[]) =>
  items.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)
const says = (items: readonly Item[], name: string) => items.find((item) => item.name === name)?.says

/** What is found about a pod on a desk, in virtual time: a millisecond to the pod and at least one back. */
function examined(pod: VirtualPod, during: (timeS: number) => void = () => {}): Item[] {
  const measurement = new Measurement()
  let ack: Ack | null = null
  const decoder = new FrameDecoder((frame) => {
    const { type, payloadBytes } = readHeader(
      new DataView(frame.buffer, frame.byteOffset, frame.byteLength),
      0,
      emptyHeader(),
    )
    if (type === TYPE_ACK) ack = readMessage<Ack>(frame, payloadBytes)
    measurement.push(frame, arrivalS)
  })
  let arrivalS = 0
  onTestFinished(
    pod.onBytes((bytes, timeS) => {
      arrivalS = timeS + 0.001
      decoder.push(bytes)
    }),
  )
  const say = (line: string, forS: number) => {
    pod.receive(`${line}\n`)
    pod.advanceTo(pod.timeS + forS)
  }
  say('selftest 1', 3.5)
  const test = selfTest((ack as Ack | null)?.error ?? null)
  if (test.says === IMU_SILENT) return [test, unasked]
  const startS = pod.timeS
  pod.receive('start 2\n')
  for (let n = 3; pod.timeS < startS + SECONDS; n++) {
    during(pod.timeS - startS)
    const token = toMicros(pod.timeS)
    pod.advanceTo(pod.timeS + 0.001)
    // as a link does: quickly at first
    say(`ping ${n} token=${token}`, n < 23 ? 0.249 : 1.999)
  }
  const measured = measurement.result()
  return [test, ...(measured === null ? unmeasured('no samples', measurement.status) : judge(measured))]
}

describe('virtual pods, sound and not', () => {
  test('a healthy one passes, with the figures it was made with', async () => {
    const items = examined(await specimen('healthy'))
    expect(failed(items)).toEqual([])
    expect(passes(items)).toBe(true)
    const [, accel, gyro] = /accelerometer (\d+) µg.*gyroscope ([\d.]+) mdps/.exec(says(items, 'noise')!)!
    // 0.025 m/s² and 0.07 °/s a sample, σ √(2 / rate); the noisiest of three axes
    const accelNoise = (0.025 / GRAVITY) * 1e6 * Math.sqrt(2 / 424.7)
    const gyroNoise = 70 * Math.sqrt(2 / 424.7)
    for (const ratio of [Number(accel) / accelNoise, Number(gyro) / gyroNoise]) {
      expect(ratio).toBeGreaterThan(0.95)
      expect(ratio).toBeLessThan(1.12)
    }
    expect(says(items, 'battery')).toBe('93 %')
    expect(says(items, 'rate')).toMatch(/^424\.[67] Hz, 2\.1 % above 416$/)
    expect(says(items, 'loss')).toMatch(/^8\d{3} samples, none lost$/)
    const [, least, most] = /^(.\d+) to (.\d+) ppm/.exec(says(items, 'clock')!.replaceAll('−', '-'))!
    // a clock that is 18 ppm fast
    expect(Number(least)).toBeLessThan(18)
    expect(Number(most)).toBeGreaterThan(18)
    expect(Number(most) - Number(least)).toBeLessThan(400)
  })

  test.each<[Specimen, string[]]>([
    ['noisy', ['noise']],
    ['clipped', ['self-test', 'rest', 'noise', 'clipping']],
    ['slow', ['rate']],
    ['dead', ['self-test']],
  ])('%s: what fails is what was broken, and each says what to do', async (name, faults) => {
    const items = examined(await specimen(name))
    expect(failed(items)).toEqual(faults)
    expect(passes(items)).toBe(false)
    for (const item of items) expect(item.todo !== undefined).toBe(item.verdict === 'fail')
  })

  test('lines: one an item, what to do below, the verdict last', async () => {
    const lines = verdictLines('/dev/ttyACM0', null, examined(await specimen('noisy')))
      .trimEnd()
      .split('\n')
    expect(lines[0]).toBe('/dev/ttyACM0')
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {2}noise {6}FAIL {2}accelerometer 1\d{3} µg\/√Hz \(data sheet 180\)/),
    )
    expect(lines).toContainEqual(expect.stringMatching(/^ {19}→ check again on a floor/))
    expect(lines.at(-1)).toBe('  verdict    FAIL')
  })
})

describe('what happens on a desk', () => {
  const pod = async (worn: WornImu, options: Partial<VirtualPodOptions> = {}) =>
    new VirtualPod({
      board: 'puckjs-v2',
      code: await bundle('puckjs-v2'),
      worn: new ImperfectImu(worn, { ...CLEAN, accelNoise: 0.02, gyroNoiseDegPerS: 0.05 }, 5),
      id: 'c0ffee',
      ...options,
    })

  test('moved: said, and its noise is not judged', async () => {
    const swung: WornImu = {
      sampleAt: (timeS, out) => {
        still.sampleAt(timeS, out)
        out[3] = 0.3 * Math.sin(timeS)
      },
    }
    const items = examined(await pod(swung))
    expect(failed(items)).toEqual(['rest'])
    expect(says(items, 'rest')).toBe('it was moved')
    expect(says(items, 'noise')).toBe('not measured: it was moved')
  })

  test('an empty battery', async () => {
    const items = examined(await pod(still, { battery: 12 }))
    expect(failed(items)).toEqual(['battery'])
    expect(says(items, 'battery')).toBe('12 %')
  })

  test('an interpreter that was away too long', async () => {
    const away = await specimen('healthy')
    let stalled = false
    const items = examined(away, (timeS) => {
      if (timeS > 8 && !stalled) away.machine.stall(3)
      stalled ||= timeS > 8
    })
    expect(failed(items)).toContain('loss')
    expect(says(items, 'loss')).toContain('overruns 1')
  })

  test('a clock without a crystal', async () => {
    const items = examined(await pod(still, { oscillatorPpm: 900 }))
    expect(failed(items)).toContain('clock')
    expect(says(items, 'clock')).toMatch(/^\+\d+ to \+\d+ ppm/)
  })

  test('a cable that is pulled, and a port that is not there', async () => {
    const { path, binding, clock, stop } = await pluggedSpecimen('healthy')
    onTestFinished(stop)
    const ports = { binding, clock, log: () => {} }
    const checking = checkPod(path, ports, 10_000)
    await new Promise((resolve) => setTimeout(resolve, 3000))
    binding.unplug(path)
    const pulled = await checking
    expect(pulled.passes).toBe(false)
    expect(pulled.items.at(-2)).toMatchObject({
      says: expect.stringMatching(/the port (has gone|went away)/),
    })
    const nowhere = await checkPod('/virtual/nowhere', ports, SECONDS)
    expect(nowhere).toMatchObject({ pod: null, passes: false })
    expect(nowhere.items.map(({ name }) => name)).toEqual(['answer'])
  })
})

describe('the commands, through a real pseudo-terminal', () => {
  let pty: Pty
  let pod: VirtualPod
  let driver: RealTimeDriver

  beforeAll(async () => {
    pod = await specimen('healthy')
    driver = new RealTimeDriver([pod])
    driver.start()
    pty = await openPty(pod)
  })
  afterAll(async () => {
    driver.stop()
    await pty.close()
  })
  const pods = (...args: string[]) => footfall(tmpdir(), 'pods', ...args, '--port', pty.path)

  test('a pod is told its place, keeps it, and says so when it is there already', async () => {
    expect(await pods('place', 'right-shin')).toMatchObject({
      code: 0,
      stdout: 'pod virtual-healthy: left-shoe → right-shin\n',
    })
    expect(await pods('place', 'right-shin')).toMatchObject({
      code: 0,
      stdout: 'pod virtual-healthy is at right-shin already; nothing changed\n',
    })
    const nose = await pods('place', 'nose')
    expect(nose).toMatchObject({ code: 2, stdout: '' })
    expect(nose.stderr).toContain('left-shoe, left-shin, right-shoe, right-shin')
  })

  test('it blinks', async () => {
    const levels = new Set<number>()
    const watch = setInterval(() => levels.add(pod.machine.pins.LED1!.level), 20)
    expect(await pods('identify')).toMatchObject({
      code: 0,
      stdout: 'pod virtual-healthy (right-shin) blinks for five seconds\n',
    })
    while (levels.size < 2) await new Promise((resolve) => setTimeout(resolve, 20))
    clearInterval(watch)
  })

  test('it is checked, as JSON', async () => {
    const ran = await pods('check', '--seconds', '10', '--json', '-')
    const [checked] = JSON.parse(ran.stdout) as (Checked & { pod: Hello })[]
    expect(checked).toMatchObject({ port: pty.path, pod: { id: 'virtual-healthy' } })
    // how well the clock is known depends on how busy this machine is
    expect(failed(checked!.items).filter((name) => name !== 'clock')).toEqual([])
    expect(ran.code).toBe(checked!.passes ? 0 : 1)
    expect(ran.stderr).toContain('leave it alone for 10 s')
  })
})

test('nobody on the port: what to do, and exit code 1', async () => {
  const ran = await footfall(tmpdir(), 'pods', 'check', '--port', '/dev/nowhere')
  expect(ran.code).toBe(1)
  expect(ran.stdout).toMatch(/answer {5}FAIL.*\n +→ is it switched on/)
  expect(await footfall(tmpdir(), 'pods', 'check', '--virtual', 'rusty')).toMatchObject({ code: 2 })
})

test.each(['place', 'identify', 'check'])('pods %s explains itself', async (name) => {
  const help = await footfall(tmpdir(), 'pods', name, '--help')
  expect(help.code).toBe(0)
  expect(help.stdout).toMatch(/Examples:\n {2}\$ footfall pods/)
})
