import { GRAVITY } from '../../shared/imu.ts'
import type { StrideEvents } from '../gait/events.ts'
import { type Acceleration, levelAcceleration } from './acceleration.ts'
import { Forefoot } from './forefoot.ts'
import { multiply, rotate } from './quaternion.ts'
import { longestStep } from './sampler.ts'
import type { StrideRecord, Swing } from './stride-record.ts'
import { levelAt } from './tilt.ts'
import type { WornPod } from './worn-pod.ts'

/** Without a heel rise the foot is taken to roll from here on, share of stance; it does so to this share of the way to toe-off. */
const ROLLS_FROM = 0.6
const ROLLS_TO = 0.9
/** The least clearance lies within this part of swing. */
const LEAST_FROM = 0.25
const LEAST_TO = 0.8
/** Strides before the forefoot's place is good for a clearance. */
const LEAST_STRIDES = 3

const toes = new Float64Array(3)
const turned = new Float64Array(4)

/** Height of one shoe from contact to contact, and of the forefoot, whose place on the shoe is learned on the way. */
export class SwingReader {
  private readonly shoe: WornPod
  private readonly forefoot = new Forefoot()
  private readonly level = new Float64Array(4)

  constructor(shoe: WornPod) {
    this.shoe = shoe
  }

  /** Learns from the stride's push-off and reads its swing; `null` where samples are missing or up is not known. */
  read(s: StrideEvents, record: StrideRecord, longestBridgeS: number): Swing | null {
    const { track } = this.shoe
    const axes = this.shoe.axes()
    if (axes === null || record.shoeUp === null) return null
    if (longestStep(track, s.icS, s.nextIcS) > longestBridgeS) return null
    levelAt(record.shoeUp, 0.5 * (s.icS + s.nextIcS), this.level)
    const upward = levelAcceleration(track, s.icS, s.nextIcS, this.level)
    if (upward === null) return null
    const heights = heightsFrom(upward, record.stillS)
    const flat = this.pitchAt(record.stillS, axes.x)
    const at = (timeS: number): number =>
      Math.min(heights.length - 1, Math.max(0, Math.round((timeS - upward.startS) / upward.stepS)))
    const pitchOf = (k: number): number => this.pitchAt(upward.startS + k * upward.stepS, axes.x) - flat

    const riseS = s.heelRiseS ?? s.icS + ROLLS_FROM * (s.toS - s.icS)
    this.forefoot.next()
    const rolled = at(riseS + ROLLS_TO * (s.toS - riseS))
    for (let k = at(riseS); k <= rolled; k++) this.forefoot.rolls(heights[k]!, pitchOf(k))

    const { aheadM, aboveM } = this.forefoot.locate()
    const swingS = s.nextIcS - s.toS
    const from = at(s.toS + LEAST_FROM * swingS)
    const clearance = new Float64Array(at(s.toS + LEAST_TO * swingS) - from + 1)
    for (let k = 0; k < clearance.length; k++) {
      const pitch = pitchOf(from + k)
      clearance[k] = heights[from + k]! + aheadM * Math.sin(pitch) + aboveM * (Math.cos(pitch) - 1)
    }
    const least = this.forefoot.strides < LEAST_STRIDES ? null : innerMinimum(clearance)
    let liftM = 0
    for (let k = 0; k < heights.length; k++) liftM = Math.max(liftM, heights[k]!)
    return { liftM, clearanceM: least }
  }

  /** Pitch of the shoe to the ground, rad, toes up positive. */
  private pitchAt(timeS: number, forward: Float64Array): number {
    const { sampler } = this.shoe
    sampler.seek(timeS)
    multiply(turned, 0, this.level, 0, sampler.quaternion, 0)
    rotate(toes, 0, turned, 0, forward, 0)
    return Math.asin(Math.min(1, Math.max(-1, toes[2]!)))
  }
}

/**
 * Height, m, at each sample: acceleration's z integrated twice both ways from `stillS`, with the constant error taken off that would leave
 * the ends at different heights.
 */
export function heightsFrom({ z, startS, stepS }: Acceleration, stillS: number): Float64Array {
  const n = z.length
  const still = Math.min(n - 1, Math.max(0, Math.round((stillS - startS) / stepS)))
  const out = new Float64Array(n)
  for (const way of [1, -1]) {
    let speed = 0
    for (let k = still + way; k >= 0 && k < n; k += way) {
      const a = z[k - way]! * GRAVITY
      const b = z[k]! * GRAVITY
      out[k] = out[k - way]! + speed * stepS + ((2 * a + b) / 6) * stepS * stepS
      speed += 0.5 * (a + b) * stepS
    }
  }
  const after = (n - 1 - still) * stepS
  const before = still * stepS
  const span = 0.5 * (after * after - before * before)
  if (!(span > 0)) return out
  const bias = (out[n - 1]! - out[0]!) / span
  for (let k = 0; k < n; k++) out[k]! -= 0.5 * bias * ((k - still) * stepS) ** 2
  return out
}

/** The least value that has higher ones on both sides; `null` when the least is at an end. */
function innerMinimum(values: Float64Array): number | null {
  let at = 0
  for (let k = 1; k < values.length; k++) if (values[k]! < values[at]!) at = k
  return at > 0 && at < values.length - 1 ? values[at]! : null
}
