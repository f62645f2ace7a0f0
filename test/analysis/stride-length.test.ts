import { beforeAll, describe, expect, test } from 'vitest'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import type { WornImu } from '../../firmware/virtual/worn.ts'
import { Analysis } from '../../host/analysis/analysis.ts'
import type { AnalysisDocument, Stride } from '../../host/analysis/document.ts'
import { DocumentBuilder } from '../../host/analysis/document-builder.ts'
import type { SessionInfo } from '../../host/analysis/session-info.ts'
import { restoreState, saveState } from '../../host/analysis/state.ts'
import { GRAVITY } from '../../shared/imu.ts'
import { PLACES, type Place, type Side } from '../../shared/places.ts'
import { type StampedFrame, streamedFrames } from '../bench/stream.ts'
import { info } from '../session/sessions.ts'
import { type WornSession, wornSession } from '../tools/worn-session.ts'

const overground: SessionInfo = { ...info, treadmill: {} }
const NO_REST = 'stride length: the foot was not seen at rest before and after'
const SECONDS = 26

interface Told {
  stride: Stride
  /** When the frame came with which it was told; infinite: at the end. */
  atS: number
}

/** What an analysis tells that is stopped and continued before each frame of `cuts`. */
function analysed(frames: readonly StampedFrame[], session = overground, cuts: readonly number[] = []) {
  const told: Told[] = []
  let atS = 0
  const builder = new DocumentBuilder({
    stride: (stride) => {
      told.push({ stride, atS })
    },
  })
  let analysis = new Analysis(session, builder)
  frames.forEach(({ bytes, arrivalS }, n) => {
    atS = arrivalS
    if (cuts.includes(n)) analysis = restoreState(saveState(analysis).slice(), builder, session.software)
    analysis.push(bytes, arrivalS)
  })
  atS = Number.POSITIVE_INFINITY
  analysis.end()
  return { told, document: builder.document(analysis) }
}

describe('without a belt', () => {
  let frames: StampedFrame[]
  let told: Told[]
  let document: AnalysisDocument
  const of = (leg: Side, from: readonly Told[] = told) => from.filter(({ stride }) => stride.leg === leg)
  const placed = (place: string) => (frame: StampedFrame) => PLACES[frame.bytes[3]!] === place

  beforeAll(async () => {
    frames = await streamedFrames(SECONDS)
    ;({ told, document } = analysed(frames))
  })

  test('each stride has its own way and speed, and the last is told without', () => {
    for (const leg of ['left', 'right'] as const) {
      const strides = of(leg).map(({ stride }) => stride)
      expect(strides.length).toBeGreaterThan(15)
      // the first goes from standing to the 3 m/s of the virtual runner's belt
      expect(strides[0]!.speedMPerS).toBeLessThan(2.8)
      for (const stride of strides.slice(1, -1)) {
        expect(Math.abs(stride.speedMPerS! / 3 - 1)).toBeLessThan(0.06)
        expect(stride.strideLengthM).toBeCloseTo(stride.speedMPerS! * (stride.nextIcS - stride.icS), 9)
        expect(stride.strideLengthSource).toBe('estimated')
        expect(stride.uncertainty.strideLengthM! / stride.strideLengthM!).toBeLessThan(0.03)
      }
    }
  })

  test('a stride is told once the foot has come to rest again, before it leaves', () => {
    const late = of('left').filter(({ stride }) => stride.icS > 18 && stride.nextIcS < SECONDS - 1)
    expect(late.length).toBeGreaterThan(5)
    for (const { stride, atS } of late) {
      const contactS = stride.toS - stride.icS
      expect(atS).toBeGreaterThan(stride.nextIcS + 0.65 * contactS)
      expect(atS).toBeLessThan(stride.nextIcS + contactS + 0.1)
    }
  })

  test('a session that ends in mid-air gives its last stride, with the reason', () => {
    const { stride: last } = of('left').findLast(({ stride }) => stride.nextIcS < SECONDS - 1)!
    // the contact that ends it is known, its rest is not
    const { told: short } = analysed(frames.filter(({ arrivalS }) => arrivalS < last.nextIcS + 0.12))
    const { stride, atS } = of('left', short).at(-1)!
    expect(stride.nextIcS).toBeCloseTo(last.nextIcS, 2)
    expect(atS).toBe(Number.POSITIVE_INFINITY)
    expect(stride).toMatchObject({ strideLengthM: null, speedMPerS: null, strideLengthSource: null })
    expect(stride.quality.reasons).toContain(NO_REST)
    expect(last.strideLengthM).not.toBeNull()
  })

  test('a shoe that falls silent holds its last stride back no longer than missing samples may come', () => {
    const { stride: last } = of('left').findLast(({ stride }) => stride.nextIcS < 16)!
    const shoes = frames.filter((frame) => placed('left-shoe')(frame) || placed('right-shoe')(frame))
    const silent = shoes.filter(
      (frame) => !placed('left-shoe')(frame) || frame.arrivalS < last.nextIcS + 0.12,
    )
    const { stride, atS } = of('left', analysed(silent).told).at(-1)!
    expect(stride.nextIcS).toBeCloseTo(last.nextIcS, 2)
    expect(stride.quality.reasons).toContain(NO_REST)
    expect(atS).toBeLessThan(last.nextIcS + 9)
  })

  test('stopped and continued while strides wait for their rest, it is the same document', () => {
    const cuts = Array.from({ length: 60 }, (_, k) => 1500 + 7 * k).filter((n) => n < frames.length)
    expect(cuts.length).toBe(60)
    expect(JSON.stringify(analysed(frames, overground, cuts).document)).toBe(JSON.stringify(document))
  })

  test('events and everything else are as with a belt', () => {
    const belt = analysed(frames, info).document
    expect(belt.events).toEqual(document.events)
    const bare = ({ strideLengthM, speedMPerS, strideLengthSource, uncertainty, quality, ...rest }: Stride) =>
      rest
    expect(belt.strides.map(bare)).toEqual(document.strides.map(bare))
    for (const stride of belt.strides) {
      expect(stride.strideLengthM).toBeCloseTo(3 * (stride.nextIcS - stride.icS), 9)
      expect(stride.quality.reasons).not.toContain(NO_REST)
    }
  })
})

/** The runner stops for so long at a time, the shoe flat: all pods feel gravity alone and do not turn. */
function stopped(pods: Record<Place, WornImu>, atS: number, forS: number): Record<Place, WornImu> {
  const stop = (pod: WornImu): WornImu => ({
    sampleAt(timeS, out) {
      const held = timeS > atS && timeS < atS + forS
      pod.sampleAt(held ? atS : timeS < atS ? timeS : timeS - forS, out)
      if (!held) return
      const share = GRAVITY / Math.hypot(out[0]!, out[1]!, out[2]!)
      for (let i = 0; i < 3; i++) out[i]! *= share
      out.fill(0, 3)
    },
  })
  return Object.fromEntries(PLACES.map((place) => [place, stop(pods[place])])) as Record<Place, WornImu>
}

test.each([0.3, 0.6])(
  'a stop of %s s in a stance does not make of the next swing a place where the foot rests',
  (forS) => {
    const { pods } = createRunner({ name: 'easy', seed: 1, speedMPerS: 2.5 })
    const left = (session: WornSession) => session.strides.filter((stride) => stride.leg === 'left')
    const usual = left(wornSession(pods, { toS: 18 })).find((stride) => stride.icS > 14)!
    const atS = usual.icS + 0.4 * (usual.toS - usual.icS)
    const long = left(wornSession(stopped(pods, atS, forS), { toS: 18 })).find((stride) => stride.icS > 14)!
    expect(long.toS - long.icS).toBeGreaterThan(usual.toS - usual.icS + 0.9 * forS)
    // what the shoe rolled at as it was stopped goes on for so long; a third of the way is far from that
    expect(Math.abs(long.strideLengthM! / usual.strideLengthM! - 1)).toBeLessThan(0.08)
  },
)
