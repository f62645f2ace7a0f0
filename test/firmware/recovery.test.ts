import { expect, test } from 'vitest'
import { FLAG_BREAK, TYPE_SAMPLES } from '../../shared/frame.ts'
import { CLIP_LSB } from '../../shared/imu.ts'
import { type Heard, READY_MADE, Rig, still } from './rig.ts'

/** Counts samples in gyro x, so that a lost one shows; the rest is still. */
const counting = {
  sampleAt(timeS: number, out: Float64Array): void {
    still.sampleAt(timeS, out)
    out[3] = (Math.round(timeS * 416) % 20_000) * 0.07 * (Math.PI / 180)
  },
}

const gyroX = ({ bytes, header }: Heard): number[] => {
  const view = new DataView(bytes.buffer)
  return Array.from({ length: header.count }, (_, k) => view.getInt16(24 + 12 * k, true))
}

/** Steps between successive samples that are not 1, with the sample index of the later one. */
function jumps(rig: Rig): { at: number; step: number; flagged: boolean }[] {
  const found: { at: number; step: number; flagged: boolean }[] = []
  let last: number | null = null
  for (const frame of rig.samples) {
    gyroX(frame).forEach((value, k) => {
      if (last !== null && value - last !== 1)
        found.push({
          at: frame.header.firstSample + k,
          step: value - last,
          flagged: k === 0 && (frame.header.flags & FLAG_BREAK) > 0,
        })
      last = value
    })
  }
  return found
}

const breaks = (rig: Rig): number => rig.samples.filter(({ header }) => header.flags & FLAG_BREAK).length

test('a FIFO that overran costs the samples that were overwritten, is flagged once, and goes on', async () => {
  const rig = await Rig.on({ worn: counting })
  rig.say('start 1', 1)
  // The interpreter hangs for two seconds: the FIFO holds the last 0.82 s of them.
  rig.pod.machine.stall(2)
  rig.run(4)
  expect(rig.status).toMatchObject({ overruns: 1, realigned: 0, imuErrors: 0 })
  expect(breaks(rig)).toBe(1)
  const lost = jumps(rig)
  expect(lost).toHaveLength(1)
  expect(lost[0]!.flagged).toBe(true)
  // 2 s at 416 Hz, less the 339 samples that were kept, less what the tick before had left.
  expect(lost[0]!.step).toBeGreaterThan(832 - 341)
  expect(lost[0]!.step).toBeLessThan(832 - 339 + 45)
  // Sample indices count what was sent: a hole on the pod is the flag's to tell, not the index's.
  const indices = rig.samples.map(({ header }) => header.firstSample)
  expect(indices).toEqual(indices.map((_, i) => 21 * i))
})

test('a stall that the FIFO survives costs nothing', async () => {
  const rig = await Rig.on({ worn: counting })
  rig.say('start 1', 1)
  rig.pod.machine.stall(0.7)
  rig.run(2)
  expect(jumps(rig)).toEqual([])
  expect(breaks(rig)).toBe(0)
})

test.each([1, 2, 3, 4, 5])(
  '%i words lost on the bus: one sample is given up and the rest is aligned',
  async (words) => {
    const rig = await Rig.on({ worn: counting })
    rig.say('start 1', 1)
    rig.pod.imu.dropWords(words)
    rig.run(1.5)
    expect(rig.status).toMatchObject({ overruns: 0, realigned: 1 })
    expect(breaks(rig)).toBe(1)
    expect(jumps(rig)).toEqual([{ at: jumps(rig)[0]!.at, step: 2, flagged: true }])
  },
)

test('an IMU that forgot its settings is set up again', async () => {
  const rig = await Rig.on({ worn: counting })
  rig.say('start 1', 1)
  rig.pod.imu.powerCycle(rig.pod.timeS)
  rig.run(3)
  expect(breaks(rig)).toBe(1)
  expect(jumps(rig).every(({ flagged }) => flagged)).toBe(true)
  expect(rig.status.registers).toEqual([0x64, 0x6c, 0x36])
  expect(rig.samples.at(-1)!.timeS).toBeGreaterThan(rig.pod.timeS - 0.1)
})

test.each(READY_MADE)(
  '%s: a bus that fails for a moment is counted, and the FIFO keeps what came meanwhile',
  async (board) => {
    const rig = await Rig.on({ board, worn: counting })
    rig.say('set 9 rateHz=416')
    rig.say('start 1', 1)
    rig.pod.imu.answering = false
    rig.run(0.5)
    rig.pod.imu.answering = true
    rig.run(1.5)
    expect(rig.status.imuErrors).toBeGreaterThan(0)
    expect(jumps(rig)).toEqual([])
  },
)

test.each(READY_MADE)(
  '%s: an IMU that stays silent ends in a restart by the watchdog, with a new stream',
  async (board) => {
    const rig = await Rig.on({ board })
    rig.say('start 1', 1)
    const { stream } = rig.samples[0]!.header
    rig.pod.imu.answering = false
    const { length } = rig.samples
    rig.run(10)
    expect(rig.samples.length).toBeLessThanOrEqual(length + 1)
    rig.pod.imu.answering = true
    rig.run(5)
    expect(rig.pod.machine.boots).toBeGreaterThan(1)
    expect(rig.hellos.at(-1)!.streaming).toBe(false)
    expect(rig.frames.at(-1)!.header.stream).not.toBe(stream)
  },
)

test.each(READY_MADE)('%s: a start without an IMU is refused in words', async (board) => {
  const rig = await Rig.on({ board })
  rig.pod.imu.answering = false
  rig.say('start 5')
  expect(rig.acks).toEqual([{ id: 5, ok: false, error: 'the IMU does not answer' }])
})

test('frames lost with the cable come again, byte for byte', async () => {
  const rig = await Rig.on()
  const twin = await Rig.on()
  rig.say('start 1', 1)
  twin.say('start 1', 1)
  const before = rig.samples.length
  // The rig's own ear is closed for two seconds; its twin hears everything.
  rig.deafen(2)
  twin.run(2)
  rig.run(0.5)
  twin.run(0.5)
  const heard = new Set(rig.samples.map(({ header }) => header.sequence))
  const missing = twin.samples.filter(({ header }) => !heard.has(header.sequence))
  expect(missing.length).toBeGreaterThan(30)
  const { stream } = rig.samples[before]!.header
  const from = missing[0]!.header.sequence
  const to = missing.at(-1)!.header.sequence
  rig.frames = []
  rig.say(`resend 7 stream=${stream} from=${from} count=${to - from + 1}`, 2)
  const again = rig.samples.filter(({ header }) => header.sequence <= to)
  expect(again.map(({ bytes }) => bytes)).toEqual(missing.map(({ bytes }) => bytes))
  // Between them were status frames, which the ring does not keep.
  expect(rig.acks).toEqual([{ id: 7, ok: true, sent: missing.length, gone: to - from + 1 - missing.length }])
})

test('the ring gives up the oldest, and says how many are gone', async () => {
  const rig = await Rig.on({ board: 'puckjs-v2' })
  rig.say('start 1', 6)
  const { stream } = rig.samples[0]!.header
  const { ring } = rig.hellos[0]!
  rig.say('stop 2')
  const last = rig.samples.at(-1)!.header.sequence
  rig.frames = []
  // the oldest that can be there, and nine before it
  rig.say(`resend 3 stream=${stream} from=${last + 1 - ring - 9} count=${ring}`, 3)
  const { sent = 0, gone = 0 } = rig.acks[0]!
  expect(sent + gone).toBe(ring)
  expect(sent).toBe(rig.of(TYPE_SAMPLES).length)
  expect(gone).toBeGreaterThanOrEqual(9)
  expect(sent).toBeGreaterThan(ring - 9 - 6)
})

test.each(['from=0 count=1000', 'from=0 count=q', 'from=-1 count=2', 'from=1.2 count=2', 'count=2'])(
  'a request for %s is refused, and keeps no other waiting',
  async (asked) => {
    const rig = await Rig.on()
    rig.say('start 1', 1)
    const { header } = rig.samples[0]!
    rig.say(`resend 3 stream=${header.stream} ${asked}`)
    rig.say(`resend 4 stream=${header.stream} from=${header.sequence} count=1`)
    expect(rig.acks.slice(-2)).toEqual([
      { id: 3, ok: false, error: 'no such frames' },
      { id: 4, ok: true, sent: 1, gone: 0 },
    ])
  },
)

test('frames of another stream are never sent in answer', async () => {
  const rig = await Rig.on()
  rig.say('start 1', 1)
  const { stream } = rig.samples[0]!.header
  rig.say('start 2', 0.05)
  rig.frames = []
  rig.say(`resend 3 stream=${(stream + 1) % 2 ** 32} from=0 count=5`, 0.1)
  // Nor is memory that has held no frame yet: zeros look like frame 0 of stream 0.
  rig.say('resend 4 stream=0 from=0 count=1', 0.1)
  expect(rig.acks).toEqual([
    { id: 3, ok: true, sent: 0, gone: 5 },
    { id: 4, ok: true, sent: 0, gone: 1 },
  ])
  expect(rig.skippedBytes).toBe(0)
})

test('a blow beyond the range is sent clipped and not wrapped', async () => {
  const rig = await Rig.on({ worn: { sampleAt: (_t, out) => out.fill(400) } })
  rig.say('start 1', 0.5)
  const view = new DataView(rig.samples[0]!.bytes.buffer)
  expect(view.getInt16(24, true)).toBeGreaterThanOrEqual(CLIP_LSB)
  expect(view.getInt16(30, true)).toBeGreaterThanOrEqual(CLIP_LSB)
})
