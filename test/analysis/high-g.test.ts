import { describe, expect, test } from 'vitest'
import { type TargetRequest, targetOf } from '../../firmware/build/target.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { HighGChannel } from '../../host/analysis/high-g.ts'
import { PodInlet } from '../../host/analysis/pod-inlet.ts'
import { analysisDefaults } from '../../host/analysis/settings.ts'
import { clockDefaults, PodClock } from '../../host/clock/pod-clock.ts'
import { FrameDecoder } from '../../host/link/decoder.ts'
import { PodTrack } from '../../host/motion/track.ts'
import {
  emptyHeader,
  type FrameHeader,
  readHeader,
  TYPE_HELLO,
  TYPE_HIGH_G,
  TYPE_SAMPLES,
} from '../../shared/frame.ts'
import { DEG, GRAVITY } from '../../shared/imu.ts'
import { readJson } from '../../shared/json.ts'
import type { Hello } from '../../shared/messages.ts'
import { bundle } from '../firmware/rig.ts'

const settings = { ...analysisDefaults.composition, clock: analysisDefaults.clock }

const PERIOD_S = 0.4
const PEAK_G = 45
const WIDTH_S = 0.012

/** Stands, and gets a Gaussian blow of 45 g along y every 0.4 s; in x the time, so that a sample's own instant is known. */
const struck: WornImu = {
  sampleAt(timeS, out) {
    out.fill(0)
    out[2] = GRAVITY
    out[1] = blow(timeS)
    out[3] = (timeS % 10) * DEG * 100
  },
}

function blow(timeS: number): number {
  const since = (timeS % PERIOD_S) - PERIOD_S / 2
  return PEAK_G * GRAVITY * Math.exp(-0.5 * (since / WIDTH_S) ** 2)
}

/** The pod's frames through an inlet, as `Analysis` would hand them on. */
async function listenTo(request: TargetRequest, seconds: number): Promise<PodInlet> {
  const pod = new VirtualPod({
    ...request,
    code: await bundle(request),
    worn: struck,
    id: 'p',
    place: 'left-shin',
    odrError: 0.015,
    oscillatorPpm: 20,
  })
  let inlet: PodInlet | null = null
  let arrivalS = 0
  const decoder = new FrameDecoder((frame) => {
    const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
    const header = readHeader(view, 0, emptyHeader())
    if (header.type === TYPE_HELLO) {
      const hello = readJson(frame.subarray(24, 24 + header.payloadBytes)) as Hello
      if (hello.streaming)
        inlet = new PodInlet('left-shin', hello, header.stream, settings, { step: () => {} })
    } else if (header.type === TYPE_SAMPLES) inlet?.samples(header, view, arrivalS)
    else if (header.type === TYPE_HIGH_G) inlet?.highGSamples(header, view, arrivalS)
  })
  pod.onBytes((bytes, timeS) => {
    arrivalS = timeS
    decoder.push(bytes)
  })
  pod.receive('start 1\n')
  pod.advanceTo(seconds)
  return inlet!
}

/** Samples of the last seconds but the newest tenth: what they say along y, and what was felt there. */
function compared(inlet: PodInlet): { said: number; felt: number; clipped: boolean }[] {
  const { track } = inlet
  const rows: { said: number; felt: number; clipped: boolean }[] = []
  for (let n = track.firstAtOrAfter(inlet.lastS - 3); track.timeS[track.slot(n)]! < inlet.lastS - 0.3; n++) {
    const slot = track.slot(n)
    const timeS = track.rate[3 * slot]! / (100 * DEG)
    rows.push({
      said: track.accel[3 * slot + 1]!,
      felt: blow(timeS),
      clipped: track.clipped[slot] === 1,
    })
  }
  return rows
}

describe('a blow of 45 g', () => {
  test('without a high-g channel is cut off at the range and flagged', async () => {
    const rows = compared(await listenTo({ board: 'wifi', imu: 'lsm6ds3tr-c' }, 6))
    expect(Math.max(...rows.map(({ said }) => said)) / GRAVITY).toBeCloseTo(16, 1)
    expect(rows.filter(({ clipped }) => clipped).length).toBeGreaterThan(20)
  })

  test('is read by the channel that samples carry themselves, to its resolution', async () => {
    const inlet = await listenTo({ board: 'wifi', imu: 'lsm6dsv320x' }, 6)
    const rows = compared(inlet)
    expect(inlet.clipped).toBe(0)
    expect(rows.some(({ clipped }) => clipped)).toBe(false)
    expect(Math.max(...rows.map(({ said }) => said)) / GRAVITY).toBeGreaterThan(PEAK_G - 0.5)
    // the gyroscope says the time to 0.7 ms, in which the blow changes by up to 2 g
    for (const { said, felt } of rows) expect(Math.abs(said - felt) / GRAVITY).toBeLessThan(2)
  })

  test.each([
    { board: 'wifi', imu: 'lsm6ds3tr-c', highG: 'adxl372' } as const,
    { board: 'pico', bus: 'spi', highG: 'adxl372' } as const,
  ])('is read by a chip of its own, between two readings: %o', async (request) => {
    expect(targetOf(request).highG).toBe('adxl372')
    const inlet = await listenTo(request, 8)
    const rows = compared(inlet)
    expect(rows.filter(({ clipped }) => clipped)).toEqual([])
    const peak = Math.max(...rows.map(({ said }) => said)) / GRAVITY
    expect(peak).toBeGreaterThan(PEAK_G - 2)
    expect(peak).toBeLessThan(PEAK_G + 0.5)
    // 2.5 ms apart, a straight line misses 0.3 g of this peak; the two clocks agree to a ms, in which it changes by 2.3 g
    for (const { said, felt } of rows) expect(Math.abs(said - felt) / GRAVITY).toBeLessThan(3.5)
  })
})

describe('what one chip reads of itself', () => {
  const adxl372 = { sensor: 'adxl372', rangeG: 200, rateHz: 400 } as const
  const header = (firstSample: number, count: number): FrameHeader => ({
    ...emptyHeader(),
    type: TYPE_HIGH_G,
    payloadBytes: 6 * count,
    count,
    firstSample,
    timeUs: Math.round((firstSample + count) * 2500),
  })
  /** A frame whose every reading is `g` on all axes. */
  const frame = (g: number, count: number): DataView => {
    const view = new DataView(new ArrayBuffer(24 + 6 * count + 4))
    for (let i = 0; i < 3 * count; i++) view.setInt16(24 + 2 * i, Math.round(10 * g) << 4, false)
    return view
  }

  test('is put right by what the other reads where it is not clipped', () => {
    const track = new PodTrack(4096, 0.1)
    const channel = new HighGChannel(adxl372, clockDefaults, new PodClock(416))
    const still = Float64Array.of(0, 0, GRAVITY, 0, 0, 0)
    let mended = 0
    for (let f = 0; f < 30; f++) {
      for (let k = 0; k < 42; k++) {
        const timeS = (42 * f + k) / 416
        const isClipped = f === 20 && k === 10
        if (isClipped) channel.await(track.count)
        track.push(timeS, still, isClipped)
      }
      mended += channel.samples(header(40 * f, 40), frame(2.5, 40), (40 * (f + 1)) / 400, track)
    }
    expect(mended).toBe(1)
    const slot = track.slot(20 * 42 + 10)
    expect(track.clipped[slot]).toBe(0)
    expect([...track.accel.subarray(3 * slot, 3 * slot + 3)].map((v) => Math.round(1e6 * v) / 1e6)).toEqual([
      0,
      0,
      GRAVITY,
    ])
  })

  test('beyond its own range it takes nobody’s place', () => {
    const track = new PodTrack(4096, 0.1)
    const channel = new HighGChannel(adxl372, clockDefaults, new PodClock(416))
    let mended = 0
    for (let f = 0; f < 10; f++) {
      for (let k = 0; k < 42; k++) {
        channel.await(track.count)
        track.push((42 * f + k) / 416, Float64Array.of(999, 0, 0, 0, 0, 0), true)
      }
      mended += channel.samples(header(40 * f, 40), frame(204, 40), (40 * (f + 1)) / 400, track)
    }
    expect(mended).toBe(0)
    expect(track.clipped[track.slot(50)]).toBe(1)
  })
})
