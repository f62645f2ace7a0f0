import { describe, expect, it } from 'vitest'
import { RelativeHeading } from '../../host/motion/heading.ts'
import { multiply } from '../../host/motion/quaternion.ts'
import { Sampler } from '../../host/motion/sampler.ts'
import { levelAt, UpTracker } from '../../host/motion/tilt.ts'
import { wrapAngle } from '../../host/motion/tracker.ts'
import { type Body, orientation, type Triple, trackOf, turn } from './rigid-body.ts'

const DEG = Math.PI / 180
const w = (2 * Math.PI) / 0.7

/** Two bodies joined at an ankle that swings about; the shoe pod sits behind it, the shin pod above. */
const ankle = (t: number): Triple => [
  0.5 * Math.sin(w * t),
  0.05 * Math.sin(2 * w * t),
  0.1 + 0.08 * Math.cos(w * t + 1),
]
const shoe: Body = {
  angles: (t) => [0.1, 0.8 * Math.sin(w * t), 0.1 * Math.sin(2 * w * t)],
  place: ankle,
  lever: [-0.07, 0.01, -0.05],
  mount: turn(2, 0),
}
const shin: Body = {
  angles: (t) => [0.05 * Math.sin(w * t), 0.6 * Math.sin(w * t + 0.7), 0.05],
  place: ankle,
  lever: [0.02, -0.02, 0.14],
  mount: turn(-1.1, 1),
}

/** Level frames from true up, and the true turn between them. */
function levels() {
  const up = [shoe, shin].map((body) => {
    const q = orientation(body, 0)
    const tracker = new UpTracker(0.5, 0.15)
    const inertial = Float64Array.of(
      2 * (q[1]! * q[3]! - q[0]! * q[2]!),
      2 * (q[2]! * q[3]! + q[0]! * q[1]!),
      1 - 2 * (q[1]! ** 2 + q[2]! ** 2),
    )
    tracker.observe(0, inertial)
    const level = new Float64Array(4)
    levelAt(tracker.state!, 0, level)
    return level
  })
  // world ← level is a turn about z by 2 atan2(z, w) of qWorldFromPod ⊗ conj(level)
  const heading = [shoe, shin].map((body, i) => {
    const level = up[i]!
    const out = new Float64Array(4)
    const back = Float64Array.of(level[0]!, -level[1]!, -level[2]!, -level[3]!)
    multiply(out, 0, orientation(body, 0), 0, back, 0)
    return 2 * Math.atan2(out[3]!, out[0]!)
  })
  return { shoe: up[0]!, shin: up[1]!, angle: heading[1]! - heading[0]! }
}

describe('relative heading', () => {
  const shoeTrack = trackOf(shoe, 0, 5)
  const shinTrack = trackOf(shin, 0, 5, 400, 0.4)
  const truth = levels()

  it('comes from the ankle both pods share, to a fifth of a degree once the lever arms are known', () => {
    const heading = new RelativeHeading()
    let error = Number.NaN
    let coherence = 0
    for (let k = 0; k < 6; k++) {
      const seen = heading.sight(
        new Sampler(shoeTrack),
        new Sampler(shinTrack),
        truth.shoe,
        truth.shin,
        0.1 + 0.7 * k,
        0.5 + 0.7 * k,
      )!
      error = wrapAngle(seen.angle - truth.angle) / DEG
      coherence = seen.coherence
    }
    expect(Math.abs(error)).toBeLessThan(0.2)
    expect(coherence).toBeGreaterThan(0.99)
  })

  it('says nothing of a swing too short to tell', () => {
    const heading = new RelativeHeading()
    expect(
      heading.sight(new Sampler(shoeTrack), new Sampler(shinTrack), truth.shoe, truth.shin, 0.1, 0.14),
    ).toBeNull()
    expect(Array.from(heading.levers)).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('finds the pods’ distance along the leg', () => {
    const heading = new RelativeHeading()
    for (let k = 0; k < 6; k++)
      heading.sight(
        new Sampler(shoeTrack),
        new Sampler(shinTrack),
        truth.shoe,
        truth.shin,
        0.1 + 0.7 * k,
        0.65 + 0.7 * k,
      )
    const length = (v: Float64Array) => Math.hypot(...v)
    expect(length(heading.levers.slice(0, 3))).toBeCloseTo(Math.hypot(0.07, 0.01, 0.05), 1)
    expect(length(heading.levers.slice(3))).toBeCloseTo(Math.hypot(0.02, 0.02, 0.14), 1)
  })
})
