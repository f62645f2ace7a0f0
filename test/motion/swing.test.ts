import { describe, expect, test } from 'vitest'
import { Forefoot } from '../../host/motion/forefoot.ts'
import { heightsFrom } from '../../host/motion/swing.ts'
import { GRAVITY } from '../../shared/imu.ts'

describe('height by integration from the stillest instant', () => {
  const stepS = 1 / 416
  const startS = 10
  const stillS = 10.2
  const n = 333
  /** Still until 10.25 s, then up 0.2 m and down again along a raised cosine by 10.75 s. */
  const height = (timeS: number) =>
    timeS < 10.25 || timeS > 10.75 ? 0 : 0.1 * (1 - Math.cos(4 * Math.PI * (timeS - 10.25)))
  const risen = (timeS: number) =>
    timeS < 10.25 || timeS > 10.75 ? 0 : 0.1 * (4 * Math.PI) ** 2 * Math.cos(4 * Math.PI * (timeS - 10.25))
  const measured = (biasMPerS2: number) => {
    const z = Float64Array.from({ length: n }, (_, k) => (risen(startS + k * stepS) + biasMPerS2) / GRAVITY)
    return heightsFrom({ startS, stepS, x: z, y: z, z }, stillS)
  }

  test('is the height that was there', () => {
    const heights = measured(0)
    for (const [k, value] of heights.entries()) expect(value).toBeCloseTo(height(startS + k * stepS), 2)
    expect(Math.max(...heights)).toBeCloseTo(0.2, 2)
  })

  test('does not depend on a constant error of acceleration', () => {
    const clean = measured(0)
    for (const [k, value] of measured(0.3).entries()) expect(value).toBeCloseTo(clean[k]!, 9)
  })
})

describe('the point a foot rolls over', () => {
  /** Heights of a pod that sits so from the point, over its height when flat. */
  const roll = (forefoot: Forefoot, aheadM: number, aboveM: number) => {
    forefoot.next()
    for (let pitch = 0; pitch > -0.9; pitch -= 0.05)
      forefoot.rolls(-aheadM * Math.sin(pitch) - aboveM * (Math.cos(pitch) - 1), pitch)
  }

  test.each([
    [0.24, -0.05],
    [0.08, -0.09],
    [0.15, -0.03],
  ])('%f m ahead, %f m above is found', (ahead, above) => {
    const forefoot = new Forefoot()
    for (let stride = 0; stride < 6; stride++) roll(forefoot, ahead, above)
    const { aheadM, aboveM } = forefoot.locate()
    expect(aheadM).toBeCloseTo(ahead, 2)
    expect(aboveM).toBeCloseTo(above, 2)
  })

  test('is the guess before it has shown', () => {
    expect(new Forefoot().locate()).toEqual({
      aheadM: expect.closeTo(0.12, 9),
      aboveM: expect.closeTo(-0.06, 9),
    })
  })

  test('is forgotten when the pod sits elsewhere', () => {
    const forefoot = new Forefoot()
    for (let stride = 0; stride < 10; stride++) roll(forefoot, 0.24, -0.05)
    for (let stride = 0; stride < 40; stride++) roll(forefoot, 0.1, -0.08)
    expect(forefoot.locate().aheadM).toBeCloseTo(0.1, 2)
  })
})
