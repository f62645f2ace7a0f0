import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OnsetFinder } from '../../host/metrics/onset.ts'

const STRIDE_S = 0.7

/** Normal noise from a seed, with memory: x ← φ x + g. */
function noise(seed: number, phi: number): () => number {
  let state = seed | 1
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  let x = 0
  return () => {
    x = phi * x + Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
    return x
  }
}

const found = (strides: number, value: (timeS: number, k: number) => number) => {
  const finder = new OnsetFinder()
  for (let k = 0; k < strides; k++) finder.add(value(k * STRIDE_S, k), k * STRIDE_S)
  return finder.find()
}

describe('the onset of a change', () => {
  it('is none in a steady run, also where strides remember each other and some are wild', () => {
    let alarms = 0
    for (let seed = 1; seed <= 300; seed++) {
      const next = noise(seed, seed % 2 ? 0 : 0.6)
      if (found(600, (_, k) => 250 + 5 * next() + (k % 97 === 0 ? 80 : 0)) !== null) alarms++
    }
    expect(alarms).toBeLessThanOrEqual(1)
  })

  it('is found where level turns to slope, with the change and the slope', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.2, max: 0.7, noNaN: true }),
        fc.constantFrom(-3, 3, 5),
        (seed, share, change) => {
          const strides = 1700
          const fromS = share * strides * STRIDE_S
          const restS = (1 - share) * strides * STRIDE_S
          const next = noise(seed, 0.2)
          const onset = found(strides, (t) => 9 + next() + (change * Math.max(0, t - fromS)) / restS)!
          expect(onset).not.toBeNull()
          expect(Math.abs(onset.fromS - fromS)).toBeLessThan(0.12 * strides * STRIDE_S)
          expect(Math.abs(onset.change - change)).toBeLessThan(0.6)
          expect(onset.perMinute).toBeCloseTo((60 * onset.change) / (strides * STRIDE_S - onset.fromS), 0)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of a jump is the jump, with its height', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 150, max: 450 }), (seed, at) => {
        const next = noise(seed, 0)
        const onset = found(600, (_, k) => 12 + next() + (k < at ? 0 : 4))!
        expect(onset).toMatchObject({ kind: 'step', perMinute: 0 })
        // within the bin it falls into
        expect(Math.abs(onset.fromS - at * STRIDE_S)).toBeLessThan(16 * STRIDE_S)
        expect(Math.abs(onset.change - 4)).toBeLessThan(0.7)
      }),
      { numRuns: 20 },
    )
  })

  it('of a straight line is the beginning, exactly, and its uncertainty nil', () => {
    const onset = found(400, (t) => 3 + t / 60)!
    expect(onset.fromS).toBeLessThan(8 * STRIDE_S)
    expect(onset.perMinute).toBeCloseTo(1, 6)
    expect(onset.uncertainty).toBeCloseTo(0, 6)
  })

  it('needs about a hundred strides', () => {
    expect(found(90, (t) => t)).toBeNull()
    expect(found(100, (t) => t)).not.toBeNull()
  })

  it('states an uncertainty that the changes found keep to', () => {
    let beyond = 0
    for (let seed = 1; seed <= 200; seed++) {
      const next = noise(seed, 0)
      const onset = found(800, (t) => next() + 2 * Math.max(0, t / 280 - 1))!
      if (Math.abs(onset.change - 2) > 2 * onset.uncertainty) beyond++
    }
    expect(beyond / 200).toBeLessThan(0.12)
  })
})
