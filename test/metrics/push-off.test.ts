import { expect, test } from 'vitest'
import { pushOffMetrics } from '../../host/metrics/push-off.ts'
import { stanceOf } from './stance.ts'

/** Dorsiflexion 20° at 60 % of stance, along a cosine to −20° at its end: steepest half-way, π/2 times the mean. */
const dorsiflexionDeg = Array.from({ length: 101 }, (_, k) =>
  k < 60 ? k / 3 : 20 * Math.cos((Math.PI * (k - 60)) / 40),
)
const instants = { icS: 10, toS: 10.25, heelRiseS: 10.15 }

test('push-off is the fastest pointing of the foot after heel rise', () => {
  const out = pushOffMetrics(instants, stanceOf({ dorsiflexionDeg }))
  expect(out.heelRisePct).toBeCloseTo(60, 9)
  expect(out.toeOffAngleDeg).toBe(62)
  // 40° in 0.1 s
  expect(out.pushOffVelocityDegPerS).toBeCloseTo((400 * Math.PI) / 2, -1)
})

test('what happens before heel rise is not push-off', () => {
  const early = dorsiflexionDeg.map((v, k) => (k > 5 && k < 10 ? v - 30 * (k - 5) : v))
  const plain = pushOffMetrics(instants, stanceOf({ dorsiflexionDeg }))
  expect(pushOffMetrics(instants, stanceOf({ dorsiflexionDeg: early }))).toEqual(plain)
})

test('without a heel rise its time is not known, without a shin pod the ankle is not', () => {
  const out = pushOffMetrics({ ...instants, heelRiseS: null }, stanceOf({}))
  expect(out.heelRisePct).toBeNull()
  expect(out.pushOffVelocityDegPerS).toBeNull()
})
