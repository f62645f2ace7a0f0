import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCENARIOS } from '../../firmware/virtual/scenarios.ts'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { analyse } from '../../host/analysis/document-builder.ts'
import { openSession } from '../../host/session/open.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'footfall-few-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** The analysis of a simulated session as far as `toS`. */
async function analysed(options: Parameters<typeof simulate>[1], toS = Number.POSITIVE_INFINITY) {
  const path = await mkdtemp(join(folder, 'session-'))
  const { strides } = await simulate(path, options)
  const { info, frames } = await openSession(path)
  async function* until() {
    for await (const frame of frames()) if (frame.arrivalS < toS) yield frame
  }
  return { document: await analyse(info, until()), truth: strides }
}

describe('few whole strides', () => {
  test('a walk across a room has a summary, says from how few strides, and states more uncertainty', async () => {
    const walker = { name: 'walker', seed: 5, seconds: 30 }
    const { document: whole, truth } = await analysed(walker)
    const { document: short } = await analysed(walker, truth[0]!.icS + 5.5)
    for (const side of ['left', 'right'] as const) {
      const { strides } = short.summary[side]
      expect(strides).toBeGreaterThanOrEqual(3)
      expect(strides).toBeLessThan(8)
    }
    for (const stride of short.strides) {
      const later = whole.strides.find((s) => s.leg === stride.leg && s.index === stride.index)!
      expect(stride.quality.ok).toBe(true)
      expect(stride.quality.reasons.join()).toMatch(/few strides: axes from [3-7]/)
      expect(stride.icS).toBe(later.icS)
      expect(stride.uncertainty.peakEversionDeg!).toBeGreaterThan(later.uncertainty.peakEversionDeg!)
      expect(Math.abs(stride.peakEversionDeg! - later.peakEversionDeg!)).toBeLessThan(2)
    }
  })

  test('where samples are lost in bursts the strides without a hole count', async () => {
    const scenario = SCENARIOS.find(({ name }) => name === '5 % lost')!
    const { document } = await analysed({ seed: 1009, seconds: 40, scenario })
    const sound = document.strides.filter(({ quality }) => quality.ok)
    expect(sound.length).toBeGreaterThan(20)
    expect(sound.filter((stride) => stride.peakEversionDeg !== null).length).toBeGreaterThan(10)
    for (const stride of sound) {
      expect(stride.quality.reasons.join()).not.toMatch(/gap|up is not known/)
      if (stride.peakEversionDeg === null)
        expect(stride.quality.reasons.join()).toMatch(/how shoe and shin point/)
    }
    for (const stride of document.strides)
      if (!stride.quality.ok) expect(stride.quality.reasons.join()).toMatch(/gap|up is not known|settling/)
  })
})
