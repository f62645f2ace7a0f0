import { PLACES, type Place, type Side, segmentOf, sideOf } from '../../../shared/places.ts'
import type { WornPods } from '../worn.ts'
import { Leg } from './leg.ts'
import { Pace } from './pace.ts'
import { gaitOf, type RunnerOptions, type RunnerParameters, runnerParameters } from './parameters.ts'
import { type Mount, WornPod } from './pod.ts'
import { Dice, hash } from './random.ts'
import { type Truth, truth } from './truth.ts'

/** A person who stands, then runs or walks on a treadmill, for as long as anyone asks. */
export class Runner {
  readonly parameters: RunnerParameters
  readonly pace: Pace
  /** What an ideal IMU at each place feels. */
  readonly pods: WornPods & Record<Place, WornPod>
  readonly legs: Record<Side, Leg>

  constructor(parameters: RunnerParameters, pace: Pace, mounts: Record<Place, Mount>) {
    this.parameters = parameters
    this.pace = pace
    const leg = (side: Side): Leg => new Leg(parameters, pace, side)
    this.legs = { left: leg('left'), right: leg('right') }
    const pod = (place: Place): [Place, WornPod] => [
      place,
      new WornPod(this.legs[sideOf(place)], segmentOf(place), mounts[place]),
    ]
    this.pods = Object.fromEntries(PLACES.map(pod)) as Record<Place, WornPod>
  }

  /** What really happened up to `untilS`. */
  truth(untilS: number): Truth {
    return truth(this, untilS)
  }

  /** Time of the last contact of a leg at or before `timeS`; `-Infinity` while it stands. */
  contactBefore(side: Side, timeS: number): number {
    const leg = this.legs[side]
    leg.at(timeS)
    return leg.stride?.parameters.icS ?? Number.NEGATIVE_INFINITY
  }
}

/** Makes a runner; see {@link RunnerOptions}. The same options make the same runner, sample for sample. */
export function createRunner(options: RunnerOptions = {}): Runner {
  const parameters = runnerParameters(options)
  const dice = new Dice(hash(parameters.seed, 0x504f44))
  const mounts = Object.fromEntries(
    PLACES.map((place) => [place, mount(place, options.mounts ?? 'random', dice)]),
  ) as Record<Place, Mount>
  const pace = new Pace(parameters.bouts, parameters.speedMPerS, (speedMPerS) => gaitOf(options, speedMPerS))
  return new Runner(parameters, pace, mounts)
}

/** Shoe: on the heel counter, or on the instep in every second runner. Shin: a hand above the ankle, inside front. */
function mount(place: Place, kind: 'random' | 'aligned', dice: Dice): Mount {
  const inward = sideOf(place) === 'left' ? 1 : -1
  const about = (x: number, sd: number): number => x + dice.normal(sd)
  const heel = dice.between(0, 1) < 0.5
  const at: Mount['at'] =
    segmentOf(place) === 'shin'
      ? [about(0.02, 0.005), about(0.13, 0.02), inward * about(0.02, 0.005)]
      : heel
        ? [about(-0.06, 0.004), about(-0.03, 0.004), about(0, 0.004)]
        : [about(0.075, 0.006), about(-0.01, 0.004), about(0, 0.004)]
  return {
    at,
    segmentFromPod: kind === 'random' ? anyTurn(dice) : Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
  }
}

/** A rotation drawn evenly from all there are (Shoemake 1992), row-major. */
function anyTurn(dice: Dice): Float64Array {
  const u = dice.between(0, 1)
  const a = 2 * Math.PI * dice.between(0, 1)
  const b = 2 * Math.PI * dice.between(0, 1)
  const x = Math.sqrt(1 - u) * Math.sin(a)
  const y = Math.sqrt(1 - u) * Math.cos(a)
  const z = Math.sqrt(u) * Math.sin(b)
  const w = Math.sqrt(u) * Math.cos(b)
  return Float64Array.of(
    1 - 2 * (y * y + z * z),
    2 * (x * y - z * w),
    2 * (x * z + y * w),
    2 * (x * y + z * w),
    1 - 2 * (x * x + z * z),
    2 * (y * z - x * w),
    2 * (x * z - y * w),
    2 * (y * z + x * w),
    1 - 2 * (x * x + y * y),
  )
}
