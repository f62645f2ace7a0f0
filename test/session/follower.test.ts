import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { emptyPose } from '../../host/analysis/pose.ts'
import { Follower } from '../../host/session/follower.ts'
import { openSession } from '../../host/session/open.ts'
import { until } from '../shared/until.ts'
import { HEADER, sessionFolder, stillRows } from './sessions.ts'

test('an analysis that follows a replay is there at once while time goes on, and again after a jump', async () => {
  const source = await openSession(await sessionFolder({ 'left-shoe': [HEADER, ...stillRows(6000)] }))
  const follower = new Follower(source)
  onTestFinished(() => follower.close())
  expect(follower.at(1)).toBeNull()
  await until(() => follower.at(1) !== null)
  // as it is asked: 30 times a second, time going on in between
  for (let timeS = 1; timeS < 4; timeS += 0.033) {
    expect(follower.at(timeS)).not.toBeNull()
    await new Promise((resolve) => setTimeout(resolve, 5))
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
