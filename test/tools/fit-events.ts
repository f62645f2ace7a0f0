/**
 * Fits the linear corrections of `host/gait/offset-models.ts` and says how they do on runners they have not seen.
 *   npx node test/tools/fit-events.ts [--ridge 3] [--write] [SIMULATED_FOLDER]
 * Recorded sets are found as in `session-folders.ts`; a folder of simulated sets (`set/sessions/trial`) is added when given. Every set weighs the
 * same. `leaving` is what the push-off's model in the code leaves over: write, and write again. Where a trial's clocks are not joined its own mean is free, so it shapes the slopes only. A group (RBDS runner, treadmill
 * runner, simulated seed) is scored by the model fitted without it.
 */
import { writeFileSync } from 'node:fs'
import { Matrix, solve } from 'ml-matrix'
import type { GaitEvent } from '../../host/gait/events.ts'
import { CONTACT_FEATURES, LEAVING_FEATURES, PUSH_FEATURES } from '../../host/gait/features.ts'
import { gaitDefaults, LegGait } from '../../host/gait/leg.ts'
import { PodTrack } from '../../host/motion/track.ts'
import { type Place, segmentOf, sideOf } from '../../shared/places.ts'
import { mean, scoreTrial, sd } from './score-events.ts'
import { dataFolder, readPod, type Trial, trials } from './session-folders.ts'

interface Row {
  set: string
  group: string
  trial: string
  freeLag: boolean
  features: Float64Array
  /** True event minus landmark, ms. */
  targetMs: number
}

const groupOf = (trial: Trial): string =>
  trial.set.startsWith('sim') ? `seed ${trial.name.match(/\d+/)?.[0]}` : trial.name.split('_')[0]!

const KINDS = ['landing', 'push', 'leaving'] as const
type Kind = (typeof KINDS)[number]
type Rows = Record<Kind, Row[]>

/** Landmarks of a trial with the true events beside them. */
function rowsOf(trial: Trial): Rows {
  const out: Rows = { landing: [], push: [], leaving: [] }
  const seen: { side: string; kind: Kind; anchorS: number; features: Float64Array }[] = []
  const events: GaitEvent[] = []
  for (const [place, file] of Object.entries(trial.pods) as [Place, string][]) {
    if (segmentOf(place) !== 'shoe') continue
    const track = new PodTrack(8192, gaitDefaults.gapS)
    const gait = new LegGait(sideOf(place), track, 'shoe', gaitDefaults, {
      event: (e) => void events.push(e),
      stride: () => {},
      stance: () => {},
      landmark: (kind, anchorS, features) =>
        void seen.push({ side: sideOf(place), kind, anchorS, features: features.slice() }),
    })
    const samples = readPod(file)
    const sample = new Float64Array(6)
    for (let i = 0; i < samples.length; i += 7) {
      for (let k = 0; k < 6; k++) sample[k] = samples[i + 1 + k]!
      track.push(samples[i]!, sample, false)
      gait.step()
    }
  }
  const { lagS } = scoreTrial(trial, events)
  const { span, lagUnknown } = trial.truth
  for (const kind of KINDS) {
    const name = kind === 'landing' ? 'initial-contact' : 'toe-off'
    for (const event of trial.truth.events) {
      if (event.kind !== name || event.timeS < span.fromS || event.timeS > span.toS) continue
      const trueS = event.timeS + lagS
      const near = seen
        .filter((s) => s.kind === kind && s.side === event.leg && Math.abs(s.anchorS - trueS) < 0.1)
        .sort((a, b) => Math.abs(a.anchorS - trueS) - Math.abs(b.anchorS - trueS))[0]
      if (near)
        out[kind].push({
          set: trial.set,
          group: `${trial.set} ${groupOf(trial)}`,
          trial: trial.name,
          freeLag: lagUnknown,
          features: near.features,
          targetMs: 1000 * (trueS - near.anchorS),
        })
    }
  }
  return out
}

/** Ridge on standardised features; returns ms: intercept, then one coefficient a feature. */
function regress(rows: readonly Row[], ridge: number): number[] {
  const p = rows[0]!.features.length
  const perSet = new Map<string, number>()
  for (const r of rows) perSet.set(r.set, (perSet.get(r.set) ?? 0) + 1)
  const weight = (r: Row): number => 1 / perSet.get(r.set)!
  const joined = rows.filter((r) => !r.freeLag)
  const weightSum = joined.reduce((a, r) => a + weight(r), 0)
  const average = (of: (r: Row) => number): number =>
    joined.reduce((a, r) => a + weight(r) * of(r), 0) / weightSum
  const centre = Array.from({ length: p }, (_, i) => average((r) => r.features[i]!))
  const scale = centre.map((m, i) => Math.sqrt(average((r) => (r.features[i]! - m) ** 2)) || 1)
  const target = average((r) => r.targetMs)
  const trialMeans = new Map<string, number[]>()
  for (const name of new Set(rows.filter((r) => r.freeLag).map((r) => r.trial))) {
    const own = rows.filter((r) => r.trial === name)
    trialMeans.set(name, [
      ...centre.map((_, i) => mean(own.map((r) => r.features[i]!))),
      mean(own.map((r) => r.targetMs)),
    ])
  }
  const xtx = Matrix.zeros(p, p)
  const xty = Matrix.zeros(p, 1)
  for (const r of rows) {
    const own = trialMeans.get(r.trial)
    const x = centre.map((m, i) => (r.features[i]! - (own?.[i] ?? m)) / scale[i]!)
    const y = r.targetMs - (own?.[p] ?? target)
    for (let i = 0; i < p; i++) {
      xty.set(i, 0, xty.get(i, 0) + weight(r) * x[i]! * y)
      for (let j = 0; j < p; j++) xtx.set(i, j, xtx.get(i, j) + weight(r) * x[i]! * x[j]!)
    }
  }
  for (let i = 0; i < p; i++) xtx.set(i, i, xtx.get(i, i) + ridge)
  const b = solve(xtx, xty).getColumn(0)
  const slopes = b.map((v, i) => v / scale[i]!)
  return [target - slopes.reduce((a, v, i) => a + v * centre[i]!, 0), ...slopes]
}

const predict = (model: readonly number[], r: Row): number =>
  r.features.reduce((a, f, i) => a + model[i + 1]! * f, model[0]!)

/** Errors, ms found minus true, of each trial under the model fitted without its group. */
function leaveOneOut(
  rows: readonly Row[],
  ridge: number | null,
): Map<string, { set: string; errors: number[] }> {
  const out = new Map<string, { set: string; errors: number[] }>()
  for (const group of new Set(rows.map((r) => r.group))) {
    const others = rows.filter((r) => r.group !== group)
    const model = ridge === null ? null : regress(others, ridge)
    const constant = mean(others.filter((r) => !r.freeLag).map((r) => r.targetMs))
    for (const r of rows.filter((x) => x.group === group)) {
      const entry = out.get(`${r.set} ${r.trial}`) ?? { set: r.set, errors: [] }
      entry.errors.push((model ? predict(model, r) : constant) - r.targetMs)
      out.set(`${r.set} ${r.trial}`, entry)
    }
  }
  return out
}

function report(title: string, rows: readonly Row[], ridge: number | null): void {
  const byTrial = [...leaveOneOut(rows, ridge).values()]
  for (const set of new Set(rows.map((r) => r.set))) {
    const own = byTrial.filter((t) => t.set === set)
    const means = own.map((t) => mean(t.errors))
    const n = own.reduce((a, t) => a + t.errors.length, 0)
    const within = Math.sqrt(own.reduce((a, t) => a + t.errors.length * sd(t.errors) ** 2, 0) / n)
    const worst = means.reduce((a, m) => (Math.abs(m) > Math.abs(a) ? m : a), 0)
    console.log(
      `| ${title} | ${set.split('-')[0]} | ${n} | ${mean(means).toFixed(1)} | ${within.toFixed(1)} | ${sd(means).toFixed(1)} | ${worst.toFixed(1)} |`,
    )
  }
}

const args = process.argv.slice(2)
const ridge = Number(args[args.indexOf('--ridge') + 1]) || 0.03
const simulated = args.find((a) => a.includes('/'))
const all = [
  ...trials(
    [
      'rbds',
      'posonmatlab-treadmill-foot-pressure-run-walk/s1_run',
      'posonmatlab-treadmill-foot-pressure-run-walk/s2_run',
    ],
    dataFolder(),
  ),
  ...(simulated ? trials([], simulated) : []),
]
const rows: Rows = { landing: [], push: [], leaving: [] }
for (const trial of all) {
  const own = rowsOf(trial)
  for (const kind of KINDS) rows[kind].push(...own[kind])
}
console.log(
  '| model | set | n | bias | SD within trial | SD of trial means | worst trial mean |\n|---|---|---|---|---|---|---|',
)
for (const kind of KINDS) {
  report(`${kind}, constant`, rows[kind], null)
  for (const r of args.includes('--ridge') ? [ridge] : [0.01, 0.03, 0.1, 0.3, 1])
    report(`${kind}, ridge ${r}`, rows[kind], r)
}
if (args.includes('--write')) {
  const list = (names: readonly string[], model: readonly number[]): string =>
    `  ${model[0]!.toFixed(3)},\n${names.map((name, i) => `  ${model[i + 1]!.toFixed(4)}, // ${name}`).join('\n')}`
  const path = new URL('../../host/gait/offset-models.ts', import.meta.url)
  writeFileSync(
    path,
    `/**
 * Written by \`test/tools/fit-events.ts --ridge ${ridge} --write\`; do not edit. Fitted on ${rows.landing.length} landings and ${rows.push.length} push-offs:
 * the recorded runs of RBDS (Fukuchi 2017, force plates) and a treadmill with a pressure insole${simulated ? ', and simulated runners' : ''}. ms: intercept, then one coefficient a
 * feature, in the order of \`features.ts\`.
 */
export const contactModel: readonly number[] = [
${list(
  CONTACT_FEATURES,
  regress(rows.landing, ridge).map((v) => -v),
)}
]
export const pushModel: readonly number[] = [
${list(PUSH_FEATURES, regress(rows.push, ridge))}
]
export const leavingModel: readonly number[] = [
${list(LEAVING_FEATURES, regress(rows.leaving, ridge))}
]
`,
  )
}
