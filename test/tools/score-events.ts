/**
 * Runs the gait of each leg over recorded sessions and holds its events against the truth beside them.
 *   npx node test/tools/score-events.ts [set or trial …] [--shin] [--trials] [--markdown]
 * Matching as in the reference scorer: nearest first, one to one, by leg and kind, within 100 ms inside the truth's span; one constant per trial
 * fitted first where the clocks are not joined. Errors are found minus true, ms.
 */

import type { GaitEvent, StrideEvents } from '../../host/gait/events.ts'
import { type GaitSettings, gaitDefaults, LegGait } from '../../host/gait/leg.ts'
import { PodTrack } from '../../host/motion/track.ts'
import { type Place, type Segment, segmentOf, sideOf } from '../../shared/places.ts'
import { readPod, type Trial, type TruthEvent, trials } from './session-folders.ts'

const WINDOW = 0.1
const SEARCH = 0.15

export interface Found {
  events: GaitEvent[]
  strides: StrideEvents[]
}

/** Streams one pod through a leg's gait. */
export function runPod(samples: Float64Array, place: Place, settings: GaitSettings = gaitDefaults): Found {
  const track = new PodTrack(8192, settings.gapS)
  const found: Found = { events: [], strides: [] }
  const gait = new LegGait(sideOf(place), track, segmentOf(place), settings, {
    event: (e) => {
      found.events.push(e)
    },
    stride: (s) => {
      found.strides.push(s)
    },
    stance: () => {},
  })
  const sample = new Float64Array(6)
  for (let i = 0; i < samples.length; i += 7) {
    for (let k = 0; k < 6; k++) sample[k] = samples[i + 1 + k]!
    track.push(samples[i]!, sample, false)
    gait.step()
  }
  return found
}

export function runTrial(trial: Trial, segment: Segment, settings: GaitSettings = gaitDefaults): Found {
  const all: Found = { events: [], strides: [] }
  for (const [place, file] of Object.entries(trial.pods) as [Place, string][]) {
    if (segmentOf(place) !== segment) continue
    const one = runPod(readPod(file), place, settings)
    all.events.push(...one.events)
    all.strides.push(...one.strides)
  }
  return all
}

export interface KindScore {
  truth: number
  missed: number
  extra: number
  /** Found minus true, ms. */
  errors: number[]
  /** Announced minus true (lag taken off), ms. */
  delays: number[]
}

type Pair = [truth: number, found: number, errorS: number]

function match(truth: readonly TruthEvent[], found: readonly GaitEvent[], shift: number): Pair[] {
  const all: Pair[] = []
  truth.forEach((t, i) => {
    found.forEach((f, j) => {
      const d = f.timeS - shift - t.timeS
      if (f.leg === t.leg && f.kind === t.kind && Math.abs(d) <= WINDOW) all.push([i, j, d])
    })
  })
  const usedT = new Set<number>()
  const usedF = new Set<number>()
  return all
    .sort((a, b) => Math.abs(a[2]) - Math.abs(b[2]))
    .filter(([i, j]) => !usedT.has(i) && !usedF.has(j) && usedT.add(i) && usedF.add(j))
}

const median = (x: readonly number[]): number => [...x].sort((a, b) => a - b)[x.length >> 1] ?? 0

/** The constant between two clocks: the shift with which most initial contacts meet, then the median error. */
function fitLag(truth: readonly TruthEvent[], found: readonly GaitEvent[]): number {
  const contacts = truth.filter((e) => e.kind === 'initial-contact')
  let lag = 0
  let best = -1
  for (let s = -SEARCH; s <= SEARCH + 1e-9; s += 0.005) {
    const score = match(contacts, found, s).reduce((sum, [, , d]) => sum + 1 - Math.abs(d) / WINDOW, 0)
    if (score > best + 1e-9) {
      best = score
      lag = s
    }
  }
  for (let k = 0; k < 3; k++) lag += median(match(contacts, found, lag).map((p) => p[2]))
  return lag
}

export function scoreTrial(trial: Trial, found: readonly GaitEvent[]) {
  const { span, exclude, lagUnknown } = trial.truth
  const kinds = ['initial-contact', 'toe-off'] as const
  const truth = trial.truth.events.filter((e) => e.timeS >= span.fromS && e.timeS <= span.toS)
  const legs = new Set(truth.map((e) => e.leg))
  const mine = found.filter((e) => legs.has(e.leg))
  const lag = lagUnknown && truth.length > 0 ? fitLag(truth, mine) : 0
  const pairs = match(truth, mine, lag)
  const usedT = new Set(pairs.map((p) => p[0]))
  const usedF = new Set(pairs.map((p) => p[1]))
  const out: Record<(typeof kinds)[number], KindScore> & {
    lagS: number
    missedAt: string[]
    extraAt: string[]
  } = {
    'initial-contact': { truth: 0, missed: 0, extra: 0, errors: [], delays: [] },
    'toe-off': { truth: 0, missed: 0, extra: 0, errors: [], delays: [] },
    lagS: lag,
    missedAt: [],
    extraAt: [],
  }
  for (const kind of kinds) {
    const score = out[kind]
    score.truth = truth.filter((e) => e.kind === kind).length
    truth.forEach((e, i) => {
      if (e.kind !== kind || usedT.has(i)) return
      score.missed++
      out.missedAt.push(`${e.leg[0]} ${kind} ${e.timeS.toFixed(2)}`)
    })
    mine.forEach((e, j) => {
      const t = e.timeS - lag
      const outside = t <= span.fromS + WINDOW || t >= span.toS - WINDOW
      const excluded = exclude.some(
        (x) => (!x.leg || x.leg === e.leg) && (!x.kind || x.kind === kind) && t >= x.fromS && t <= x.toS,
      )
      if (e.kind !== kind || usedF.has(j) || outside || excluded) return
      score.extra++
      out.extraAt.push(`${e.leg[0]} ${kind} ${t.toFixed(2)}`)
    })
    for (const [i, j, d] of pairs) {
      if (truth[i]!.kind !== kind) continue
      score.errors.push(1000 * d)
      score.delays.push(1000 * (mine[j]!.announcedS - lag - truth[i]!.timeS))
    }
  }
  return out
}

export const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length
export const sd = (x: readonly number[]): number => {
  const m = mean(x)
  return Math.sqrt(mean(x.map((v) => (v - m) ** 2)))
}
export const quantile = (x: readonly number[], p: number): number =>
  [...x].sort((a, b) => a - b)[Math.max(0, Math.ceil(p * x.length) - 1)] ?? Number.NaN

/** Trials of a set together: pooled within-trial SD, and the SD of the trials' means (`between`). */
export function pool(scores: readonly KindScore[]) {
  const some = scores.filter((s) => s.errors.length > 0)
  const means = some.map((s) => mean(s.errors))
  const n = some.reduce((a, s) => a + s.errors.length, 0)
  const square = some.reduce((a, s) => a + s.errors.length * sd(s.errors) ** 2, 0)
  return {
    truth: scores.reduce((a, s) => a + s.truth, 0),
    missed: scores.reduce((a, s) => a + s.missed, 0),
    extra: scores.reduce((a, s) => a + s.extra, 0),
    bias: mean(some.flatMap((s) => s.errors)),
    sd: Math.sqrt(square / n),
    between: means.length > 1 ? sd(means) : Number.NaN,
    worst: means.reduce((a, m) => (Math.abs(m) > Math.abs(a) ? m : a), 0),
    p95: quantile(
      some.flatMap((s) => s.delays),
      0.95,
    ),
    p50: quantile(
      some.flatMap((s) => s.delays),
      0.5,
    ),
  }
}

const number = (v: number, d = 1): string => (Number.isFinite(v) ? v.toFixed(d) : '–')
export function row(name: string, kind: string, p: ReturnType<typeof pool>): string {
  const cells = [
    name,
    kind,
    p.truth,
    p.missed,
    p.extra,
    number(p.bias),
    number(p.sd),
    number(p.between),
    number(p.worst),
    number(p.p50, 0),
    number(p.p95, 0),
  ]
  return `| ${cells.join(' | ')} |`
}
export const heading =
  '| set | event | n | missed | extra | bias | SD within trial | SD of trial means | worst trial mean | announce p50 | p95 |\n|---|---|---|---|---|---|---|---|---|---|---|'

function main(): void {
  const words = process.argv.slice(2).filter((w) => !w.startsWith('--'))
  const segment = process.argv.includes('--shin') ? 'shin' : 'shoe'
  const perTrial = process.argv.includes('--trials')
  const where = process.argv.includes('--where')
  const sets = new Map<string, ReturnType<typeof scoreTrial>[]>()
  console.log(heading)
  for (const trial of trials(words)) {
    if (!Object.keys(trial.pods).some((p) => segmentOf(p as Place) === segment)) continue
    const found = runTrial(trial, segment)
    const score = scoreTrial(trial, found.events)
    const set = `${trial.set.split('-')[0]} ${trial.truth.activity ?? (trial.name.includes('run') ? 'running' : 'walking')}`
    if (trial.truth.events.length > 0) sets.set(set, [...(sets.get(set) ?? []), score])
    else console.log(`| ${trial.name} | all | 0 | 0 | ${found.events.length} |`)
    if (perTrial)
      for (const kind of ['initial-contact', 'toe-off'] as const)
        console.log(row(trial.name, kind, pool([score[kind]])))
    if (where && score.missedAt.length + score.extraAt.length > 0)
      console.log(
        `    ${trial.name} missed: ${score.missedAt.join(', ')}; extra: ${score.extraAt.join(', ')}`,
      )
  }
  for (const [set, scores] of sets)
    for (const kind of ['initial-contact', 'toe-off'] as const)
      console.log(row(set, kind, pool(scores.map((s) => s[kind]))))
}
if (import.meta.main) main()
