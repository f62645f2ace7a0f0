import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { simulate } from '../../firmware/virtual/simulate.ts'
import { Analysis } from '../../host/analysis/analysis.ts'
import type { Stride } from '../../host/analysis/document.ts'
import { emptyPose } from '../../host/analysis/pose.ts'
import { restoreState, saveState } from '../../host/analysis/state.ts'
import { AnalysedPass } from '../../host/session/analysed-pass.ts'
import { Checkpoints } from '../../host/session/checkpoints.ts'
import { Follower } from '../../host/session/follower.ts'
import { importFolder } from '../../host/session/import.ts'
import { openSession } from '../../host/session/open.ts'
import { until } from '../shared/until.ts'
import { framesOf, HEADER, scratch, sessionFolder, stillRows } from './sessions.ts'

test('an analysis that follows a replay is there at once while time goes on, and again after a jump', async () => {
  const source = await openSession(await sessionFolder({ 'left-shoe': [HEADER, ...stillRows(6000)] }))
  const follower = new Follower(source)
  onTestFinished(() => follower.close())
  expect(follower.at(1)).toBeNull()
  await until(() => follower.at(1) !== null)
  // as it is asked: 30 times a second, time going on in between
  for (let timeS = 1; timeS < 3; timeS += 0.033) {
    expect(follower.at(timeS)).not.toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 33))
  }
  await until(() => follower.at(50) !== null)
  await until(() => follower.at(59.9) !== null)
  // back to what it no longer remembers: from the beginning again
  expect(follower.at(2)).toBeNull()
  await until(() => follower.at(2) !== null)
})

test('what can no longer be read has no poses, and stops nobody', async () => {
  const folder = await sessionFolder({ 'left-shoe': [HEADER, ...stillRows(600)] })
  const follower = new Follower(await openSession(folder))
  onTestFinished(() => follower.close())
  await rm(join(folder, 'left-shoe.csv'))
  expect(follower.at(1)).toBeNull()
  await until(() => follower.at(1) !== null)
  expect(follower.at(1)!.pose('left', 1, emptyPose())).toBe(false)
})

test('wherever it is asked to be, an analysis is what playing through makes of it, to the last bit', async () => {
  const folder = await scratch()
  await simulate(join(folder, 'run'), { seconds: 40, seed: 5, speedMPerS: 2.8 })
  const path = join(folder, 'run.mcap')
  await importFolder(join(folder, 'run'), path)
  const source = await openSession(path)
  // so many that every second one goes, twice
  const checkpoints = await Checkpoints.create(2, 5)
  const pass = await AnalysedPass.begin(source, checkpoints)
  onTestFinished(async () => {
    await pass.close()
    await checkpoints.close()
  })
  await pass.whole()
  expect(checkpoints.times.length).toBeLessThanOrEqual(5)
  expect(checkpoints.times.length).toBeGreaterThan(2)

  const frames = await framesOf(path)
  const follower = new Follower(source, checkpoints)
  onTestFinished(() => follower.close())
  const samplesOf = (analysis: Analysis) =>
    Object.values(analysis.pods()).reduce((sum, { samples }) => sum + samples, 0)
  /** All that it says of now, and all that comes of it when it goes on from here. */
  const toldBy = (analysis: Analysis, timeS: number, next: number): string => {
    const strides: Stride[] = []
    const sink = { stride: (stride: Stride) => strides.push(stride) }
    const now = [poseOf(analysis, timeS), analysis.standingSince('left', timeS), analysis.pods()]
    const onward = restoreState(saveState(analysis), sink, source.info.software)
    for (const { bytes, arrivalS } of frames.slice(next)) onward.push(bytes, arrivalS)
    onward.end()
    return JSON.stringify([now, strides])
  }
  for (const timeS of [38, 21, 31, 30, 25]) {
    await until(() => follower.at(timeS) !== null)
    const sought = follower.at(timeS)!
    const samples = samplesOf(sought)
    const played = new Analysis(source.info, {})
    let n = 0
    while (samplesOf(played) < samples) played.push(frames[n]!.bytes, frames[n++]!.arrivalS)
    expect(poseOf(sought, timeS).every(Number.isFinite), `at ${timeS} s`).toBe(true)
    expect(toldBy(sought, timeS, n)).toBe(toldBy(played, timeS, n))
  }
})

function poseOf(analysis: Analysis, timeS: number): number[] {
  const pose = emptyPose()
  analysis.pose('left', timeS, pose)
  return [...pose.shin, ...pose.shoe]
}
