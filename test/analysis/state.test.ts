import { beforeAll, describe, expect, test } from 'vitest'
import type { TargetRequest } from '../../firmware/build/target.ts'
import { VirtualPod } from '../../firmware/virtual/pod.ts'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { Analysis } from '../../host/analysis/analysis.ts'
import { DocumentBuilder } from '../../host/analysis/document-builder.ts'
import { restoreState, saveState } from '../../host/analysis/state.ts'
import { TYPE_HIGH_G } from '../../shared/frame.ts'
import { PLACES, type Place, segmentOf } from '../../shared/places.ts'
import { type StampedFrame, streamedFrames } from '../bench/stream.ts'
import { bundle } from '../firmware/rig.ts'
import { info } from '../session/sessions.ts'

const session = { ...info, treadmill: { speedMPerS: 3 } }

/** A leg whose shin has a high-g chip of its own. */
async function highGLeg(): Promise<VirtualPod[]> {
  const runner = createRunner({ name: 'easy', seed: 2 })
  const pod = async (place: Place, request: TargetRequest) =>
    new VirtualPod({ ...request, code: await bundle(request), worn: runner.pods[place], id: place, place })
  return [
    await pod('left-shoe', { board: 'pico' }),
    await pod('left-shin', { board: 'pico', bus: 'spi', highG: 'adxl372' }),
  ]
}

/**
 * The document of a session that is stopped before each frame of `cuts`, saved, forgotten, restored and continued.
 * @param fasterAt the frame before which somebody says that the belt is faster
 */
function documentOf(
  frames: readonly StampedFrame[],
  cuts: readonly number[] = [],
  fasterAt = Number.POSITIVE_INFINITY,
): string {
  const builder = new DocumentBuilder({ stance() {} })
  let analysis = new Analysis(session, builder)
  frames.forEach(({ bytes, arrivalS }, n) => {
    if (cuts.includes(n)) analysis = restoreState(saveState(analysis).slice(), builder, session.software)
    if (n === fasterAt) analysis.changeBelt({ fromS: arrivalS, speedMPerS: 3.4 })
    analysis.push(bytes, arrivalS)
  })
  analysis.end()
  return JSON.stringify(builder.document(analysis))
}

describe('an analysis that is stopped, saved, restored and continued', () => {
  let frames: StampedFrame[]
  let never: string
  beforeAll(async () => {
    frames = await streamedFrames(40)
    never = documentOf(frames)
  })

  test.each([
    ['before its first frame', [0]],
    ['while pods say who they are', [1, 2, 3, 4, 5, 6]],
    ['while alignment settles', [800]],
    ['later', [2000]],
    ['again and again', Array.from({ length: 40 }, (_, k) => 83 * k + 7)],
  ])('%s is as if it had never stopped', (_, cuts) => {
    expect(frames.length).toBeGreaterThan(Math.max(...cuts))
    expect(documentOf(frames, cuts)).toBe(never)
  })

  test('knows of a belt that went faster before and after', () => {
    const fasterAt = 2500
    const faster = documentOf(frames, [], fasterAt)
    expect(faster).not.toBe(never)
    expect(documentOf(frames, [fasterAt - 400, fasterAt, fasterAt + 1], fasterAt)).toBe(faster)
  })

  test('goes on with shins alone', () => {
    const shins = frames.filter(({ bytes }) => segmentOf(PLACES[bytes[3]!]!) === 'shin')
    const alone = documentOf(shins)
    expect(JSON.parse(alone).strides.length).toBeGreaterThan(40)
    expect(documentOf(shins, [3, 400, 401, 1100])).toBe(alone)
  })

  test('goes on with a high-g chip', async () => {
    const leg = await streamedFrames(20, 2, await highGLeg())
    const types = leg.map(({ bytes }) => bytes[2]! & 0x0f)
    expect(types).toContain(TYPE_HIGH_G)
    const once = documentOf(leg)
    expect(JSON.parse(once).strides.length).toBeGreaterThan(8)
    // right behind a high-g frame, and right before one
    const at = types.indexOf(TYPE_HIGH_G, 400)
    expect(documentOf(leg, [4, at, at + 1, 900])).toBe(once)
  })

  test('is of one size however long it has run', () => {
    const size = (n: number) => {
      const analysis = new Analysis(session, {})
      for (const { bytes, arrivalS } of frames.slice(0, n)) analysis.push(bytes, arrivalS)
      return saveState(analysis).length
    }
    const whole = size(frames.length)
    expect(whole).toBeLessThan(1.1 * size(frames.length / 2))
    expect(whole).toBeLessThan(4 * 2 ** 20)
  })

  test('refuses another version, and what is no state', () => {
    const state = saveState(new Analysis(session, {}))
    expect(() => restoreState(state, {}, '9.9.9')).toThrow(/saved by version .* and this is 9\.9\.9: analyse/)
    expect(() => restoreState(Buffer.from('{}'), {}, session.software)).toThrow(/not the saved state/)
  })
})
