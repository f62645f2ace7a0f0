import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Analysis } from '../../host/analysis/analysis.ts'
import type { LiveStance } from '../../host/analysis/document.ts'
import type { PoseMessage } from '../../host/session/feed.ts'
import { type Moment, PoseSource } from '../../host/session/pose-source.ts'
import { streamedFrames } from '../bench/stream.ts'
import { info } from './sessions.ts'

describe('where the legs point, told to those who ask', () => {
  let analysis: Analysis
  const stances: LiveStance[] = []
  beforeAll(async () => {
    analysis = new Analysis(info, { stance: (stance) => stances.push(stance) })
    for (const { bytes, arrivalS } of await streamedFrames(30)) analysis.push(bytes, arrivalS)
  })

  let moment: Moment
  let asked: number
  let source: PoseSource
  let told: PoseMessage[]
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    moment = { timeS: 29, runs: true }
    asked = 0
    told = []
    source = new PoseSource(
      () => moment,
      () => {
        asked++
        return analysis
      },
    )
  })
  afterEach(() => {
    source.close()
    vi.useRealTimers()
  })
  const listen = () => source.subscribe((message) => told.push(message))
  const tick = (times = 1) => {
    for (let n = 0; n < times; n++) vi.advanceTimersToNextTimer()
  }

  test('costs nothing while nobody asks', () => {
    expect(vi.getTimerCount()).toBe(0)
    listen()()
    expect(vi.getTimerCount()).toBe(0)
    expect(asked).toBe(0)
  })

  test('comes 30 times a second by the wall, of a tenth of a second ago', () => {
    listen()
    for (let n = 0; n < 30; n++) {
      tick()
      moment = { ...moment, timeS: moment.timeS + 0.033 }
    }
    expect(told).toHaveLength(30)
    expect(told[0]!.timeS).toBeCloseTo(28.9, 9)
    expect(told[29]!.timeS - told[0]!.timeS).toBeCloseTo(29 * 0.033, 9)
    expect(vi.getTimerCount()).toBe(1)
  })

  test('is the curve of its stance, and knows since when the foot stands', () => {
    listen()
    const { icS, toS, leg, curves } = stances.findLast(({ toS }) => toS < 28.5)!
    for (const k of [10, 45, 80]) {
      const timeS = icS + ((toS - icS) * k) / 100
      moment = { timeS, runs: false }
      tick()
      const { sinceContactS, eversionDeg, provisional } = told.at(-1)!.legs[leg]
      expect(sinceContactS).toBeCloseTo(timeS - icS, 3)
      // the strides since have taught a little
      expect(Math.abs(eversionDeg! - curves.eversionDeg![k]!)).toBeLessThan(0.5)
      expect(provisional).toBe(false)
    }
    moment = { timeS: toS + 0.05, runs: false }
    tick()
    expect(told.at(-1)!.legs[leg].sinceContactS).toBeNull()
  })

  test('stands still with the session, and is of that very moment', () => {
    listen()
    moment = { timeS: 28.6, runs: false }
    tick(5)
    expect(told.map(({ timeS }) => timeS)).toEqual([28.6])
    moment = { timeS: 28.1, runs: false }
    tick(2)
    expect(told.map(({ timeS }) => timeS)).toEqual([28.6, 28.1])
  })

  test('never steps back when the session goes on from where it stood', () => {
    listen()
    moment = { timeS: 28, runs: false }
    tick()
    for (let n = 1; n <= 20; n++) {
      moment = { timeS: 28 + n * 0.033, runs: true }
      tick()
    }
    const times = told.map(({ timeS }) => timeS)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times.at(-1)).toBeCloseTo(28.56, 9)
  })

  test('tells one who comes while it stands still', () => {
    moment = { timeS: 28.6, runs: false }
    listen()
    tick(2)
    const late: PoseMessage[] = []
    source.subscribe((message) => late.push(message))
    tick()
    expect(late).toHaveLength(1)
  })

  test('says that a segment is not known where it is not', () => {
    listen()
    moment = { timeS: 0.5, runs: false }
    tick()
    expect(told[0]!.legs.left).toEqual({
      shin: null,
      shoe: null,
      eversionDeg: null,
      sinceContactS: null,
      provisional: false,
    })
  })
})
