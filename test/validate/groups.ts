import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { SCENARIOS } from '../../firmware/virtual/scenarios.ts'
import { dataFolder } from '../tools/session-folders.ts'
import type { SessionJob } from './session.ts'

/** Which column of the targets a group is held to. */
export type HeldTo =
  | 'clean'
  | 'hard'
  | 'captured'
  | 'treadmill running'
  | 'treadmill walking'
  | 'other walking'
  | 'nothing'

export interface Group {
  name: string
  heldTo: HeldTo
  jobs: SessionJob[]
}

const RUNNERS = ['easy', 'late-left', 'forefoot', 'rigid', 'overpronator', 'asymmetric']
const SEEDS = [1009, 2017, 3023, 4051, 5077]
const RUNNING_M_PER_S = [2.2, 2.9, 3.5, 4.1, 4.8]
const WALKING_M_PER_S = [0.9, 1.2, 1.4, 1.6, 1.9]
const SECONDS = 40

/** Simulated people, each at its own speed: every kind of runner meets every speed, and nobody comes twice but clean and hard. */
export function simulatedGroups(quick: boolean): Group[] {
  const seeds = quick ? SEEDS.slice(0, 2) : SEEDS
  const job = (name: string, seed: number, speedMPerS: number, hard: boolean): SessionJob => ({
    name: `${name} ${seed} at ${speedMPerS} m/s`,
    simulate: { name, seed, speedMPerS, hard, seconds: SECONDS },
  })
  const running = (hard: boolean): SessionJob[] =>
    (quick ? RUNNERS.slice(0, 2) : RUNNERS).flatMap((name, i) =>
      seeds.map((seed, j) => job(name, seed + i, RUNNING_M_PER_S[(i + j) % RUNNING_M_PER_S.length]!, hard)),
    )
  const walking = (hard: boolean): SessionJob[] =>
    seeds.map((seed, j) => job('walker', seed, WALKING_M_PER_S[j]!, hard))
  return (['clean', 'hard'] as const).flatMap((heldTo): Group[] => [
    { name: `simulated running, ${heldTo}`, heldTo, jobs: running(heldTo === 'hard') },
    { name: `simulated walking, ${heldTo}`, heldTo, jobs: walking(heldTo === 'hard') },
  ])
}

interface DataGroup {
  name: string
  heldTo: HeldTo
  set: string
  trials: RegExp
}

/** Recorded sessions by others; none is part of the project. */
const DATA: DataGroup[] = [
  {
    name: 'captured runners (Fukuchi 2017)',
    heldTo: 'captured',
    set: 'rbds-fukuchi2017-running',
    trials: /./,
  },
  {
    name: 'treadmill running, insole',
    heldTo: 'treadmill running',
    set: 'posonmatlab-treadmill-foot-pressure-run-walk',
    trials: /_run_/,
  },
  {
    name: 'treadmill walking, insole',
    heldTo: 'treadmill walking',
    set: 'posonmatlab-treadmill-foot-pressure-run-walk',
    trials: /_walk_/,
  },
  {
    name: 'outdoor walking, insole',
    heldTo: 'other walking',
    set: 'posonmatlab-treadmill-foot-pressure-run-walk',
    trials: /outdoor/,
  },
  {
    name: 'standing on the treadmill',
    heldTo: 'nothing',
    set: 'posonmatlab-treadmill-foot-pressure-run-walk',
    trials: /stand/,
  },
  {
    name: 'walking, optical (gaitmap)',
    heldTo: 'other walking',
    set: 'gaitmap-example-foot-walk',
    trials: /./,
  },
  {
    name: 'walking with a turn (Voisard)',
    heldTo: 'other walking',
    set: 'ipol-voisard-foot-walk',
    trials: /./,
  },
  {
    name: 'walking 5 m, insole (Marpino)',
    heldTo: 'other walking',
    set: 'marpino-foot-shank-pressure-walk',
    trials: /./,
  },
  { name: 'walking, optical (NeuRa)', heldTo: 'other walking', set: 'neura-sparse-S02-walk', trials: /./ },
  { name: 'jogging in loops, optical (PyShoe)', heldTo: 'nothing', set: 'pyshoe-vicon-foot', trials: /^run/ },
  {
    name: 'walking in loops, optical (PyShoe)',
    heldTo: 'nothing',
    set: 'pyshoe-vicon-foot',
    trials: /^walk/,
  },
]

/** Those data sets that are there. */
export function dataGroups(data = dataFolder()): Group[] {
  return DATA.flatMap(({ name, heldTo, set, trials }): Group[] => {
    const sessions = join(data, set, 'sessions')
    if (!existsSync(sessions)) return []
    const names = readdirSync(sessions).filter((trial) => trials.test(trial))
    return [
      { name, heldTo, jobs: names.sort().map((trial) => ({ name: trial, folder: join(sessions, trial) })) },
    ]
  })
}

/** The simulated runner with something unusual, each its own group. */
export function scenarioGroups(quick: boolean): Group[] {
  const seeds = quick ? SEEDS.slice(0, 1) : SEEDS.slice(0, 2)
  return SCENARIOS.map((scenario) => ({
    name: scenario.name,
    heldTo: 'nothing',
    jobs: seeds.map((seed) => ({
      name: `${scenario.name}, ${seed}`,
      simulate: { seed, seconds: 50, scenario },
    })),
  }))
}
