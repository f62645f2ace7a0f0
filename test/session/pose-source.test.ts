import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { Analysis } from '../../host/analysis/analysis.ts'
import type { LiveStance } from '../../host/analysis/document.ts'
import type { PoseMessage } from '../../host/session/feed.ts'
import { LIVE_BEHIND_S, PoseSource } from '../../host/session/pose-source.ts'
import { streamedFrames } from '../bench/stream.ts'
import { info } from './sessions.ts'

describe('where the legs point, told to those who ask', () => {
  let analysis: Analysis
  const stances: LiveStance[] = []
  const delays: number[] = []
  beforeAll(async () => {
    analysis = new Analysis(info, {
      stance: (stance) => stances.push(stance),
      event: ({ kind, timeS, announcedS }) => {
        // the first strides are told late, and say so
        if (timeS > 10 && (kind === 'initial-contact' || kind === 'toe-off')) delays.push(announcedS - timeS)
      },
    })
    for (const { bytes, arrivalS } of await streamedFrames(30)) analysis.push(bytes, arrivalS)
  })

  let nowS: number
  let asked: number
  let source: PoseSource
  let told: PoseMessage[]
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    nowS = 29
    asked = 0
    told = []
    source = new PoseSource(
      () => nowS,
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

  test('comes 30 times a second by the wall, whatever the pace of the session', () => {
    listen()
    for (let n = 0; n < 30; n++) {
      tick()
      nowS += 0.008
    }
    expect(told).toHaveLength(30)
    expect(told[29]!.timeS - told[0]!.timeS).toBeCloseTo(29 * 0.008, 9)
    expect(vi.getTimerCount()).toBe(1)
  })

  test('live, 95 % of contacts and toe-offs are known by when their pose is shown', () => {
    const late = delays.toSorted((a, b) => a - b)
    expect(late.length).toBeGreaterThan(80)
    expect(late[Math.floor(0.95 * late.length)]).toBeLessThan(LIVE_BEHIND_S)
  })

  test('is the curve of its stance, and knows since when the foot stands', () => {
    listen()
    const { icS, toS, leg, curves } = stances.findLast(({ toS }) => toS < 28.5)!
    for (const k of [10, 45, 80]) {
      const timeS = icS + ((toS - icS) * k) / 100
      nowS = timeS
      tick()
      const { sinceContactS, eversionDeg, provisional } = told.at(-1)!.legs[leg]
      expect(sinceContactS).toBeCloseTo(timeS - icS, 3)
      // the strides since have taught a little
      expect(Math.abs(eversionDeg! - curves.eversionDeg![k]!)).toBeLessThan(0.5)
      expect(provisional).toBe(false)
    }
    nowS = toS + 0.05
    tick()
    expect(told.at(-1)!.legs[leg].sinceContactS).toBeNull()
  })

  test('stands still with the session', () => {
    listen()
    nowS = 28.6
    tick(5)
    expect(told.map(({ timeS }) => timeS)).toEqual([28.6])
    nowS = 28.1
    tick(2)
    expect(told.map(({ timeS }) => timeS)).toEqual([28.6, 28.1])
  })

  test('tells one who comes while it stands still', () => {
    nowS = 28.6
    listen()
    tick(2)
    const late: PoseMessage[] = []
    source.subscribe((message) => late.push(message))
    tick()
    expect(late).toHaveLength(1)
  })

  test('says that a segment is not known where it is not', () => {
    listen()
    nowS = 0.5
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
