import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DEG, GRAVITY } from '../../shared/imu.ts'
import { PLACES, type Place } from '../../shared/places.ts'
import { CLEAN, HARD, imperfectPods } from './imperfect.ts'
import { Dice, hash } from './runner/random.ts'
import { createRunner, type Runner } from './runner/runner.ts'
import type { Truth } from './runner/truth.ts'
import type { Scenario } from './scenarios.ts'
import { TurnedImu } from './turned-imu.ts'
import type { WornImu, WornPods } from './worn.ts'

export interface SimulateOptions {
  /** Length of the session with its standing; default 60, at least 12. */
  seconds?: number
  seed?: number
  /** A runner preset; default `easy`. */
  name?: string
  rateHz?: number
  speedMPerS?: number
  /** Accelerometer range 16 g instead of 32, the faults of {@link HARD}, and 0.5 % of the samples lost in bursts. */
  hard?: boolean
  /** Something unusual on top; see `scenarios.ts`. */
  scenario?: Scenario
  /** Share done, 0…1. */
  onProgress?: (share: number) => void
}

const GYRO_RANGE_DEG_PER_S = 2000
const HARD_LOSS = { share: 0.005, burst: 8 }
/** Contacts of the last moments cannot be known: what follows them is missing. */
const UNTOLD_S = 0.1
const ROWS_A_CHUNK = 2048
const SOURCE = 'simulated runner'

/**
 * Writes the session folder (`session-folder/1`) of a simulated runner with four pods, and `truth.json` beside it.
 * The same options write the same bytes.
 * @throws Error when the folder holds something else than an earlier simulation
 */
export async function simulate(folder: string, options: SimulateOptions = {}): Promise<SimulatedTruth> {
  const { seconds = 60, seed = 1, name = 'easy', hard = false, scenario } = options
  const rateHz = scenario?.rateHz ?? options.rateHz ?? 416
  if (!(seconds >= 12)) throw new Error(`${seconds} s is too short: a simulation takes at least 12 s`)
  if (!(rateHz >= 25 && rateHz <= 6664)) throw new Error(`rate ${rateHz} Hz: choose one from 25 to 6664 Hz`)
  const speed = options.speedMPerS === undefined ? {} : { speedMPerS: options.speedMPerS }
  const runner = createRunner({ name, seed, ...speed, ...scenario?.runner })
  await claim(folder)
  // the truth first, as the folder's mark, and session.json last: without it the folder is no session yet
  const truth = {
    ...runner.truth(seconds - UNTOLD_S),
    source: `${SOURCE} "${name}", seed ${seed}${hard ? ', hard' : ''}${scenario ? `, ${scenario.name}` : ''}`,
    scenario: scenario ?? null,
  }
  await writeJson(join(folder, 'truth.json'), truth)
  const pods = imperfectPods(runner, hard ? HARD : CLEAN, seed, turned(runner, scenario))
  const accelRangeG = hard ? 16 : 32
  const lost = scenario?.lost ?? (hard ? HARD_LOSS : null)
  const places = PLACES.filter((place) => !scenario?.missing?.includes(place))
  for (const [i, place] of places.entries()) {
    const imu = pods[scenario?.sits?.[place] ?? place]
    const ownSeed = hash(seed, 0x435356, PLACES.indexOf(place))
    const recording = { imu, seconds, rateHz, accelRangeG, lost, seed: ownSeed }
    const done = (share: number): void => options.onProgress?.((i + share) / places.length)
    await pipeline(Readable.from(rows(recording, done)), createWriteStream(join(folder, `${place}.csv`)))
  }
  const pod = (place: Place) => ({
    file: `${place}.csv`,
    accelRangeG,
    gyroRangeDegPerS: GYRO_RANGE_DEG_PER_S,
    rateHz,
  })
  const { activity, treadmillSpeedMPerS, standing } = truth
  const session = {
    format: 'session-folder/1',
    ...((activity === 'running' || activity === 'walking') && { activity }),
    subject: { id: `${name}-${seed}` },
    ...(treadmillSpeedMPerS !== null && { treadmill: { speedMPerS: treadmillSpeedMPerS } }),
    pods: Object.fromEntries(places.map((place) => [place, pod(place)])),
    ...(standing !== null && { calibration: { standing } }),
  }
  await writeJson(join(folder, 'session.json'), session)
  return truth
}

/** The truth with what was done to the session. */
export type SimulatedTruth = Truth & { scenario: Scenario | null }

/** The runner's ideal pods, sitting as the scenario has them. */
function turned(runner: Runner, scenario: Scenario | undefined): WornPods {
  const pods: WornPods = { ...runner.pods }
  for (const turn of scenario?.turned ?? [])
    pods[turn.place] = new TurnedImu(pods[turn.place], runner.pods[turn.place], turn)
  return pods
}

interface Recording {
  imu: WornImu
  seconds: number
  rateHz: number
  accelRangeG: number
  lost: { share: number; burst: number } | null
  seed: number
}

/** The CSV of one pod in pieces. Each pod samples at its own phase. */
function* rows(r: Recording, onProgress: (share: number) => void): Generator<string> {
  const dice = new Dice(r.seed)
  const firstS = dice.between(0, 1 / r.rateHz)
  const accelLimit = r.accelRangeG * GRAVITY
  const gyroLimit = GYRO_RANGE_DEG_PER_S * DEG
  const sample = new Float64Array(6)
  const count = Math.floor((r.seconds - firstS) * r.rateHz)
  let lost = 0
  let chunk = ['t,ax,ay,az,gx,gy,gz']
  for (let k = 0; k < count; k++) {
    if (r.lost && lost === 0 && dice.between(0, 1) < r.lost.share / r.lost.burst)
      lost = Math.ceil(dice.between(0, 2 * r.lost.burst - 1))
    if (lost > 0) lost--
    else {
      // sampled at the very time that is written
      const t = (firstS + k / r.rateHz).toFixed(6)
      r.imu.sampleAt(Number(t), sample)
      const a = (i: number): string => Math.max(-accelLimit, Math.min(accelLimit, sample[i]!)).toFixed(4)
      const g = (i: number): string => Math.max(-gyroLimit, Math.min(gyroLimit, sample[i]!)).toFixed(6)
      chunk.push(`${t},${a(0)},${a(1)},${a(2)},${g(3)},${g(4)},${g(5)}`)
    }
    if (chunk.length < ROWS_A_CHUNK) continue
    yield `${chunk.join('\n')}\n`
    chunk = []
    onProgress((k + 1) / count)
  }
  if (chunk.length > 0) yield `${chunk.join('\n')}\n`
  onProgress(1)
}

/** Makes the folder, or takes one that an earlier simulation wrote. */
async function claim(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const present = await readdir(folder)
  if (present.length === 0) return
  const source: unknown = await readFile(join(folder, 'truth.json'), 'utf8').then(
    (text) => (JSON.parse(text) as { source?: unknown }).source,
    () => undefined,
  )
  if (typeof source !== 'string' || !source.startsWith(SOURCE))
    throw new Error(
      `${folder} is not empty and holds no simulation: choose another folder, or empty it first (nothing was written)`,
    )
}

/** Numbers to a millionth: far below what any of them means. */
async function writeJson(file: string, content: unknown): Promise<void> {
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value
  await writeFile(file, `${JSON.stringify(content, rounded)}\n`)
}
