import { beforeAll, describe, expect, test } from 'vitest'
import { Analysis } from '../../host/analysis/analysis.ts'
import { DocumentBuilder } from '../../host/analysis/document-builder.ts'
import { restoreState, saveState } from '../../host/analysis/state.ts'
import { type StampedFrame, streamedFrames } from '../bench/stream.ts'
import { info } from '../session/sessions.ts'

const session = { ...info, treadmill: { speedMPerS: 3 } }

/** The document of a session that is stopped before each frame of `cuts`, saved, forgotten, restored and continued. */
function documentOf(frames: readonly StampedFrame[], cuts: readonly number[] = []): string {
  const builder = new DocumentBuilder({ stance() {} })
  let analysis = new Analysis(session, builder)
  frames.forEach(({ bytes, arrivalS }, n) => {
    if (cuts.includes(n)) analysis = restoreState(saveState(analysis).slice(), builder, session.software)
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
