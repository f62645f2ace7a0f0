import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { type AnalysisDocument, CURVES } from '../analysis/document.ts'
import { analyse } from '../analysis/document-builder.ts'
import { framesAndBelt } from '../session/belt-marks.ts'
import { openSession } from '../session/open.ts'
import { strideTable } from '../session/stride-table.ts'
import { UsageError } from './exit.ts'
import { writeOut } from './output.ts'
import { Progress } from './progress.ts'
import { fromUser } from './where.ts'

export interface AnalyzeOptions {
  json?: string
  csv?: string
}

/** Recording or session folder → `analysis/1` and, when asked for, tables. */
export async function analyze(session: string, options: AnalyzeOptions): Promise<void> {
  if (options.json === undefined && options.csv === undefined)
    throw new UsageError(
      'say where the result should go: --json FILE (or - for standard output), --csv FOLDER',
    )
  for (const target of [options.json, options.csv])
    if (target !== undefined) requireApart(fromUser(session), fromUser(target))
  const source = await openSession(fromUser(session))
  const progress = new Progress('analysing')
  const startMs = performance.now()
  const notes: string[] = []
  const told = framesAndBelt(source, (timeS, text) => notes.push(`${timeS.toFixed(2)} s: ${text}`))
  const document = await analyse(source.info, told, (timeS) =>
    progress.show(
      source.durationS === null ? null : timeS / source.durationS,
      `${timeS.toFixed(0)} s of session`,
    ),
  )
  document.session.notes.unshift(...notes)
  if (options.json !== undefined) await writeOut(options.json, `${JSON.stringify(document)}\n`)
  if (options.csv !== undefined) await writeCsv(fromUser(options.csv), document)
  progress.done(summaryLine(document, (performance.now() - startMs) / 1000))
  for (const note of notes) process.stderr.write(`footfall: ${note}\n`)
}

/** A result never takes the place of what it was computed from. */
function requireApart(session: string, target: string): void {
  const inside = target.startsWith(`${session}${sep}`) && existsSync(target)
  if (target === session || inside)
    throw new UsageError(`${target} belongs to the session itself: choose another place for the result`)
}

async function writeCsv(folder: string, document: AnalysisDocument): Promise<void> {
  await mkdir(folder, { recursive: true })
  const { strides, curves } = strideTable(document)
  await writeFile(join(folder, 'strides.csv'), strides)
  for (const name of CURVES) await writeFile(join(folder, `${name}.csv`), curves[name])
}

function summaryLine(document: AnalysisDocument, tookS: number): string {
  const { durationS } = document.session
  const count = (leg: string) => document.strides.filter((stride) => stride.leg === leg).length
  const pods = Object.keys(document.pods).length
  return `${pods} pods, ${durationS.toFixed(1)} s: ${count('left')} left and ${count('right')} right strides, ${(durationS / tookS).toFixed(0)} × real time`
}
