import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TYPE_HELLO, TYPE_TIME } from '../../shared/frame.ts'
import { commandLine } from '../../shared/messages.ts'
import { PLACES } from '../../shared/places.ts'
import { READY_MADE, Rig, still } from './rig.ts'

test('at boot a pod leaves the port to the console for three seconds, then says hello', async () => {
  const rig = await Rig.booting({ place: 'right-shin', worn: still })
  rig.run(2.9)
  expect(rig.pod.machine.consoleOnPort).toBe(true)
  expect(rig.frames).toEqual([])
  rig.run(0.2)
  expect(rig.pod.machine.consoleOnPort).toBe(false)
  expect(rig.hellos).toEqual([
    {
      id: 'c0ffee',
      fw: '0.2.0',
      board: 'xiao-nrf52840-sense',
      imu: 'lsm6ds3tr-c',
      place: 'right-shin',
      rateHz: 416,
      accelG: 16,
      gyroDps: 2000,
      batch: 21,
      ring: 256,
      streaming: false,
      cal: null,
      selfTest: 'ok',
    },
  ])
})

test.each(READY_MADE)('%s with its button held at boot stays a console', async (board) => {
  const held = await Rig.booting({ board })
  held.pod.powerCycle((pins) => pins.BTN1!.write(1))
  held.run(10)
  expect(held.pod.machine.consoleOnPort).toBe(true)
  expect(held.frames).toEqual([])
})

test('three Ctrl-C bring the console back, and the watchdog does not bite', async () => {
  const rig = await Rig.on()
  rig.say('start 1', 1)
  rig.pod.receive('\x03')
  rig.pod.receive('\x03\x03')
  rig.run(0.1)
  expect(rig.pod.machine.consoleOnPort).toBe(true)
  const samples = rig.samples.length
  rig.run(20)
  expect(rig.samples.length).toBe(samples)
  expect(rig.pod.machine.boots).toBe(1)
})

test('start draws a new stream and counts from 0; stop stops the samples only', async () => {
  const rig = await Rig.on()
  rig.say('start 1', 0.5)
  rig.say('start 2', 0.5)
  rig.say('stop 3', 0.1)
  const streams = [...new Set(rig.frames.map(({ header }) => header.stream))].slice(-2)
  expect(streams).toHaveLength(2)
  for (const stream of streams) {
    const frames = rig.frames.filter(({ header }) => header.stream === stream)
    expect(frames.map(({ header }) => header.sequence)).toEqual(frames.map((_, i) => i))
    expect(frames[0]!.header.type).toBe(TYPE_HELLO)
  }
  const { length } = rig.samples
  rig.say('hello 4', 2)
  expect(rig.samples.length).toBe(length)
  expect(rig.hellos.at(-1)!.streaming).toBe(false)
  expect(rig.acks.map(({ id, ok }) => [id, ok])).toEqual([1, 2, 3, 4].map((id) => [id, true]))
})

test('samples are numbered without a hole across batches', async () => {
  const rig = await Rig.on()
  rig.say('start 1', 2)
  expect(rig.samples.map(({ header }) => header.firstSample)).toEqual(rig.samples.map((_, i) => 21 * i))
})

test('set is checked, applied, answered with hello and acknowledgement, and survives a power cycle', async () => {
  const rig = await Rig.on()
  rig.say('set 1 place=left-shin rateHz=208 accelG=8 gyroDps=1000')
  expect(rig.hellos.at(-1)).toMatchObject({ place: 'left-shin', rateHz: 208, accelG: 8, gyroDps: 1000 })
  expect(rig.acks).toEqual([{ id: 1, ok: true }])
  const { stream } = rig.frames.at(-1)!.header
  rig.frames = []
  rig.pod.powerCycle()
  rig.run(4)
  expect(rig.hellos[0]).toMatchObject({ place: 'left-shin', rateHz: 208, accelG: 8, gyroDps: 1000 })
  expect(rig.frames[0]!.header.stream).not.toBe(stream)
})

test.each([
  ['place=nose', 'no place nose'],
  ['rateHz=400', 'rateHz must be one of 416 104 208'],
  ['accelG=24', 'accelG must be one of 2 4 8 16'],
  ['gyroDps=4000', 'gyroDps must be one of 125 250 500 1000 2000'],
  ['place=left-shoe rateHz=fast', 'rateHz must be one of 416 104 208'],
])('set %s is refused whole: %s', async (args, error) => {
  const rig = await Rig.on()
  rig.say(`set 1 ${args}`)
  expect(rig.acks).toEqual([{ id: 1, ok: false, error }])
  rig.say('hello 2')
  expect(rig.hellos.at(-1)).toMatchObject({ place: null, rateHz: 416 })
})

test('while samples flow the place can be set and the rate cannot', async () => {
  const rig = await Rig.on()
  rig.say('start 1', 0.3)
  rig.say('set 2 rateHz=208')
  rig.say('set 3 place=right-shoe', 0.5)
  expect(rig.acks.slice(1)).toEqual([
    { id: 2, ok: false, error: 'streaming: stop first' },
    { id: 3, ok: true },
  ])
  expect(rig.samples.at(-1)!.header.pod).toBe(PLACES.indexOf('right-shoe'))
})

test.each(READY_MADE)(
  '%s: a calibration is kept and said as it is, over power cycles, until another comes',
  async (board) => {
    const rig = await Rig.on({ board })
    const cal = '1bb8f83205db03e7fa2407d00191fda9012a03e8f83005dc03eb018ffedb024efb5100b8fe09019105ccfb2b0'
    const line = commandLine('set', 999_999, { cal })
    expect(line.length).toBeLessThanOrEqual(121)
    rig.pod.receive(line)
    rig.say('set 2 place=left-shin')
    rig.pod.powerCycle()
    rig.run(4)
    expect(rig.hellos.at(-1)).toMatchObject({ place: 'left-shin', cal })
    rig.say('start 3', 0.3)
    rig.say('set 4 cal=none')
    rig.say('stop 5')
    expect(rig.acks.find(({ id }) => id === 4)).toEqual({ id: 4, ok: false, error: 'streaming: stop first' })
    expect(rig.hellos.at(-1)).toMatchObject({ streaming: true, cal })
    rig.say('set 6 cal=none')
    expect(rig.hellos.at(-1)).toMatchObject({ cal: 'none' })
  },
)

test('ping is answered at once with its token and the time it was read', async () => {
  const rig = await Rig.on()
  rig.say('ping 1 token=4294967295', 0.01)
  const [reply] = rig.of(TYPE_TIME)
  const words = new Uint32Array(reply!.bytes.slice(24, 36).buffer)
  expect(words[0]).toBe(4294967295)
  expect(words[2]).toBe(0)
  // Device time runs from 2000 by the pod's own clock, which was started at −4 s and steps by 1/32768 s.
  const readUs = (946_684_804 * 1e6) % 2 ** 32
  expect(Math.abs(words[1]! - readUs)).toBeLessThan(31)
  expect(reply!.header.timeUs).toBeGreaterThanOrEqual(words[1]!)
  expect(rig.acks).toEqual([])
})

test('identify blinks for five seconds and leaves the LED dark', async () => {
  const rig = await Rig.on()
  const { LED1 } = rig.pod.machine.pins
  let changes = 0
  let level = LED1!.level
  rig.pod.receive('identify 1\n')
  for (let i = 0; i < 600; i++) {
    rig.run(0.01)
    if (LED1!.level !== level) changes++
    level = LED1!.level
    if (i === 480) expect(changes).toBeGreaterThanOrEqual(38)
  }
  expect(changes).toBeLessThanOrEqual(42)
  expect(level).toBe(0)
  expect(rig.acks).toEqual([{ id: 1, ok: true }])
})

test('status comes once a second and tells what the chip says it is set to', async () => {
  const rig = await Rig.on({ battery: 73, board: 'puckjs-v2', temperatureC: 31 })
  rig.say('start 1', 5)
  expect(rig.status).toEqual({
    battery: 73,
    temperatureC: 31,
    free: 1438,
    overruns: 0,
    realigned: 0,
    imuErrors: 0,
    commandErrors: 0,
    exceptions: 0,
    errors: [],
    registers: [0x54, 0x5c, 0x2e],
  })
  const times = rig.frames.filter(({ header }) => header.type === 3).map(({ header }) => header.timeUs)
  for (let i = 1; i < times.length; i++) expect(Math.abs(times[i]! - times[i - 1]! - 1e6)).toBeLessThan(2e5)
})

test('what is no command is refused or counted, and the next one is understood', async () => {
  const rig = await Rig.on()
  rig.say('dance 1')
  rig.say('toString 2')
  rig.say('hello')
  rig.say('')
  rig.say(`set 3 place=${'x'.repeat(200)}`)
  rig.pod.receive('y'.repeat(500))
  rig.say('')
  rig.say('hello 4', 1.5)
  expect(rig.acks).toEqual([
    { id: 1, ok: false, error: 'no command dance' },
    { id: 2, ok: false, error: 'no command toString' },
    { id: 4, ok: true },
  ])
  expect(rig.status.commandErrors).toBe(6)
  expect(rig.status.exceptions).toBe(0)
})

test('commands may come in any chunks', async () => {
  const text = [
    commandLine('hello', 1),
    commandLine('set', 2, { place: 'left-shoe', accelG: 8 }),
    commandLine('stop', 3),
  ].join('')
  const whole = await Rig.on()
  whole.pod.receive(text)
  whole.run(0.5)
  const expected = whole.frames.map(({ header }) => header.type)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 12 }),
      async (cuts) => {
        const rig = await Rig.on()
        const edges = [0, ...cuts.sort((a, b) => a - b), text.length]
        for (let i = 1; i < edges.length; i++) rig.pod.receive(text.slice(edges[i - 1], edges[i]))
        rig.run(0.5)
        expect(rig.frames.map(({ header }) => header.type)).toEqual(expected)
        expect(rig.acks).toEqual(whole.acks)
      },
    ),
    { numRuns: 25 },
  )
})

test('self-test passes on a healthy IMU, by the data sheet’s limits on every axis', async () => {
  const rig = await Rig.on({ worn: still })
  rig.say('selftest 1', 2)
  expect(rig.acks).toEqual([{ id: 1, ok: true }])
  rig.say('start 2', 1)
  expect(rig.samples.length).toBeGreaterThan(10)
})

test.each([
  [0.05, 400, 'accelerometer'],
  [1.9, 400, 'accelerometer'],
  [0.4, 100, 'gyroscope'],
  [0.4, 800, 'gyroscope'],
])('self-test fails at %f g, %f °/s: %s', async (accelG, gyroDps, sensor) => {
  const rig = await Rig.on({ worn: still })
  rig.pod.imu.selfTestAccelG = accelG
  rig.pod.imu.selfTestGyroDps = gyroDps
  rig.say('selftest 1', 2)
  const [ack] = rig.acks
  expect(ack).toMatchObject({ id: 1, ok: false })
  for (const axis of 'xyz') expect(ack!.error).toContain(`${sensor} ${axis} moved`)
  expect(ack!.error).not.toContain(sensor === 'gyroscope' ? 'accelerometer' : 'gyroscope')
})

test.each(READY_MADE)('%s: a self-test whose IMU falls silent fails in words', async (board) => {
  const rig = await Rig.on({ board, worn: still })
  rig.say('selftest 1', 0.3)
  rig.pod.imu.answering = false
  rig.run(3)
  expect(rig.acks).toMatchObject([
    { id: 1, ok: false, error: expect.stringMatching(/the IMU does not answer|moved 0 LSB/) },
  ])
  rig.pod.imu.answering = true
  rig.say('start 2')
  expect(rig.acks.at(-1)).toEqual({ id: 2, ok: true })
})

test('self-test and stream exclude each other', async () => {
  const rig = await Rig.on({ worn: still })
  rig.say('start 1', 0.3)
  rig.say('selftest 2')
  rig.say('stop 3')
  rig.say('selftest 4', 0.1)
  rig.say('start 5', 2)
  expect(rig.acks.map(({ id, error }) => [id, error])).toEqual([
    [1, undefined],
    [2, 'streaming: stop first'],
    [3, undefined],
    [5, 'the self-test is running'],
    [4, undefined],
  ])
})
