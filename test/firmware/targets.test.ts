import { describe, expect, test } from 'vitest'
import { BOARD_NAMES, boardOf } from '../../firmware/build/boards.ts'
import { POD_IMUS } from '../../firmware/build/imus.ts'
import { type TargetRequest, targetOf } from '../../firmware/build/target.ts'
import { MAX_I2C_BYTES } from '../../firmware/virtual/imu-bus.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { FLAG_BACKLOG, FLAG_BREAK, HEADER_BYTES, TYPE_HIGH_G } from '../../shared/frame.ts'
import {
  DEG,
  GRAVITY,
  HIGH_G_SCALES,
  IMUS,
  type ImuName,
  readAdxl372,
  readInlineHighG,
  readSample,
} from '../../shared/imu.ts'
import { bundle, type Heard, Rig, still } from './rig.ts'

/** One of each IMU on each kind of wire, with and without a second accelerometer. */
const targets: TargetRequest[] = [
  { board: 'pico' },
  { board: 'pico', bus: 'spi', highG: 'adxl372' },
  { board: 'jolt' },
  { board: 'pico', imu: 'lsm6dsv320x' },
  { board: 'wifi', imu: 'lsm6dsv320x', bus: 'spi' },
  { board: 'wifi', imu: 'lsm6ds3tr-c', highG: 'adxl372' },
  { board: 'mdbt42q', bus: 'spi' },
]
const named = targets.map((request): [string, TargetRequest] => [targetOf(request).name, request])
const withHighG = named.filter(([, { highG }]) => highG)
const tagged = named.filter(([, request]) => targetOf(request).imu !== 'lsm6ds3tr-c')

/** Counts ms in the gyroscope's x axis, so that a sample says when it was taken; on the others a blow beyond ±32 g now and then. */
const ticking: WornImu = {
  sampleAt(timeS, out) {
    out.fill(0)
    out[1] = 60 * GRAVITY * Math.sin(3 * timeS) ** 9
    out[2] = GRAVITY
    out[3] = Math.round((timeS * 1000) % 20_000) * 0.07 * DEG
  },
}

function samplesOf(rig: Rig, imu: ImuName): Float64Array[] {
  const { accelG, gyroDps } = rig.hellos.at(-1)!
  const [accel, gyro] = [IMUS[imu].accelScale(accelG), IMUS[imu].gyroScale(gyroDps)]
  return rig.samples.flatMap(({ bytes, header }) =>
    Array.from({ length: header.count }, (_, k) => {
      const out = new Float64Array(6)
      readSample(imu, accel, gyro, new DataView(bytes.buffer), HEADER_BYTES, k, out)
      return out
    }),
  )
}

const ms = (sample: Float64Array): number => Math.round(sample[3]! / (0.07 * DEG))

describe.each(named)('%s', (_name, request) => {
  const { imu, rates } = targetOf(request)

  test('says what it is and streams what the IMU felt, none lost, in the frames it promised', async () => {
    const rig = await Rig.on({ ...request, worn: ticking, odrError: 0.02 })
    rig.say('hello 1')
    rig.say('start 2', 4)
    const hello = rig.hellos.at(-1)!
    expect(hello).toMatchObject({ board: request.board, imu, rateHz: rates[0], streaming: true })
    expect(rig.status).toMatchObject({ overruns: 0, realigned: 0, imuErrors: 0, exceptions: 0 })
    const samples = samplesOf(rig, imu)
    expect(samples.length).toBeGreaterThan(3.6 * hello.rateHz * 1.02)
    expect(rig.samples.every(({ header }) => header.count === hello.batch)).toBe(true)
    expect(rig.samples.map(({ header }) => header.firstSample)).toEqual(
      rig.samples.map((_, i) => hello.batch * i),
    )
    // every sample says when it was taken: the times go up evenly, and the rest is of that time
    const felt = new Float64Array(6)
    const limit = 32767.5 * IMUS[imu].accelScale(hello.accelG)
    const first = ms(samples[0]!) / 1000
    samples.forEach((sample, i) => {
      const timeS = first + i / (hello.rateHz * 1.02)
      expect(Math.abs(ms(sample) - 1000 * timeS)).toBeLessThan(1.5 + 0.004 * i)
      ticking.sampleAt(ms(sample) / 1000, felt)
      // 60 g · 9 · 3 rad/s at most, over the half millisecond that the count leaves open
      expect(Math.abs(sample[1]! - Math.max(-limit, Math.min(limit, felt[1]!)))).toBeLessThan(10)
      expect(Math.abs(sample[2]! - GRAVITY)).toBeLessThan(IMUS[imu].accelScale(hello.accelG))
    })
  })

  test('keeps every setting over a power cycle and passes its self-test', async () => {
    const rig = await Rig.booting({ ...request, worn: still })
    rig.run(3.5)
    expect(rig.hellos[0]).toMatchObject({ selfTest: 'ok' })
    const other = rates.at(-1)!
    rig.say(`set 1 place=left-shin rateHz=${other} accelG=8 gyroDps=1000`)
    expect(rig.acks).toEqual([{ id: 1, ok: true }])
    rig.pod.powerCycle()
    rig.run(3.5)
    expect(rig.hellos.at(-1)).toMatchObject({
      place: 'left-shin',
      rateHz: other,
      accelG: 8,
      gyroDps: 1000,
    })
    rig.say('start 2', 2)
    expect(rig.status).toMatchObject({ overruns: 0, imuErrors: 0 })
    const [sample] = samplesOf(rig, imu)
    expect(sample![2]).toBeCloseTo(GRAVITY, 1)
  })

  test('an overrun is flagged once, costs what did not fit, and the stream goes on in step', async () => {
    const rig = await Rig.on({ ...request, worn: ticking })
    rig.say('start 1', 1)
    rig.pod.machine.stall(3)
    rig.run(5)
    expect(rig.status.overruns).toBeGreaterThan(0)
    expect(rig.samples.filter(({ header }) => header.flags & FLAG_BREAK)).toHaveLength(1)
    const steps = samplesOf(rig, imu).map(ms)
    const jumps = steps.slice(1).map((t, i) => t - steps[i]!)
    expect(jumps.filter((jump) => jump < 0 || jump > 12)).toHaveLength(1)
  })

  test('an IMU that is not there refuses a start in words, and is not fed to the watchdog', async () => {
    const rig = await Rig.on({ ...request, worn: still })
    rig.pod.imu.answering = false
    rig.say('start 1', 0.2)
    expect(rig.acks).toEqual([{ id: 1, ok: false, error: 'the IMU does not answer' }])
    rig.run(8)
    expect(rig.pod.machine.boots).toBeGreaterThan(1)
  })
})

test.each(tagged.flatMap(([name, request]) => [1, 2].map((words) => [name, words, request] as const)))(
  '%s: %i words lost on the bus are noticed before a wrong sample is sent',
  async (_name, words, request) => {
    const { imu } = targetOf(request)
    if (words % IMUS[imu].taggedWords === 0) return
    const rig = await Rig.on({ ...request, worn: ticking })
    rig.say('start 1', 1.03)
    // a chip takes its samples when it is asked for something
    rig.pod.imu.read(0x0f, new Uint8Array(1), rig.pod.timeS)
    rig.pod.imu.dropWords(words)
    rig.run(1.5)
    expect(rig.status).toMatchObject({ overruns: 0, realigned: 1 })
    expect(rig.samples.filter(({ header }) => header.flags & FLAG_BREAK)).toHaveLength(1)
    const steps = samplesOf(rig, imu).map(ms)
    for (let i = 1; i < steps.length; i++) expect(steps[i]! - steps[i - 1]!).toBeGreaterThan(0)
  },
)

test('lsm6dsv320x: every sample carries its own high-g reading, where the other is clipped', async () => {
  const rig = await Rig.on({ board: 'wifi', imu: 'lsm6dsv320x', worn: ticking })
  rig.say('start 1', 3)
  expect(rig.hellos.at(-1)!.highG).toEqual({ sensor: 'inline', rangeG: 320, rateHz: 480 })
  const low = samplesOf(rig, 'lsm6dsv320x')
  const high: number[] = rig.samples.flatMap(({ bytes, header }) =>
    Array.from({ length: header.count }, (_, k) => {
      const out = new Float64Array(3)
      expect(
        readInlineHighG(
          'lsm6dsv320x',
          HIGH_G_SCALES.inline,
          new DataView(bytes.buffer),
          HEADER_BYTES,
          k,
          out,
        ),
      ).toBe(true)
      return out[1]!
    }),
  )
  expect(Math.max(...high) / GRAVITY).toBeGreaterThan(59)
  const limit = 16 * GRAVITY
  low.forEach((sample, i) => {
    if (Math.abs(high[i]!) < limit - 1)
      expect(Math.abs(sample[1]! - high[i]!)).toBeLessThan(HIGH_G_SCALES.inline)
    else if (Math.abs(high[i]!) > limit + 1) expect(Math.abs(sample[1]!)).toBeCloseTo(limit, 0)
  })
})

describe.each(withHighG)('%s: its second accelerometer', (_name, request) => {
  const blows = (frame: Heard): number[] =>
    Array.from({ length: frame.header.count }, (_, k) => {
      const out = new Float64Array(3)
      readAdxl372(new DataView(frame.bytes.buffer), HEADER_BYTES, k, out)
      return out[1]! / GRAVITY
    })

  test('streams at its own rate in frames of its own, which can be asked for again', async () => {
    const rig = await Rig.on({ ...request, worn: ticking, odrError: 0.02 })
    rig.say('start 1', 4)
    expect(rig.hellos.at(-1)!.highG).toEqual({ sensor: 'adxl372', rangeG: 200, rateHz: 400 })
    const frames = rig.of(TYPE_HIGH_G)
    const count = frames.reduce((sum, { header }) => sum + header.count, 0)
    expect(count).toBeGreaterThan(3.6 * 400)
    expect(frames.map(({ header }) => header.firstSample)).toEqual(
      frames.map((_, i) => frames[0]!.header.count * i),
    )
    // one set always stays in the FIFO
    expect(frames.every(({ header }) => (header.flags & FLAG_BACKLOG) > 0)).toBe(true)
    expect(Math.max(...frames.flatMap(blows))).toBeCloseTo(60, 0)
    const { sequence, stream } = frames.at(-1)!.header
    rig.frames = []
    rig.say(`resend 9 stream=${stream} from=${sequence} count=1`, 0.2)
    expect(rig.of(TYPE_HIGH_G).some(({ header }) => header.sequence === sequence)).toBe(true)
  })

  test('words lost on the bus, or an overrun, cost what it held and are flagged', async () => {
    const rig = await Rig.on({ ...request, worn: ticking })
    rig.say('start 1', 1)
    rig.pod.highG!.dropWords(1)
    rig.run(1.5)
    expect(rig.status).toMatchObject({ realigned: 1 })
    rig.pod.machine.stall(1)
    rig.run(3)
    const broken = rig.of(TYPE_HIGH_G).filter(({ header }) => header.flags & FLAG_BREAK)
    expect(broken).toHaveLength(2)
    for (const frame of rig.of(TYPE_HIGH_G)) expect(frame.bytes[HEADER_BYTES + 1]! & 1).toBe(1)
  })

  test('that is not there refuses a start', async () => {
    const rig = await Rig.on({ ...request, worn: still })
    rig.pod.highG!.answering = false
    rig.say('start 1')
    expect(rig.acks[0]).toMatchObject({ id: 1, ok: false })
  })
})

test('every burst fits the nRF52’s I2C driver and a frame’s words', () => {
  for (const { burstBytes, sampleBytes } of Object.values(POD_IMUS)) {
    expect(burstBytes).toBeLessThanOrEqual(MAX_I2C_BYTES)
    expect(burstBytes % 4).toBe(0)
    expect(burstBytes % sampleBytes).toBe(0)
  }
})

test('at a high rate a frame holds three bursts, and the ring takes the same memory', async () => {
  const rig = await Rig.on({ board: 'wifi', worn: still })
  rig.say('set 1 rateHz=833')
  rig.say('start 2', 2)
  const { batch, ring } = rig.hellos.at(-1)!
  expect([batch, ring]).toEqual([54, 43])
  expect(rig.samples[0]!.header.payloadBytes).toBe(756)
  expect(rig.pod.machine.errors).toEqual([])
  expect(rig.status).toMatchObject({ imuErrors: 0, exceptions: 0 })
})

test.each([
  [{ board: 'puckjs-v2', imu: 'lsm6dso32' }, 'Puck.js v2 cannot have lsm6dso32: it can have lsm6ds3tr-c'],
  [{ board: 'jolt', bus: 'spi' }, 'Espruino Jolt.js has no spi: it has i2c'],
  [
    { board: 'puckjs-v2', highG: 'adxl372' },
    'Puck.js v2 reaches its IMU on wires of its own: a second accelerometer needs another board',
  ],
  [
    { board: 'jolt', imu: 'lsm6dsv320x' },
    'Espruino Jolt.js cannot have lsm6dsv320x: it can have lsm6dso32, lsm6ds3tr-c',
  ],
  [
    { board: 'mdbt42q', imu: 'lsm6dsv320x' },
    'Espruino MDBT42Q cannot have lsm6dsv320x: it can have lsm6dso32, lsm6ds3tr-c',
  ],
] as [TargetRequest, string][])('what cannot be built is refused in words: %o', (request, message) => {
  expect(() => targetOf(request)).toThrow(message)
})

test('a bundle holds one IMU’s driver, one bus, and no second accelerometer that was not asked for', async () => {
  const puck = await bundle('puckjs-v2')
  expect(puck).toContain('Puck.accelRd')
  expect(puck).not.toMatch(/I2C1|SPI1|lsm6dso32|lsm6dsv320x|adxl372/)
  const pico = await bundle({ board: 'pico', bus: 'spi', highG: 'adxl372' })
  expect(pico).toMatch(/SPI1.*adxl372/s)
  expect(pico).not.toMatch(/I2C1|Puck\.|lsm6ds3tr-c|lsm6dsv320x/)
})

test.each(BOARD_NAMES)(
  '%s: every target within its budget of bytes and of what its radio carries',
  (name) => {
    const board = boardOf(name)
    for (const imu of board.imus) {
      const { rates } = targetOf({ board: name, imu })
      const { sampleBytes, burstBytes } = POD_IMUS[imu]
      const perSample = sampleBytes + (28 * sampleBytes) / burstBytes
      expect(rates[0]! * perSample).toBeLessThan(0.6 * board.portBytesPerS)
      for (const rate of rates) expect(rate * perSample).toBeLessThan(board.portBytesPerS)
    }
  },
)
