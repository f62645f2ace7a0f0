/**
 * How far the means of a minute wander from the truth within one wearing, beyond what the strides' scatter explains: the worst leg, 1 SD. `WANDER` in
 * `host/metrics/detectable.ts` is this, rounded up.
 *   node test/tools/wander.ts [--minutes 6]
 * Six simulated runners with pods at their worst; each goes through the product: folder in, `analyse` out. Some five minutes.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { STRIDE_METRICS, type StrideMetric } from '../../host/analysis/document.ts'
import { analyse } from '../../host/analysis/document-builder.ts'
import { leastChange } from '../../host/metrics/detectable.ts'
import { openSession } from '../../host/session/open.ts'
import { SIDES } from '../../shared/places.ts'
import { matchStrides } from '../validate/match.ts'
import { mean, sd } from '../validate/statistics.ts'
import { readTruth } from '../validate/truth.ts'

const RUNNERS = ['easy', 'late-left', 'forefoot', 'rigid', 'overpronator', 'asymmetric']
const SPEEDS_M_PER_S = [2.2, 2.9, 3.5, 4.1, 4.8]
const SEED = 811
/** Fewer strides in a minute are none. */
const LEAST_STRIDES = 20

const { values: options } = parseArgs({ options: { minutes: { type: 'string', default: '6' } } })
const minutes = Number(options.minutes)
const worst = new Map<StrideMetric, number>()

for (const [i, name] of RUNNERS.entries()) {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-wander-'))
  try {
    const speedMPerS = SPEEDS_M_PER_S[i % SPEEDS_M_PER_S.length]!
    await simulate(folder, { name, seed: SEED + i, speedMPerS, hard: true, seconds: 60 * minutes + 15 })
    await addLegs(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

for (const name of STRIDE_METRICS) {
  const found = worst.get(name)
  const held = leastChange(name) / (1.96 * Math.SQRT2)
  if (found !== undefined)
    console.log(`${name.padEnd(28)} ${found.toPrecision(2).padStart(8)}  held to ${held.toPrecision(2)}`)
}

async function addLegs(folder: string): Promise<void> {
  const { info, frames } = await openSession(folder)
  const truth = await readTruth(folder)
  const document = await analyse(info, frames())
  const pairs = matchStrides(document.strides, truth, 0).filter(({ found }) => found.quality.ok)
  for (const name of STRIDE_METRICS)
    for (const side of SIDES) {
      const byMinute = Array.from({ length: minutes }, (): number[] => [])
      for (const { found, truth: t } of pairs) {
        const value = found[name]
        const right = t[name]
        if (found.leg !== side || typeof value !== 'number' || typeof right !== 'number') continue
        byMinute[Math.floor((found.icS - 10) / 60)]?.push(value - right)
      }
      const full = byMinute.filter((errors) => errors.length >= LEAST_STRIDES)
      if (full.length < 3) continue
      const scatter = mean(full.map((errors) => sd(errors) ** 2 / errors.length))
      const wander = Math.sqrt(Math.max(0, sd(full.map(mean)) ** 2 - scatter))
      worst.set(name, Math.max(worst.get(name) ?? 0, wander))
    }
}
