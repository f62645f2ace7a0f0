import { DEG } from '../../../shared/imu.ts'
import { EVERSION, LEAN, SHIN } from './courses.ts'
import type { Jet } from './curve.ts'

/** f ← w f, with derivatives. */
export function mix(f: Jet, at: number, w: Jet): void {
  const f0 = f[at]!
  const f1 = f[at + 1]!
  f[at] = w[0]! * f0
  f[at + 2] = w[0]! * f[at + 2]! + 2 * w[1]! * f1 + w[2]! * f0
  f[at + 1] = w[0]! * f1 + w[1]! * f0
}

/** f ← f + (1 − w) value. */
export function addStanding(f: Jet, at: number, w: Jet, value: number): void {
  f[at]! += (1 - w[0]!) * value
  f[at + 1]! -= w[1]! * value
  f[at + 2]! -= w[2]! * value
}

/** Quiet standing: the body sways over the planted feet by about 0.3°, two sinusoids below 1 Hz each way (Winter 1995). */
const SWAY = [
  { jet: SHIN, deg: 0.22, hz: 0.31, phase: 0.4 },
  { jet: SHIN, deg: 0.1, hz: 0.83, phase: 1.9 },
  { jet: LEAN, deg: 0.16, hz: 0.27, phase: 2.6 },
  { jet: LEAN, deg: 0.08, hz: 0.71, phase: 5.1 },
]

/** Both legs sway together; the shoe stays, so what the shin leans the ankle gives. */
export function addSway(t: number, w: Jet, j: Jet, side: 1 | -1): void {
  const rest = 1 - w[0]!
  for (const { jet, deg, hz, phase } of SWAY) {
    const omega = 2 * Math.PI * hz
    const s0 = deg * DEG * Math.sin(omega * t + phase)
    const s1 = deg * DEG * omega * Math.cos(omega * t + phase)
    const s2 = -omega * omega * s0
    addTo(j, jet, 1, rest * s0, rest * s1 - w[1]! * s0, rest * s2 - 2 * w[1]! * s1 - w[2]! * s0)
    if (jet === LEAN)
      addTo(j, EVERSION, -side, rest * s0, rest * s1 - w[1]! * s0, rest * s2 - 2 * w[1]! * s1 - w[2]! * s0)
  }
}

function addTo(f: Jet, at: number, sign: number, f0: number, f1: number, f2: number): void {
  f[at]! += sign * f0
  f[at + 1]! += sign * f1
  f[at + 2]! += sign * f2
}
