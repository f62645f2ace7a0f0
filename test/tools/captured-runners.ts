import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StrideEvents } from '../../host/gait/events.ts'
import { LegMotion } from '../../host/motion/leg.ts'
import { type MotionSettings, motionDefaults } from '../../host/motion/settings.ts'
import type { StanceMotion } from '../../host/motion/stance.ts'
import { PodTrack } from '../../host/motion/track.ts'
import type { Travel } from '../../host/motion/travel.ts'
import { GRAVITY } from '../../shared/imu.ts'
import type { Segment, Side } from '../../shared/places.ts'
import { dataFolder, readPod } from './session-folders.ts'

/** One stride of a `truth.json`. */
export interface TrueStride {
  leg: Side
  icS: number
  toS: number
  nextIcS: number
  [quantity: string]: unknown
}

/** Session folders within a folder, or the folder itself when it is one; none when it does not exist. */
export function sessionsIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  if (existsSync(join(folder, 'session.json'))) return [folder]
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'session.json')))
}

/** Captured runners: recorded motion, virtual pods, force-plate events; empty without the data. */
export const capturedRunners = (): string[] =>
  sessionsIn(join(dataFolder(), 'rbds-fukuchi2017-running', 'sessions'))

export interface ReadStride {
  truth: TrueStride
  motion: StanceMotion
  travel: Travel | null
}

/** One leg's pods and truth, wherever they come from. */
export interface LegSource {
  leg: Side
  strides: TrueStride[]
  /** Rows `t ax ay az gx gy gz`, flat. */
  rows: Partial<Record<Segment, Float64Array>>
  /** Specific force at which an axis counts as clipped, m/s². */
  limit: number
}

export interface ReadOptions {
  /** False: the standing period is thrown away, the data begin with the run. */
  standing?: boolean
  pods?: readonly Segment[]
  settings?: Partial<MotionSettings>
}

export function readLeg(folder: string, leg: Side, options: ReadOptions = {}): ReadStride[] {
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as { strides: TrueStride[] }
  const rows = (segment: Segment) => readPod(join(folder, `${leg}-${segment}.csv`))
  return readLegFrom(
    {
      leg,
      strides: truth.strides.filter((s) => s.leg === leg),
      rows: { shoe: rows('shoe'), shin: rows('shin') },
      limit: limitOf(folder),
    },
    options,
  )
}

/**
 * Runs one leg through `LegMotion` with the true events, as the analysis would: strides that end before alignment has settled are
 * read again when it has.
 */
export function readLegFrom(
  { leg, strides, rows, limit }: LegSource,
  { standing = true, pods = ['shoe', 'shin'], settings = {} }: ReadOptions = {},
): ReadStride[] {
  const fromS = standing ? Number.NEGATIVE_INFINITY : strides[0]!.icS - 0.3
  const sources = pods.map((segment) => ({
    segment,
    rows: rows[segment]!,
    track: new PodTrack(14 * 420, 0.03),
    at: 0,
    limit,
  }))
  const track = (segment: Segment) => sources.find((s) => s.segment === segment)?.track ?? null
  const motion = new LegMotion(leg, track('shoe'), track('shin'), { ...motionDefaults, ...settings }, null)
  const out: ReadStride[] = []
  const held: StrideEvents[] = []
  const read = (s: StrideEvents) =>
    out.push({
      truth: strides[s.index]!,
      motion: motion.stance(s.icS, s.toS, null),
      travel: motion.travel(s, null),
    })
  for (const [index, stride] of strides.entries()) {
    for (const source of sources) pushUntil(source, stride.nextIcS + 0.04, fromS, motion)
    const events = asEvents(stride, index)
    motion.learn(events)
    held.push(events)
    for (const source of sources) pushUntil(source, motion.travelKnownS(events) + 0.01, fromS, motion)
    if (motion.settled) for (const ready of held.splice(0)) read(ready)
  }
  for (const late of held) read(late)
  return out
}

/** Specific force at which an axis counts as clipped, m/s². */
function limitOf(folder: string): number {
  const session = JSON.parse(readFileSync(join(folder, 'session.json'), 'utf8'))
  const [pod] = Object.values<{ accelRangeG?: number }>(session.pods)
  return 0.999 * GRAVITY * (pod?.accelRangeG ?? Number.POSITIVE_INFINITY)
}

const asEvents = (s: TrueStride, index: number): StrideEvents => ({
  leg: s.leg,
  index,
  icS: s.icS,
  footFlatS: null,
  heelRiseS: null,
  toS: s.toS,
  midSwingS: null,
  nextIcS: s.nextIcS,
  confidence: 1,
})

const sample = new Float64Array(6)

function pushUntil(
  source: { rows: Float64Array; track: PodTrack; at: number; limit: number },
  untilS: number,
  fromS: number,
  motion: LegMotion,
): void {
  const { rows, track } = source
  for (; source.at < rows.length / 7 && rows[7 * source.at]! < untilS; source.at++) {
    const o = 7 * source.at
    if (rows[o]! < fromS) continue
    for (let i = 0; i < 6; i++) sample[i] = rows[o + 1 + i]!
    const clipped = [0, 1, 2].some((i) => Math.abs(sample[i]!) >= source.limit)
    track.push(rows[o]!, sample, clipped)
    motion.step()
  }
}
