/**
 * How often a number is further from the truth than twice the uncertainty it states: per stride, and for the mean of a leg.
 *   npx node test/tools/coverage.ts [clean] [hard] [captured] [--seconds 30]
 * Each session goes through the product: folder in, its own events, `analyse` out. Captured runners are left out where the data are not.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { STRIDE_METRICS, type StrideMetric } from '../../host/analysis/document.ts'
import { analyse } from '../../host/analysis/document-builder.ts'
import { openSession } from '../../host/session/open.ts'
import { SIDES } from '../../shared/places.ts'
import { matchEvents, matchStrides } from '../validate/match.ts'
import { mean, rms } from '../validate/statistics.ts'
import { readTruth } from '../validate/truth.ts'
import { capturedRunners } from './captured-runners.ts'

const RUNNERS = ['easy', 'late-left', 'forefoot', 'rigid', 'overpronator', 'asymmetric']
const SPEEDS_M_PER_S = [2.2, 2.9, 3.5, 4.1, 4.8]
const SEED = 611

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '30' } },
})
const wanted = positionals.length > 0 ? positionals : ['clean', 'hard', 'captured']

/** Errors and stated uncertainties of one metric: of strides, and of leg means. Nothing stated: every error counts as covered. */
interface Held {
  errors: number[]
  stated: number[]
  meanErrors: number[]
  meanStated: number[]
}
type Table = Map<StrideMetric, Held>

for (const group of wanted) {
  const table: Table = new Map()
  if (group === 'captured') for (const folder of capturedRunners()) await addSession(table, folder)
  else for (const [i, name] of RUNNERS.entries()) await addSimulated(table, name, i, group === 'hard')
  print(group, table)
}

async function addSimulated(table: Table, name: string, i: number, hard: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-coverage-'))
  try {
    const speedMPerS = SPEEDS_M_PER_S[i % SPEEDS_M_PER_S.length]!
    await simulate(folder, { name, seed: SEED + i, speedMPerS, hard, seconds: Number(options.seconds) })
    await addSession(table, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function addSession(table: Table, folder: string): Promise<void> {
  const { info, frames } = await openSession(folder)
  const truth = await readTruth(folder)
  const document = await analyse(info, frames())
  const { lagS } = matchEvents(document, truth)
  const pairs = matchStrides(document.strides, truth, lagS).filter(({ found }) => found.quality.ok)
  for (const name of STRIDE_METRICS)
    for (const side of SIDES) {
      const known = pairs.flatMap(({ found, truth: t }) => {
        const value = found[name]
        const right = t[name]
        if (found.leg !== side || typeof value !== 'number' || typeof right !== 'number') return []
        return [{ error: value - right, stated: found.uncertainty[name] }]
      })
      if (known.length === 0) continue
      const held = table.get(name) ?? { errors: [], stated: [], meanErrors: [], meanStated: [] }
      table.set(name, held)
      held.errors.push(...known.map(({ error }) => error))
      held.stated.push(...known.map(({ stated }) => stated ?? Number.NaN))
      held.meanErrors.push(mean(known.map(({ error }) => error)))
      held.meanStated.push(document.summary[side][name]?.uncertainty ?? Number.NaN)
    }
}

function print(group: string, table: Table): void {
  console.log(
    `\n${group.padEnd(30)} strides  RMS error  stated   beyond %  leg means  RMS error  stated   beyond %`,
  )
  let beyondAll = 0
  let all = 0
  for (const [name, { errors, stated, meanErrors, meanStated }] of table) {
    const known = stated.filter((u) => !Number.isNaN(u)).length
    all += known
    beyondAll += beyond(errors, stated)
    console.log(name.padEnd(30), cells(errors, stated), cells(meanErrors, meanStated))
  }
  console.log('all'.padEnd(30), `${all} numbers, beyond ${((100 * beyondAll) / all).toFixed(1)} %`)
}

function beyond(errors: readonly number[], stated: readonly number[]): number {
  return errors.filter((e, k) => Math.abs(e) > 2 * stated[k]!).length
}

function cells(errors: readonly number[], stated: readonly number[]): string {
  const known = stated.filter((u) => !Number.isNaN(u))
  const share = known.length === 0 ? '-' : ((100 * beyond(errors, stated)) / known.length).toFixed(1)
  const usual = known.length === 0 ? '-' : mean(known).toPrecision(3)
  return [errors.length, rms(errors).toPrecision(3), usual, share].map((c) => String(c).padEnd(9)).join(' ')
}
