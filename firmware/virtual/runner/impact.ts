import { GRAVITY } from '../../../shared/imu.ts'
import type { Leg } from './leg.ts'
import { lowPassZeroPhase } from './low-pass.ts'
import type { WornPod } from './pod.ts'

const RATE_HZ = 4000
const CORNER_HZ = 60
/** Around contact: looked at, and beyond it room for the filter to settle. */
const FROM_S = -0.005
const TO_S = 0.08
const ROOM_S = 0.06

/** Impact of one contact as felt at the pods, gravity removed, low-passed at 60 Hz; g. */
export interface Impact {
  peakTibialAxialG: number
  timeToPeakTibialMs: number
  peakTibialResultantG: number
  tibialRateGPerS: number
  brakingG: number
  shoePeakG: number
}

export function impact(leg: Leg, shin: WornPod, shoe: WornPod, icS: number, toS: number): Impact {
  const braking = 0.3 * (toS - icS)
  const n = Math.round((Math.max(TO_S, braking) - FROM_S + 2 * ROOM_S) * RATE_HZ)
  const column = (): Float64Array => new Float64Array(n)
  const axial = column()
  const across = [column(), column()] as const
  const foot = [column(), column(), column()] as const
  const world = new Float64Array(3)
  const from = icS + FROM_S - ROOM_S
  for (let i = 0; i < n; i++) {
    leg.at(from + i / RATE_HZ)
    shin.accelerationOf(world)
    const { r } = leg.shin
    const along = (k: number): number =>
      (r[k]! * world[0]! + r[3 + k]! * world[1]! + r[6 + k]! * world[2]!) / GRAVITY
    axial[i] = along(1)
    across[0][i] = along(0)
    across[1][i] = along(2)
    shoe.accelerationOf(world)
    for (let k = 0; k < 3; k++) foot[k]![i] = world[k]! / GRAVITY
  }
  for (const x of [axial, ...across, ...foot]) lowPassZeroPhase(x, RATE_HZ, CORNER_HZ)
  const first = Math.round(ROOM_S * RATE_HZ)
  const last = first + Math.round((TO_S - FROM_S) * RATE_HZ)
  const contact = first - Math.round(FROM_S * RATE_HZ)
  let peak = first
  let resultant = 0
  let footPeak = 0
  for (let i = first; i <= last; i++) {
    if (axial[i]! > axial[peak]!) peak = i
    resultant = Math.max(resultant, Math.hypot(axial[i]!, across[0][i]!, across[1][i]!))
    footPeak = Math.max(footPeak, Math.hypot(foot[0][i]!, foot[1][i]!, foot[2][i]!))
  }
  let back = 0
  for (let i = contact; i <= contact + braking * RATE_HZ; i++) back = Math.max(back, -foot[0][i]!)
  return {
    peakTibialAxialG: axial[peak]!,
    timeToPeakTibialMs: (1000 * (peak - contact)) / RATE_HZ,
    peakTibialResultantG: resultant,
    tibialRateGPerS: steepest(axial, first, peak),
    brakingG: back,
    shoePeakG: footPeak,
  }
}

/** Steepest rise to the peak between 20 % and 80 % of it, g/s. */
function steepest(axial: Float64Array, first: number, peak: number): number {
  const top = axial[peak]!
  let steep = 0
  for (let i = peak; i > first && axial[i - 1]! >= 0.2 * top; i--)
    if (axial[i]! <= 0.8 * top) steep = Math.max(steep, (axial[i]! - axial[i - 1]!) * RATE_HZ)
  return steep
}
