import fc from 'fast-check'
import { expect, it } from 'vitest'
import { GaitSignals } from '../../host/gait/signals.ts'

const STEP = 0.0025
const SMOOTH = 0.016

/** Increasing times with steps from 1 to 20 ms. */
const uneven = fc
  .array(fc.double({ min: 0.001, max: 0.02, noNaN: true }), { minLength: 60, maxLength: 120 })
  .map((steps) => steps.reduce((times, dt) => times.concat(times.at(-1)! + dt), [3]))

it('keeps a straight line straight, at any spacing', () => {
  fc.assert(
    fc.property(uneven, fc.double({ min: -20, max: 20, noNaN: true }), (times, slope) => {
      const signals = new GaitSignals(STEP, SMOOTH)
      for (const t of times) signals.push(t, slope * (t - 3), 1 - slope * (t - 3))
      expect(signals.ready).toBeGreaterThan(7)
      // the newest cell's vertical takes its neighbour's line
      for (let k = 7; k < signals.ready - 1; k++) {
        const slot = signals.slot(k)
        expect(signals.rate[slot]).toBeCloseTo(slope * (signals.timeS(k) - 3), 8)
        expect(signals.vertical(k)).toBeCloseTo(1 - slope * (signals.timeS(k) - 3), 8)
      }
    }),
  )
})

it('turns the rate into its exact integral', () => {
  const signals = new GaitSignals(STEP, SMOOTH)
  for (let t = 0; t < 1; t += 1 / 167) signals.push(t, 3 * t, 0)
  const k = signals.ready - 1
  const edgeS = signals.timeS(k) + STEP / 2
  expect(signals.pitch[signals.slot(k)]).toBeCloseTo(1.5 * edgeS ** 2, 10)
})

it('finds the vertex of a parabola between two cells', () => {
  for (const centre of [0.2, 0.2007, 0.2013]) {
    const signals = new GaitSignals(STEP, SMOOTH)
    for (let t = 0; t < 0.4; t += 0.001) signals.push(t, (t - centre) ** 2, 0)
    let lowest = 8
    for (let k = 8; k < signals.ready; k++)
      if (signals.rate[signals.slot(k)]! < signals.rate[signals.slot(lowest)]!) lowest = k
    expect(signals.timeS(signals.vertex(lowest))).toBeCloseTo(centre, 5)
  }
})

it('is behind its newest sample by no more than the kernel and a cell', () => {
  const signals = new GaitSignals(STEP, SMOOTH)
  for (let t = 0; t < 0.5; t += 1 / 400) {
    signals.push(t, 0, 0)
    if (t > 0.05) expect(t - signals.timeS(signals.ready - 1)).toBeLessThanOrEqual(SMOOTH + STEP)
  }
})

it('knows nothing of what was before a restart', () => {
  const fresh = new GaitSignals(STEP, SMOOTH)
  const used = new GaitSignals(STEP, SMOOTH)
  for (let t = 0; t < 1; t += 0.007) used.push(t, 9, 9)
  used.restart()
  for (let t = 2; t < 3; t += 0.007) for (const signals of [fresh, used]) signals.push(t, Math.sin(9 * t), 0)
  expect(used.ready).toBe(fresh.ready)
  for (let k = 0; k < fresh.ready; k++) expect(used.rate[k]).toBe(fresh.rate[k])
})
