import type { Side } from '../../../shared/places.ts'
import type { Jet } from './curve.ts'
import type { LegParameters } from './leg-parameters.ts'

/** What a runner does for a while: stands (0 m/s), or goes at one speed. */
export interface Bout {
  speedMPerS: number
  /** The change into it included; the last one may last for ever. */
  seconds: number
}

/** How somebody goes at one speed. */
export interface Gait {
  activity: 'running' | 'walking'
  cadenceSpm: number
  legs: Record<Side, LegParameters>
}

/** Every change, from or to standing or between speeds, lasts this long, from the beginning of a bout. */
export const BLEND_S = 2.5
/** First contact of the left foot after the first bout that moves has begun. */
const FIRST_CONTACT_S = 0.3
/** While the speed changes, the stride clock is straight between these. */
const CLOCK_STEP_S = 0.05

interface Stretch {
  startS: number
  moves: boolean
  /** The runner gets going or stops at its beginning. */
  turns: boolean
  /** The belt's speed before and after its beginning, and what it has travelled till then. */
  fromMPerS: number
  toMPerS: number
  travelM: number
}

/** A straight piece of the stride clock. */
interface Tick {
  startS: number
  strides: number
  strideS: number
}

/**
 * When the runner goes and how fast the belt: bouts one after another with smooth changes. While the runner stands the belt keeps its
 * speed, and has the next one as they get going: planted feet do not feel it.
 */
export class Pace {
  /** When the first bout that moves begins, s; `Infinity` when there is none. */
  readonly startS: number
  /** Stretches in which the runner is wholly under way, in order, s. */
  readonly full: readonly { fromS: number; toS: number }[]
  readonly #stretches: readonly Stretch[]
  readonly #clock: readonly Tick[]
  readonly #gait: (speedMPerS: number) => Gait
  readonly #jet: Jet = new Float64Array(3)
  #known: { speedMPerS: number; gait: Gait } | null = null

  /** @param usualMPerS the belt's speed when nobody ever moves */
  constructor(bouts: readonly Bout[], usualMPerS: number, gait: (speedMPerS: number) => Gait) {
    this.#gait = gait
    this.#stretches = stretches(bouts, usualMPerS)
    this.startS = this.#stretches.find((s) => s.moves)?.startS ?? Number.POSITIVE_INFINITY
    this.full = fullStretches(this.#stretches)
    this.#clock = this.#wind()
  }

  /** Weight of moving, 0 standing … 1, with two derivatives: septic smoothstep (C³) at every start and stop. */
  weight(t: number, out: Jet): void {
    const s = this.#stretchAt(t)
    const x = s.turns ? Math.min(1, (t - s.startS) / BLEND_S) : 1
    const sign = s.moves ? 1 : -1
    out[0] = s.moves ? smooth(x) : 1 - smooth(x)
    out[1] = (sign * 140 * x ** 3 * (1 - x) ** 3) / BLEND_S
    out[2] = (sign * 420 * x ** 2 * (1 - x) ** 2 * (1 - 2 * x)) / BLEND_S ** 2
  }

  /** The belt's travel since 0 s with speed and acceleration, m. */
  belt(t: number, out: Jet): void {
    beltIn(this.#stretchAt(t), t, out)
  }

  travel(t: number): number {
    this.belt(t, this.#jet)
    return this.#jet[0]!
  }

  /** How they go at the speed the belt has at `t`. */
  gaitAt(t: number): Gait {
    this.belt(t, this.#jet)
    return this.#gaitOf(this.#jet[1]!)
  }

  activityAt(speedMPerS: number): Gait['activity'] {
    return this.#gaitOf(speedMPerS).activity
  }

  /** Strides of the left foot up to `t` if no stride scattered, and when the clock shows so many. */
  stridesAt(t: number): number {
    const tick = this.#clock.findLast((k) => k.startS <= t) ?? this.#clock[0]!
    return tick.strides + (t - tick.startS) / tick.strideS
  }

  timeOf(strides: number): number {
    const tick = this.#clock.findLast((k) => k.strides <= strides) ?? this.#clock[0]!
    return tick.startS + (strides - tick.strides) * tick.strideS
  }

  isFull(fromS: number, toS = fromS): boolean {
    return this.full.some((f) => f.fromS <= fromS && toS <= f.toS)
  }

  #gaitOf(speedMPerS: number): Gait {
    if (this.#known?.speedMPerS !== speedMPerS) this.#known = { speedMPerS, gait: this.#gait(speedMPerS) }
    return this.#known.gait
  }

  #stretchAt(t: number): Stretch {
    const all = this.#stretches
    let i = all.length - 1
    while (i > 0 && t < all[i]!.startS) i--
    return all[i]!
  }

  /** The stride clock runs with the cadence of the belt's speed, through standing as well. */
  #wind(): Tick[] {
    const startS = Number.isFinite(this.startS) ? this.startS : 0
    const strideS = (t: number): number => 120 / this.gaitAt(t).cadenceSpm
    const first = { startS: startS + FIRST_CONTACT_S, strides: 0, strideS: strideS(startS + FIRST_CONTACT_S) }
    const ticks: Tick[] = [first]
    const add = (at: number): void => {
      const last = ticks.at(-1)!
      const strides = last.strides + (at - last.startS) / last.strideS
      ticks.push({ startS: at, strides, strideS: strideS(at) })
    }
    for (const s of this.#stretches) {
      if (!s.moves || s.startS <= startS) continue
      const changes = s.fromMPerS !== s.toMPerS
      const steps = changes ? BLEND_S / CLOCK_STEP_S : 0
      for (let i = 0; i <= steps; i++) add(s.startS + i * CLOCK_STEP_S)
    }
    return ticks
  }
}

const smooth = (x: number): number => x ** 4 * (35 - x * (84 - x * (70 - 20 * x)))
/** ∫ of it. */
const smoothArea = (x: number): number => x ** 5 * (7 - x * (14 - x * (10 - 2.5 * x)))

function beltIn(s: Stretch, t: number, out: Jet): void {
  const since = t - s.startS
  const x = Math.max(0, Math.min(1, since / BLEND_S))
  const more = s.toMPerS - s.fromMPerS
  const after = Math.max(0, since - BLEND_S)
  out[0] = s.travelM + s.fromMPerS * since + more * (BLEND_S * smoothArea(x) + after)
  out[1] = s.fromMPerS + more * smooth(x)
  out[2] = (more * 140 * x ** 3 * (1 - x) ** 3) / BLEND_S
}

function stretches(bouts: readonly Bout[], usualMPerS: number): Stretch[] {
  const out: Stretch[] = []
  const jet = new Float64Array(3)
  let startS = 0
  for (const { speedMPerS, seconds } of bouts) {
    const before = out.at(-1)
    if (before !== undefined && !(seconds >= BLEND_S))
      throw new Error(`a bout of ${seconds} s: at least ${BLEND_S} s, to change into it`)
    const moves = speedMPerS > 0
    const kept = before?.toMPerS ?? bouts.find((b) => b.speedMPerS > 0)?.speedMPerS ?? usualMPerS
    const toMPerS = moves ? speedMPerS : kept
    if (before !== undefined) beltIn(before, startS, jet)
    out.push({
      startS,
      moves,
      turns: before !== undefined && before.moves !== moves,
      fromMPerS: before?.moves ? kept : toMPerS,
      toMPerS,
      travelM: jet[0]!,
    })
    startS += seconds
  }
  return out
}

function fullStretches(all: readonly Stretch[]): { fromS: number; toS: number }[] {
  const out: { fromS: number; toS: number }[] = []
  all.forEach((s, i) => {
    if (!s.moves) return
    const toS = all[i + 1]?.startS ?? Number.POSITIVE_INFINITY
    const last = out.at(-1)
    if (last?.toS === s.startS) last.toS = toS
    else out.push({ fromS: s.startS + (s.turns ? BLEND_S : 0), toS })
  })
  return out
}
