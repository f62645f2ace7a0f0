import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { analyse } from '../../host/analysis/document-builder.ts'
import { openSession } from '../../host/session/open.ts'
import { dataFolder } from '../tools/session-folders.ts'
import { score } from './score.ts'
import { summarise } from './summary.ts'
import { readTruth } from './truth.ts'

/** The scorer that lies beside the recorded data, written apart from this one. */
const reference = join(dirname(dataFolder()), 'tools', 'score-real.mjs')
const present = existsSync(reference)
const title = present ? '' : ` (skipped: no ${reference})`
const TREADMILL = join(dataFolder(), 'posonmatlab-treadmill-foot-pressure-run-walk/sessions/s1_run_10kmh')

test.skipIf(!present)(`the reference scorer says the same of a simulated session${title}`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'footfall-reference-'))
  try {
    await simulate(join(folder, 'run'), { seconds: 20, seed: 77, hard: true, name: 'forefoot' })
    await agreesOn(join(folder, 'run'), folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test.skipIf(!present || !existsSync(TREADMILL))(
  `and of a recorded one whose clocks are not joined${title}`,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'footfall-reference-'))
    try {
      await agreesOn(TREADMILL, folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
)

interface Statistic {
  n: number
  bias: number
  sd: number
  loaHigh: number
  p95: number
}

interface Reference {
  fittedLagMs: number | null
  events: Record<string, { truth: number; missed: number; extra: number; errorMs: Statistic }>
  strides: { truth: number; matched: number; flaggedNotOk: number; contactTimeMs: Statistic }
  metrics: Record<string, Statistic>
  curves: Record<string, { n: number; meanRms: number; meanRmsNoOffset: number }>
}

async function agreesOn(session: string, scratch: string): Promise<void> {
  const { info, frames } = await openSession(session)
  const document = await analyse(info, frames())
  const file = join(scratch, 'analysis.json')
  await writeFile(file, JSON.stringify(document))
  const args = [reference, file, join(session, 'truth.json'), '--json']
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 })
  const theirs = JSON.parse(stdout) as Reference
  const one = score('one', await readTruth(session), document)
  const ours = summarise({ name: 'one', heldTo: 'clean' }, [one])

  if (theirs.fittedLagMs !== null) expect(one.lagMs).toBeCloseTo(theirs.fittedLagMs, 1)
  for (const kind of ['initial-contact', 'toe-off'] as const) {
    const { truth, missed, extra, errorMs } = theirs.events[kind]!
    expect(ours.events[kind]).toMatchObject({ truth, missed, extra })
    same(ours.events[kind].errorMs!, errorMs, 1)
  }
  expect(ours.strides).toEqual({
    truth: theirs.strides.truth,
    matched: theirs.strides.matched,
    doubted: theirs.strides.flaggedNotOk,
  })
  same(ours.metrics.contactTimeMs!, theirs.strides.contactTimeMs, 1)
  for (const metric of ['peakEversionDeg', 'eversionExcursionDeg', 'strikeAngleDeg'] as const)
    if (theirs.metrics[metric]) same(ours.metrics[metric]!, theirs.metrics[metric], 2)
  for (const curve of ['eversion', 'tibialRotation', 'dorsiflexion'] as const) {
    const their = theirs.curves[`${curve}Deg`]
    if (!their) continue
    expect(ours.curves[curve]!.n).toBe(their.n)
    expect(Math.abs(ours.curves[curve]!.meanRms - their.meanRms)).toBeLessThan(0.0051)
    expect(Math.abs(ours.curves[curve]!.meanShape - their.meanRmsNoOffset)).toBeLessThan(0.0051)
  }
}

/** Theirs are rounded. */
function same(ours: Statistic, theirs: Statistic, digits: number): void {
  expect(ours.n).toBe(theirs.n)
  for (const key of ['bias', 'sd', 'loaHigh', 'p95'] as const)
    expect(Math.abs(ours[key] - theirs[key])).toBeLessThan(0.51 * 10 ** -digits)
}
