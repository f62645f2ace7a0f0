import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import type { BoardName } from '../../firmware/build/boards.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { FLAG_BACKLOG, FLAG_BREAK, HEADER_BYTES } from '../../shared/frame.ts'
import { IMUS, readSample } from '../../shared/imu.ts'
import { READY_MADE, Rig, swinging } from './rig.ts'

const imu = IMUS['lsm6ds3tr-c']

/** Every sample of a run in SI, in stream order. */
function decoded(rig: Rig, accelG: number, gyroDps: number): Float64Array[] {
  return rig.samples.flatMap(({ bytes, header }) => {
    const view = new DataView(bytes.buffer)
    return Array.from({ length: header.count }, (_, k) => {
      const out = new Float64Array(6)
      readSample('lsm6ds3tr-c', imu.accelScale(accelG), imu.gyroScale(gyroDps), view, HEADER_BYTES, k, out)
      return out
    })
  })
}

/** The same IMU, and when the chip looked at it. */
function logged(worn: WornImu): { worn: WornImu; times: Set<number> } {
  const times = new Set<number>()
  return {
    times,
    worn: {
      sampleAt(timeS, out) {
        times.add(timeS)
        worn.sampleAt(timeS, out)
      },
    },
  }
}

const deviceTrueS = (timeUs: number, bootS: number, ppm: number): number => {
  const sinceBootUs = (timeUs - ((946_684_800 * 1e6) % 2 ** 32) + 2 ** 32) % 2 ** 32
  return bootS + sinceBootUs / 1e6 / (1 + ppm * 1e-6)
}

const runs: [board: BoardName, rateHz: number, accelG: number, gyroDps: number, odrError: number][] = [
  ['puckjs-v2', 208, 16, 2000, -0.025],
  ['puckjs-v2', 104, 8, 1000, 0.01],
  ['xiao-nrf52840-sense', 416, 16, 2000, 0.03],
  ['xiao-nrf52840-sense', 208, 4, 500, 0],
]

test.each(runs)(
  '%s at %i Hz, ±%i g, ±%i °/s sends what the IMU felt, to half an LSB',
  async (board, rateHz, accelG, gyroDps, odrError) => {
    const { worn, times } = logged(swinging)
    const rig = await Rig.on({ board, worn, odrError })
    rig.say(`set 1 rateHz=${rateHz} accelG=${accelG} gyroDps=${gyroDps}`)
    rig.say('start 2', 4)
    const samples = decoded(rig, accelG, gyroDps)
    expect(samples.length).toBeGreaterThan(3.5 * rateHz)

    const felt = new Float64Array(6)
    const limits = [imu.accelScale(accelG) * 32767.5, imu.gyroScale(gyroDps) * 32767.5]
    const differs = (timeS: number, sample: Float64Array): boolean => {
      swinging.sampleAt(timeS, felt)
      return sample.some((value, i) => {
        const lsb = i < 3 ? imu.accelScale(accelG) : imu.gyroScale(gyroDps)
        const limit = limits[i < 3 ? 0 : 1]!
        return Math.abs(value - Math.max(-limit, Math.min(limit, felt[i]!))) > lsb * (0.5 + 1e-9)
      })
    }
    const instants = [...times].sort((a, b) => a - b)
    const first = instants.findIndex((timeS) => !differs(timeS, samples[0]!))
    expect(first).toBeGreaterThanOrEqual(0)
    expect(samples.filter((sample, i) => differs(instants[first + i]!, sample))).toEqual([])
    // Evenly taken, at the true rate.
    const last = first + samples.length - 1
    const rate = (samples.length - 1) / (instants[last]! - instants[first]!)
    expect(rate).toBeCloseTo(rateHz * (1 + odrError), 6)
  },
)

test('device time and backlog say when the newest sample was taken, to one sample period', async () => {
  const [ppm, odrError, bootS] = [35, -0.02, -3.7]
  const { worn, times } = logged(swinging)
  const rig = await Rig.on({ worn, oscillatorPpm: ppm, odrError, bootS, board: 'puckjs-v2' })
  rig.say('start 1', 20)
  const instants = [...times].sort((a, b) => a - b)
  const period = 1 / (208 * (1 + odrError))
  // The status frames look at the IMU too, at instants that are samples': the first few before the FIFO runs are dropped.
  const first = instants.findIndex((timeS, i) => Math.abs(instants[i + 1]! - timeS - period) < 1e-6)
  for (const { header } of rig.samples) {
    const newest = instants[first + header.firstSample + header.count - 1 + (header.flags & FLAG_BACKLOG)]!
    const age = deviceTrueS(header.timeUs, bootS, ppm) - newest
    expect(age).toBeGreaterThan(-1 / 32768)
    expect(age).toBeLessThan(period + 1e-9)
  }
})

test.each(READY_MADE)('%s: ten minutes without a lost sample', async (board) => {
  const rig = await Rig.on({ board, odrError: 0.02, worn: { sampleAt: (_t, out) => out.fill(1) } })
  let next = 0
  let sequence = 0
  let samples = 0
  rig.say('set 1 rateHz=416', 0.5)
  rig.pod.receive('start 2\n')
  for (let second = 0; second < 600; second++) {
    rig.run(1)
    for (const { header, bytes } of rig.frames) {
      if (header.stream !== rig.frames.at(-1)!.header.stream) continue
      expect(header.sequence).toBe(sequence++)
      if (header.count === 0) continue
      expect(header.firstSample).toBe(next)
      expect(header.flags & FLAG_BREAK).toBe(0)
      next += header.count
      samples += header.count
      if (second % 60 === 0)
        expect(crc32(bytes.subarray(0, -4))).toBe(
          new DataView(bytes.buffer).getUint32(bytes.length - 4, true),
        )
    }
    const { overruns, realigned, imuErrors, exceptions } = rig.status
    expect([overruns, realigned, imuErrors, exceptions]).toEqual([0, 0, 0, 0])
    rig.frames = []
  }
  expect(rig.skippedBytes).toBe(0)
  expect(samples).toBeGreaterThan(599 * 416 * 1.02 - 60)
})
