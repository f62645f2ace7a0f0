import { DEG } from '../../../shared/imu.ts'
import type { Leg } from './leg.ts'
import type { WornPod } from './pod.ts'
import { ANKLE_HEIGHT_M, TOE_M } from './rocker.ts'

export interface PushOff {
  heelRisePct: number
  toeOffAngleDeg: number
  pushOffVelocityDegPerS: number
  footLiftM: number
  toeClearanceM: number | null
}

/** Angular speed is read over such steps, s. */
const STEP_S = 1 / 4000
/** The least clearance lies within this part of swing; there is none where the toe has no minimum there. */
const LEAST_FROM = 0.25
const LEAST_TO = 0.8

interface Instants {
  icS: number
  toS: number
  riseS: number
}

/** How the foot left the ground and passed over it: from the courses, for the place where this runner wears the pod. */
export function pushOff(leg: Leg, pod: WornPod, { icS, toS, riseS }: Instants, nextIcS: number): PushOff {
  const standing = 0.4 * toS + 0.6 * icS
  const flat = pod.poseAt(standing).position[2]!
  let fastest = 0
  for (let t = riseS; t < toS - STEP_S; t += STEP_S) {
    const before = leg.anglesAt(t).dorsiflexion
    fastest = Math.max(fastest, (before - leg.anglesAt(t + STEP_S).dorsiflexion) / STEP_S)
  }
  let lift = 0
  for (let t = icS; t < nextIcS; t += 0.002) lift = Math.max(lift, pod.poseAt(t).position[2]! - flat)
  leg.at(toS - 1e-9)
  return {
    heelRisePct: (100 * (riseS - icS)) / (toS - icS),
    toeOffAngleDeg: -leg.pitch[0]! / DEG,
    pushOffVelocityDegPerS: fastest / DEG,
    footLiftM: lift,
    toeClearanceM: clearance(leg, toS, nextIcS),
  }
}

function clearance(leg: Leg, toS: number, nextIcS: number): number | null {
  const swingS = nextIcS - toS
  const heights: number[] = []
  for (let t = toS + LEAST_FROM * swingS; t < toS + LEAST_TO * swingS; t += 0.002) {
    leg.at(t)
    const { r } = leg.shoe
    heights.push(leg.ankle[3]! + r[3]! * TOE_M - r[4]! * ANKLE_HEIGHT_M)
  }
  const least = Math.min(...heights)
  return least < heights[0]! && least < heights.at(-1)! ? least : null
}
