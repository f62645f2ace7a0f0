import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SimulateOptions, simulate } from '../../firmware/virtual/simulate.ts'
import { analyse } from '../../host/analysis/document-builder.ts'
import { openSession } from '../../host/session/open.ts'
import { type SessionScore, score } from './score.ts'
import { readTruth } from './truth.ts'

/** A session to hold against its truth: one to be simulated, or a folder that is there. */
export type SessionJob = { name: string } & ({ simulate: SimulateOptions } | { folder: string })

/** Runs a job through the product as a user would: folder in, analysis out. */
export async function scoreSession(job: SessionJob): Promise<SessionScore> {
  if ('folder' in job) return scoreFolder(job.name, job.folder)
  const folder = await mkdtemp(join(tmpdir(), 'footfall-validate-'))
  try {
    await simulate(folder, job.simulate)
    return await scoreFolder(job.name, folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function scoreFolder(name: string, folder: string): Promise<SessionScore> {
  const { info, frames } = await openSession(folder)
  const truth = await readTruth(folder)
  const document = await analyse(info, frames())
  const { speedMPerS, ...beltWithheld } = info.treadmill
  const asked = truth.strides.some((stride) => typeof stride.strideLengthM === 'number')
  const withheld =
    speedMPerS !== undefined && asked ? await analyse({ ...info, treadmill: beltWithheld }, frames()) : null
  return score(name, truth, document, withheld)
}
