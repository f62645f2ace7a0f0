import type { Knot } from './curve.ts'
import type { StrideParameters } from './stride.ts'
import type { StrideClock } from './stride-clock.ts'
import { strike } from './strike.ts'

/**
 * Pitch of shoe and shin to the ground over a stride, toe up and top backward positive, deg over s.
 *
 * Shapes after Novacheck 1998 (running) and Winter 2009 (walking). In the air the shoe hangs on the shin by the ankle's
 * flexion, so that both move smoothly. Toe-off is no knot of special smoothness: nothing in the signals marks it exactly.
 */
export interface Pitch {
  shoe: Knot[]
  shin: Knot[]
}

const SWING_PCT = [9, 25, 40, 55, 70, 82]

/** How running and walking differ; angles deg. */
interface Shape {
  /** Mid-stance and heel rise, % of stance, with the shoe's pitch there (the latter as a share of that at toe-off). */
  midPct: number
  midShoe: number
  risePct: number
  riseShare: number
  /** Lowest pitch rate of push-off: when, % of stance, and how low, deg per stance. */
  pushPct: number
  pushRate: number
  /** Shin through contact, deg/s and deg/s², and how much further forward it was just before. */
  shinRate: number
  shinCurvature: number
  shinReach: number
}

const RUNNING: Shape = {
  midPct: 52,
  midShoe: -2.3,
  risePct: 75,
  riseShare: 0.37,
  pushPct: 94,
  pushRate: -160,
  shinRate: -175,
  shinCurvature: -2500,
  shinReach: 3.5,
}

const WALKING: Shape = {
  midPct: 45,
  midShoe: -1.2,
  risePct: 76,
  riseShare: 0.33,
  pushPct: 93.5,
  pushRate: -230,
  shinRate: -60,
  shinCurvature: -1500,
  shinReach: 2,
}

const shapeOf = (x: StrideParameters): Shape => (x.activity === 'running' ? RUNNING : WALKING)

export function pitch(clock: StrideClock, s: StrideParameters, next: StrideParameters): Pitch {
  const running = s.activity === 'running'
  const shape = shapeOf(s)
  const now = strike(s)
  const then = strike(next)
  const atContact = (x: StrideParameters): Knot => ({
    t: x.icS,
    value: x.strikeAngleDeg - x.dorsiflexionAtContactDeg,
    slope: shapeOf(x).shinRate,
    curvature: shapeOf(x).shinCurvature,
  })
  const midS = clock.stance(shape.midPct, 3)
  const riseS = clock.stance(shape.risePct, 3)
  const pushS = clock.stance(shape.pushPct, 3)
  const push = (shape.pushRate / clock.contactS) * (s.toeOffPitchDeg / -56)
  const swing = SWING_PCT.map((pct) => clock.swing(pct, 1.5))
  const shin = running ? runningShin(s, atContact(next).value) : walkingShin(s, atContact(next).value)
  const flexion = running ? runningFlexion(s, next) : WALKING_FLEXION
  const followed = s.toeOffPitchDeg - s.followThroughDeg
  return {
    shoe: [
      now.ic,
      ...now.after,
      { t: 0.5 * (now.flatS + midS), value: 0.5 * (now.after.at(-1)!.value + shape.midShoe) + 0.4 },
      { t: midS, value: shape.midShoe },
      { t: riseS, value: shape.riseShare * s.toeOffPitchDeg },
      { t: pushS, value: s.toeOffPitchDeg - 0.97 * push * (clock.toS - pushS), slope: push, curvature: 0 },
      { t: clock.toS, value: s.toeOffPitchDeg },
      ...swing.map((t, i) => ({ t, value: i === 0 ? followed : shin.swing[i]! + flexion[i - 1]! })),
      then.before,
      then.ic,
    ],
    shin: [
      atContact(s),
      { t: now.flatS, value: atContact(s).value + 1.08 * shape.shinRate * (now.flatS - s.icS) },
      { t: midS, value: shin.mid },
      { t: riseS, value: shin.rise },
      { t: clock.toS, value: s.toeOffShinDeg },
      ...swing.map((t, i) => ({ t, value: shin.swing[i]! })),
      { t: clock.swing(91.5, 1), value: atContact(next).value + shapeOf(next).shinReach, slope: 0 },
      atContact(next),
    ],
  }
}

interface Shin {
  mid: number
  rise: number
  swing: number[]
}

function runningShin(s: StrideParameters, atNext: number): Shin {
  const mid = RUNNING.midShoe - s.peakDorsiflexionDeg
  const off = s.toeOffShinDeg
  const back = s.swingShinDeg
  const late = atNext - 7.5 - 0.2 * Math.max(0, -65 - back)
  return {
    mid,
    rise: 0.7 * off + 0.3 * mid,
    swing: [off + 0.22 * (back - off), off + 0.77 * (back - off), back, 0.77 * back, 0.33 * back, late],
  }
}

/** Ankle in running's swing: the faster, the longer the toes stay pointed while the leg folds; then it gets ready to land. */
function runningFlexion(s: StrideParameters, next: StrideParameters): number[] {
  const fold = (s.swingShinDeg + 70) / 25
  const ready = next.dorsiflexionAtContactDeg - 5
  return [
    -10 + 8 * fold,
    12 * fold,
    5 + 9 * fold + 0.2 * ready,
    6 + 6 * fold + 0.4 * ready,
    next.dorsiflexionAtContactDeg - 1,
  ]
}

function walkingShin(s: StrideParameters, atNext: number): Shin {
  const rise = WALKING.riseShare * s.toeOffPitchDeg - s.peakDorsiflexionDeg
  const back = s.swingShinDeg
  return {
    mid: 0.35 * rise,
    rise,
    swing: [0.6 * s.toeOffShinDeg + 0.4 * back, back, 0.8 * back, 0.42 * back, atNext - 21, atNext - 7],
  }
}

const WALKING_FLEXION = [-7, -1, 1, 1, 0]
