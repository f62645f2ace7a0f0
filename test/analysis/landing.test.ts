import { expect, it } from 'vitest'
import { createRunner } from '../../firmware/virtual/runner/runner.ts'
import { wornSession } from '../tools/worn-session.ts'

const running = (name: string) =>
  wornSession(createRunner({ name, seed: 5, speedMPerS: 3.2 }).pods, { toS: 20 })

it.each(['easy', 'forefoot'])(
  'how hard a foot came down is told a tenth of a second after contact, as its stride will say it: %s',
  (name) => {
    const { landings, strides } = running(name)
    const settled = strides.filter((stride) => stride.quality.ok && stride.icS > 12)
    expect(settled.length).toBeGreaterThan(15)
    for (const { leg, icS, toS, peakTibialAxialG } of settled) {
      const own = landings.filter((landing) => landing.leg === leg && Math.abs(landing.icS - icS) < 1e-6)
      expect(own).toHaveLength(1)
      // 80 ms that the impact may take, and two batches of 16 samples: its end, and the frame that brings it
      expect(own[0]!.toldS - icS).toBeLessThan(0.08 + 2 * (16 / 416))
      expect(own[0]!.toldS).toBeLessThan(toS)
      expect(Math.abs(own[0]!.peakTibialAxialG - peakTibialAxialG!)).toBeLessThan(0.1)
    }
  },
)

it.each([18, 50])('is not told where the samples of the blow are missing, nor by its stride: %i ms', (ms) => {
  const runner = createRunner({ name: 'easy', seed: 5, speedMPerS: 3.2 })
  const struck = wornSession(runner.pods, { toS: 20 }).landings.filter(({ leg }) => leg === 'left')
  const hit = struck[10]!.icS
  const [fromS, toS] = [hit + 0.005, hit + 0.005 + ms / 1000]
  const { landings, strides } = wornSession(runner.pods, {
    toS: 20,
    isLost: (place, timeS) => place === 'left-shin' && timeS > fromS && timeS < toS,
  })
  const told = landings.filter(({ leg }) => leg === 'left').map(({ icS }) => icS)
  expect(told).toContain(struck[9]!.icS)
  expect(told).not.toContain(hit)
  const stride = strides.find(({ leg, icS }) => leg === 'left' && icS === hit)!
  expect(stride.peakTibialAxialG).toBeNull()
  expect(stride.quality.reasons).toContain(
    ms < 40 ? 'impact not seen: left-shin lost samples after contact' : 'gap: left-shin',
  )
  expect(strides.filter(({ peakTibialAxialG }) => peakTibialAxialG === null)).toHaveLength(1)
})

it('is not told of a leg without a shin pod', () => {
  const { pods } = createRunner({ name: 'easy', seed: 5, speedMPerS: 3.2 })
  const { landings } = wornSession(
    { 'left-shoe': pods['left-shoe'], 'right-shoe': pods['right-shoe'], 'right-shin': pods['right-shin'] },
    { toS: 14 },
  )
  expect(new Set(landings.map(({ leg }) => leg))).toEqual(new Set(['right']))
})
