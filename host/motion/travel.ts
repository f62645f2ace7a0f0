import { cross, dot } from './axes.ts'
import { rotate, type Vec } from './quaternion.ts'
import type { PodTrack } from './track.ts'

/** How the foot got from one rest on the ground to the next, and how well that is known. */
export interface Travel {
  /** Level displacement relative to the ground it stands on, m, in the shoe pod's inertial frame. */
  way: Vec
  /** Straight distance, m. */
  lengthM: number
  /** 1 SD of the length by what the samples themselves show of its errors, m. */
  sdM: number
}

/** Specific force at rest is the mean over this long before and behind, s. */
const REST_MARGIN_S = 0.06
/** A foot that turns faster than this is not at rest, rad/s. */
const REST_MOST_RAD_PER_S = 1.75
/** What a rest's mean force is off from gravity, m/s²: least, and per m/s² that it scatters by. */
const REST_LEAST = 0.2
const REST_SHARE = 0.3
/** Height of the pod over what a turning shoe rolls about, and 1 SD of it, m. */
const ROLLING_M = 0.05
const ROLLING_SD_M = 0.05
/** Of a step between two samples, the share that what happened between them may be off by. */
const UNSEEN_SHARE = 0.7

/** Part of a stance in which the foot comes to rest, as shares of contact time. */
const RESTS_FROM = 0.25
const RESTS_TO = 0.65

/** When the foot rests in the stance that begins at `icS`: before its end is known, as long as the one before it. */
export const restOf = (track: PodTrack, icS: number, contactS: number): number =>
  stillestInstant(track, icS + RESTS_FROM * contactS, icS + RESTS_TO * contactS)

/** From when on samples tell where the foot rests. */
export const restKnownS = (icS: number, contactS: number): number => icS + RESTS_TO * contactS + REST_MARGIN_S

/** The instant within the span at which the pod turned least: the foot lies on the ground. */
export function stillestInstant(track: PodTrack, fromS: number, toS: number): number {
  const last = track.firstAtOrAfter(toS)
  let least = Number.POSITIVE_INFINITY
  let at = 0.5 * (fromS + toS)
  for (let n = track.firstAtOrAfter(fromS); n < last; n++) {
    const rate = rateAt(track, n)
    if (rate < least) {
      least = rate
      at = track.timeS[track.slot(n)]!
    }
  }
  return at
}

/**
 * Displacement between two rests: acceleration integrated twice, the velocity known at both ends (zero-velocity update). What is left of the
 * velocity at the end is shared out between what it may come from, each in proportion to its variance: a wrong up, which counts from the start,
 * and impacts too short to be seen between two samples, which count from where they were (`docs/methods/stride-length.md`). A steady belt is as
 * good a frame as the ground. `null` where the foot is not at rest at both ends.
 */
export function travelBetween(track: PodTrack, fromS: number, toS: number): Travel | null {
  const first = track.firstAtOrAfter(fromS)
  const last = track.firstAtOrAfter(toS)
  if (first >= last || last >= track.count) return null
  const start = rateAt(track, first)
  const end = rateAt(track, last)
  if (Math.max(start, end) > REST_MOST_RAD_PER_S) return null

  const s = integrate(track, first, last)
  const { durationS: T } = s
  const up = s.velocity.map((v) => v / Math.hypot(...s.velocity))
  const startVelocity = rolling(track, first, up)
  const endVelocity = rolling(track, last, up)
  const gravity = gravityBetween(restAt(track, first), restAt(track, last))

  const startVariance = (ROLLING_SD_M * start) ** 2
  const endVariance = (ROLLING_SD_M * end) ** 2
  const variance = gravity.variance * T * T + s.unseen + startVariance + endVariance
  const covariance = 0.5 * gravity.variance * T ** 3 + s.unseenLeft + startVariance * T
  const gain = covariance / variance
  const way = new Float64Array(3)
  for (let i = 0; i < 3; i++) {
    const g = gravity.force[i]!
    const left = s.velocity[i]! - g * T - (endVelocity[i]! - startVelocity[i]!)
    way[i] = s.place[i]! + startVelocity[i]! * T - 0.5 * g * T * T - gain * left
    up[i] = g + (gravity.variance * T * left) / variance
  }
  const risen = dot(way, up) / dot(up, up)
  for (let i = 0; i < 3; i++) way[i]! -= risen * up[i]!
  const left = 0.25 * gravity.variance * T ** 4 + s.unseenLeft2 + startVariance * T * T - gain * covariance
  return { way, lengthM: Math.hypot(...way), sdM: Math.sqrt(Math.max(0, left)) }
}

const force = new Float64Array(3)

/** Velocity and place at the last sample, gravity still in them, with the variance of what was not seen: its sum, and with the time left once and squared. */
function integrate(track: PodTrack, first: number, last: number) {
  const velocity = new Float64Array(3)
  const place = new Float64Array(3)
  const before = new Float64Array(3)
  let unseen = 0
  let unseenLeft = 0
  let unseenLeft2 = 0
  const endS = track.timeS[track.slot(last)]!
  let atS = track.timeS[track.slot(first)]!
  const durationS = endS - atS
  for (let n = first; n <= last; n++) {
    const slot = track.slot(n)
    rotate(force, 0, track.quaternion, 4 * slot, track.accel, 3 * slot)
    const dt = track.timeS[slot]! - atS
    atS += dt
    let change = 0
    for (let i = 0; i < 3; i++) {
      const a = before[i]!
      const b = force[i]!
      // velocity by trapezia, place by the parabola through it
      place[i]! += velocity[i]! * dt + ((2 * a + b) / 6) * dt * dt
      velocity[i]! += 0.5 * (a + b) * dt
      // a sample at the limit may be off by as much as it reads
      change += track.clipped[slot] ? b * b : (b - a) ** 2
      before[i] = b
    }
    const variance = (UNSEEN_SHARE ** 2 / 3) * change * dt * dt
    const left = endS - atS + 0.5 * dt
    unseen += variance
    unseenLeft += variance * left
    unseenLeft2 += variance * left * left
  }
  return { velocity, place, durationS, unseen, unseenLeft, unseenLeft2 }
}

interface Gravity {
  /** m/s², inertial frame. */
  force: Vec
  /** Of each component. */
  variance: number
}

/** Mean specific force about a sample, which is gravity's if the foot rests; the more it scatters, the less it does. */
function restAt(track: PodTrack, n: number): Gravity {
  const atS = track.timeS[track.slot(n)]!
  const from = track.firstAtOrAfter(atS - REST_MARGIN_S)
  const to = Math.min(track.count, track.firstAtOrAfter(atS + REST_MARGIN_S) + 1)
  const mean = new Float64Array(3)
  let squares = 0
  for (let k = from; k < to; k++) {
    const slot = track.slot(k)
    rotate(force, 0, track.quaternion, 4 * slot, track.accel, 3 * slot)
    squares += dot(force, force)
    for (let i = 0; i < 3; i++) mean[i]! += force[i]! / (to - from)
  }
  const scatter = Math.sqrt(Math.max(0, squares / (to - from) - dot(mean, mean)))
  return { force: mean, variance: (REST_LEAST + REST_SHARE * scatter) ** 2 }
}

function gravityBetween(a: Gravity, b: Gravity): Gravity {
  const share = b.variance / (a.variance + b.variance)
  return {
    force: a.force.map((v, i) => share * v + (1 - share) * b.force[i]!),
    variance: share * a.variance,
  }
}

/** Velocity of the pod as a shoe turns that stands: it rolls, so the pod above goes along. */
function rolling(track: PodTrack, n: number, up: Vec): Vec {
  const slot = track.slot(n)
  const rate = new Float64Array(3)
  rotate(rate, 0, track.quaternion, 4 * slot, track.rate, 3 * slot)
  return cross(rate, up).map((v) => v * ROLLING_M)
}

function rateAt(track: PodTrack, n: number): number {
  const j = 3 * track.slot(n)
  return Math.hypot(track.rate[j]!, track.rate[j + 1]!, track.rate[j + 2]!)
}
