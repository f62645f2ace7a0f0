import type { Place } from '../../shared/places.ts'
import type { RunnerOptions } from './runner/parameters.ts'
import type { Turn } from './turned-imu.ts'

/** A session that is hard to read: what is unusual about the run, the pods and the recording. Written into the truth as it is. */
export interface Scenario {
  name: string
  says: string
  /** What the runner does or is. */
  runner?: Pick<RunnerOptions, 'bouts' | 'mounts' | 'legs'>
  turned?: readonly Turn[]
  /** Pods that are called by one place and sit at another. */
  sits?: Partial<Record<Place, Place>>
  missing?: readonly Place[]
  /** Share of the samples that is lost, in bursts of so many on average. */
  lost?: { share: number; burst: number }
  rateHz?: number
}

const swapped = (a: Place, b: Place): Partial<Record<Place, Place>> => ({ [a]: b, [b]: a })
const slip = { atS: 20, lastS: 1 }
const EVER = Number.POSITIVE_INFINITY

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'shin slips',
    says: 'the left shin pod turns 25° round the leg within a second',
    turned: [{ place: 'left-shin', axis: 'y', deg: 25, slip }],
  },
  {
    name: 'shin slides',
    says: 'the left shin pod tips 10° forward within a second',
    turned: [{ place: 'left-shin', axis: 'z', deg: 10, slip }],
  },
  {
    name: 'shoe slips',
    says: 'the right shoe pod turns 20° on the laces within a second',
    turned: [{ place: 'right-shoe', axis: 'y', deg: 20, slip }],
  },
  {
    name: 'upside down',
    says: 'left pods stand on their heads, right pods face backwards',
    runner: { mounts: 'aligned' },
    turned: [
      { place: 'left-shoe', axis: 'x', deg: 180 },
      { place: 'left-shin', axis: 'x', deg: 180 },
      { place: 'right-shoe', axis: 'y', deg: 180 },
      { place: 'right-shin', axis: 'y', deg: 180 },
    ],
  },
  {
    name: 'left and right swapped',
    says: 'both left pods are worn on the right and both right ones on the left',
    sits: { ...swapped('left-shoe', 'right-shoe'), ...swapped('left-shin', 'right-shin') },
  },
  {
    name: 'shins swapped',
    says: 'the two shin pods are worn on the wrong legs',
    sits: swapped('left-shin', 'right-shin'),
  },
  {
    name: 'shoe and shin swapped',
    says: 'the left shoe pod is worn on the shin and the shin pod on the shoe',
    sits: swapped('left-shoe', 'left-shin'),
  },
  { name: 'one pod missing', says: 'no left shin pod', missing: ['left-shin'] },
  { name: 'shoes only', says: 'no shin pods', missing: ['left-shin', 'right-shin'] },
  { name: 'shins only', says: 'no shoe pods', missing: ['left-shoe', 'right-shoe'] },
  {
    name: 'changing speed',
    says: 'the belt goes 2.5, 3.5, 4.5 and 3 m/s',
    runner: { bouts: bouts([0, 5], [2.5, 13], [3.5, 12], [4.5, 12], [3, EVER]) },
  },
  {
    name: 'stop and go',
    says: 'runs, stands for 8 s, runs faster',
    runner: { bouts: bouts([0, 5], [3, 17], [0, 8], [3.6, EVER]) },
  },
  {
    name: 'walk, run, walk',
    says: 'walks, runs, walks again, without a stop',
    runner: { bouts: bouts([0, 5], [1.4, 13], [3, 15], [1.4, EVER]) },
  },
  {
    name: 'no standing',
    says: 'the recording begins in the run',
    runner: { bouts: bouts([3, EVER]) },
  },
  { name: 'only standing', says: 'nobody runs', runner: { bouts: bouts([0, EVER]) } },
  {
    name: 'knee axis askew',
    says: 'the knee’s axis lies 4° off the axis about which the shin swings, outward on the left and inward on the right',
    runner: { legs: { left: { kneeAxisDeg: 4 }, right: { kneeAxisDeg: -4 } } },
  },
  {
    name: '5 % lost',
    says: 'one sample in twenty is lost, in bursts of 20',
    lost: { share: 0.05, burst: 20 },
  },
  { name: '100 Hz', says: 'sampled 100 times a second', rateHz: 100 },
  { name: '208 Hz', says: 'sampled 208 times a second', rateHz: 208 },
  { name: '833 Hz', says: 'sampled 833 times a second', rateHz: 833 },
]

function bouts(...each: [speedMPerS: number, seconds: number][]): NonNullable<RunnerOptions['bouts']> {
  return each.map(([speedMPerS, seconds]) => ({ speedMPerS, seconds }))
}
